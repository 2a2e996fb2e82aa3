package io.spectractor.core.pipeline;

import io.spectractor.core.astrometry.CameraCheck;
import io.spectractor.core.astrometry.Detection;
import io.spectractor.core.astrometry.FieldMatch;
import io.spectractor.core.astrometry.PlacedStar;
import io.spectractor.core.astrometry.PlateSolver;
import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.astrometry.SkyImage;
import io.spectractor.core.astrometry.SkyPosition;
import io.spectractor.core.astrometry.SkyStar;
import io.spectractor.core.astrometry.TargetPlace;
import io.spectractor.core.astrometry.WcsException;
import io.spectractor.core.astrometry.WcsParser;
import io.spectractor.core.config.AstrometryConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.PixelTransform;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.target.SourceFinder;
import io.spectractor.core.target.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out where the target and the stars of the field lie on an image, from its world coordinates. */
final class AstrometryStage {
    private static final double MJD_2000 = 51_544.5;
    private static final double DAYS_PER_YEAR = 365.25;
    /** 1σ of world coordinates that no star confirms, as a part of how far stars may lie from them. */
    private static final double UNREFINED = 0.25;

    private final Exposure exposure;
    private final PixelTransform fromFile;
    private final ExtractionConfig config;
    private final AstrometryConfig settings;
    private final ExposureOptics optics;
    private final SkyData sky;
    private final PlateSolver solver;
    private final Set<Caveat> caveats;

    /**
     * @param config configuration in the pixels of the exposure's image
     * @param sky what is known beforehand
     * @param solver asked with {@code auto}
     * @param caveats receives what a user should know
     */
    AstrometryStage(
            ReadResult read,
            ExtractionConfig config,
            ExposureOptics optics,
            SkyData sky,
            PlateSolver solver,
            Set<Caveat> caveats) {
        this.exposure = read.exposure();
        this.fromFile = read.fromFile();
        this.config = config;
        this.settings = config.astrometry();
        this.optics = optics;
        this.sky = sky;
        this.solver = solver;
        this.caveats = caveats;
    }

    /**
     * The sky on the image, or what keeps it from being known.
     *
     * @param field null if there are no usable world coordinates
     * @param summary for the header
     */
    record Result(@Nullable FieldAstrometry field, AstrometrySummary summary) {
        /** None were asked for. */
        static final Result NONE = new Result(null, AstrometrySummary.none());

        /** The same with stars in the model. */
        Result withStars(int count) {
            return new Result(field, summary.withStars(count));
        }
    }

    /**
     * Finds it.
     *
     * @throws ExtractionException if it cannot be found, and {@code astrometry.fallback} is to fail
     */
    Result find() {
        if (!settings.isOn()) {
            return Result.NONE;
        }
        try {
            FieldAstrometry found = field();
            return new Result(found, found.summary());
        } catch (WcsException e) {
            return refused(e);
        }
    }

    /**
     * What happens without usable world coordinates.
     *
     * @throws ExtractionException if {@code astrometry.fallback} is to fail
     */
    Result refused(WcsException e) {
        String reason = String.valueOf(e.getMessage());
        if (settings.fallback() == AstrometryConfig.Fallback.FAIL) {
            throw new ExtractionException(FailureKind.UNPROCESSABLE, reason, e);
        }
        caveats.add(Caveat.WCS_NOT_USED);
        return new Result(
                null,
                new AstrometrySummary("none: " + reason, Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN, null, 0));
    }

    private FieldAstrometry field() {
        Target target = optics.target();
        if (target == null || target.kind() == Target.Kind.LAMP) {
            throw new WcsException(
                    exposure.name() + ": the position of the target on the sky is unknown; name a star of"
                            + " the calibration data with --target, or ask for it with --online");
        }
        double year = 2000 + (optics.times().middleMjd() - MJD_2000) / DAYS_PER_YEAR;
        TargetPlace place = TargetPlace.of(
                target.name(), new SkyPosition(target.rightAscensionDeg(), target.declinationDeg()), sky.stars(), year);
        if (!place.moved()) {
            caveats.add(Caveat.MOTION_UNKNOWN);
        }
        List<Detection> sources = needsSources() ? SourceFinder.find(exposure.image()) : List.of();
        SkyImage image = image(place.position(), sources);
        requirePlausible(image, place.position());
        double scale = arcsecPerPx();
        List<FieldMatch.Expected> expected = new ArrayList<>();
        for (SkyStar star : sky.stars()) {
            PixelPosition p = image.pixel(star.at(Double.isFinite(year) ? year : star.epoch()));
            if (p != null && isNear(exposure.image(), p, settings.searchPx())) {
                expected.add(new FieldMatch.Expected(p, star.magnitude()));
            }
        }
        FieldMatch match = sky.stars().isEmpty()
                ? null
                : FieldMatch.of(expected, sources, settings.searchPx()).orElse(null);
        if (match == null && !sky.stars().isEmpty()) {
            caveats.add(Caveat.WCS_NOT_REFINED);
        }
        SkyImage good = match == null ? image : image.corrected(match.correction());
        PixelPosition at = pixel(good, place.position());
        double error = Math.hypot(
                place.errorArcsec() / scale, match == null ? UNREFINED * settings.searchPx() : match.errorPx(at));
        requireOnImage(at);
        SkyStar own = place.star();
        return new FieldAstrometry(
                at,
                error,
                match,
                own == null ? Double.NaN : own.magnitude(),
                others(good, own, year),
                new AstrometrySummary(
                        source(),
                        at.x(),
                        at.y(),
                        error,
                        match == null ? 0 : match.matches(),
                        match == null ? Double.NaN : match.rmsPx(),
                        sky.table().isEmpty() ? null : sky.table(),
                        0));
    }

    private boolean needsSources() {
        return !sky.stars().isEmpty() || settings.wcs().equals(AstrometryConfig.AUTO);
    }

    private double arcsecPerPx() {
        double scale = exposure.metadata().plateScaleArcsec();
        return scale > 0 ? scale : 1;
    }

    private String source() {
        return settings.fromFiles()
                ? "file"
                : settings.wcs().equals(AstrometryConfig.AUTO) ? "solve-field" : AstrometryConfig.HEADER;
    }

    /** The sky as header, file or solver have it. */
    private SkyImage image(SkyPosition near, List<Detection> sources) {
        String name = exposure.name();
        if (settings.wcs().equals(AstrometryConfig.HEADER)) {
            return new SkyImage(
                    WcsParser.parse(name, card -> exposure.metadata().card(card).orElse(null)), fromFile);
        }
        if (settings.wcs().equals(AstrometryConfig.AUTO)) {
            List<Detection> brightest = sources.stream()
                    .sorted(Comparator.comparingDouble((Detection d) -> -d.rate()))
                    .toList();
            Map<String, String> solved = solver.solve(
                    name, brightest, exposure.image().width(), exposure.image().height(), near, arcsecPerPx());
            return new SkyImage(WcsParser.parse(name + ", solve-field", solved::get), PixelTransform.IDENTITY);
        }
        Map<String, String> cards = sky.cards(name);
        if (cards == null) {
            throw new WcsException(name + ": " + settings.wcs() + " has no " + SkyData.stem(name) + ".wcs");
        }
        PixelTransform toImage = settings.pixels() == AstrometryConfig.Pixels.FILE || fromFile.isUpright()
                ? fromFile
                : PixelTransform.binned(fromFile.binning());
        return new SkyImage(WcsParser.parse(name + ", " + SkyData.stem(name) + ".wcs", cards::get), toImage);
    }

    private void requirePlausible(SkyImage image, SkyPosition target) {
        double scale = exposure.metadata().plateScaleArcsec();
        String fault = scale > 0 ? CameraCheck.fault(image, target, CameraOrientation.of(config.site(), scale)) : null;
        if (fault != null) {
            throw new WcsException(exposure.name() + ": the world coordinates are not those of this image: " + fault);
        }
        requireOnImage(pixel(image, target));
    }

    private PixelPosition pixel(SkyImage image, SkyPosition target) {
        PixelPosition at = image.pixel(target);
        if (at == null) {
            throw new WcsException(exposure.name() + ": the world coordinates are of another part of the sky than the"
                    + " target's; are they those of this image?");
        }
        return at;
    }

    private void requireOnImage(PixelPosition at) {
        CcdImage image = exposure.image();
        if (!isNear(image, at, 0)) {
            throw new WcsException(String.format(
                    Locale.ROOT,
                    "%s: the world coordinates put the target at (%.0f, %.0f), outside the image of %d x %d: they are of"
                            + " another field, or the name of the target is wrong",
                    exposure.name(),
                    at.x(),
                    at.y(),
                    image.width(),
                    image.height()));
        }
    }

    private static boolean isNear(CcdImage image, PixelPosition p, double margin) {
        return p.x() >= -margin
                && p.y() >= -margin
                && p.x() <= image.width() - 1 + margin
                && p.y() <= image.height() - 1 + margin;
    }

    /** The other stars, those too whose spectra may reach the image from outside. */
    private List<PlacedStar> others(SkyImage image, @Nullable SkyStar own, double year) {
        List<PlacedStar> out = new ArrayList<>();
        double margin = exposure.image().width();
        for (SkyStar star : sky.stars()) {
            PixelPosition p = image.pixel(star.at(Double.isFinite(year) ? year : star.epoch()));
            if (!star.equals(own) && p != null && isNear(exposure.image(), p, margin)) {
                out.add(new PlacedStar(p, star.magnitude(), star.temperatureK()));
            }
        }
        return out;
    }
}
