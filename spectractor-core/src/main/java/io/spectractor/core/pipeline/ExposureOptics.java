package io.spectractor.core.pipeline;

import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.observation.ExposureTimes;
import io.spectractor.core.observation.ObservationMetadata;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.DispersionRelation;
import io.spectractor.core.optics.EffectiveWavelength;
import io.spectractor.core.optics.ParallacticAngle;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.reference.ReferenceChoice;
import io.spectractor.core.target.ExpectedLine;
import io.spectractor.core.target.Lamp;
import io.spectractor.core.target.LineCatalogue;
import io.spectractor.core.target.Target;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What calibration data and header together say about the light of one exposure. Immutable. */
final class ExposureOptics {
    /** A curve of fewer points is a guess that holds for all wavelengths. */
    private static final int MEASURED_POINTS = 2;

    /** Integral of the throughput that may be lost at each end of the range, nm: the tails of tabulated filters. */
    private static final double RANGE_THRESHOLD_NM = 1e-4;

    /** The air in which wavelengths in air are given. */
    private static final AirConditions STANDARD_AIR = new AirConditions(15, 1013.25, 0);

    private final ExtractionConfig config;
    private final ObservationMetadata metadata;
    private final int width;
    private final Disperser disperser;
    private final @Nullable Target target;
    private final List<ExpectedLine> lines;
    private final List<ExpectedLine> emissionLines;
    private final Throughput throughput;
    private final boolean throughputMeasured;
    private final @Nullable TabulatedCurve throughputError;
    private final @Nullable TabulatedCurve transmissionError;
    private final ExposureTimes times;
    private final Throughput.WavelengthRange range;
    private final TypicalAtmosphere air;
    private final ParallacticAngle parallactic;
    private final @Nullable TabulatedCurve sed;
    private final double lambdaRefNm;

    /**
     * @param exposure the exposure
     * @param config configuration in the pixels of its image
     * @param store calibration data
     * @param caveats receives what a user should know
     * @throws ExtractionException if the disperser or the telescope is not in the calibration data
     */
    ExposureOptics(Exposure exposure, ExtractionConfig config, CalibrationStore store, Set<Caveat> caveats) {
        this.config = config;
        this.metadata = exposure.metadata();
        this.width = exposure.image().width();
        this.disperser = store.disperser(metadata.disperser())
                .orElseThrow(() -> missing("disperser", metadata.disperser(), store.disperserNames()));
        String name = exposure.target();
        this.target = name == null ? null : store.target(name).orElse(null);
        if (target == null) {
            caveats.add(Caveat.TARGET_UNKNOWN);
        }
        this.lines = new LineCatalogue(store.lines()).expected(target);
        this.emissionLines = emissionLines(store, target);
        TabulatedCurve telescope = store.throughput(config.site().throughput())
                .orElseThrow(
                        () -> missing("telescope throughput", config.site().throughput(), store.throughputNames()));
        String filter = metadata.filter();
        TabulatedCurve filterCurve =
                filter == null ? null : store.filter(filter).orElse(null);
        if (filter != null && filterCurve == null) {
            caveats.add(Caveat.FILTER_UNKNOWN);
        }
        this.throughput = Throughput.of(telescope, filterCurve);
        this.throughputMeasured =
                telescope.size() >= MEASURED_POINTS && disperser.transmission().size() >= MEASURED_POINTS;
        this.throughputError = store.throughputError(config.site().throughput()).orElse(null);
        this.transmissionError = store.transmissionError(metadata.disperser()).orElse(null);
        this.times = ExposureTimes.of(metadata, caveats);
        this.range = throughput.usefulRange(
                config.dispersion().lambdaMinNm(), config.dispersion().lambdaMaxNm(), RANGE_THRESHOLD_NM);
        this.air = new TypicalAtmosphere(new AtmosphericTransmission(store.atmosphereTables()), metadata);
        this.parallactic = ParallacticAngle.of(metadata, config.site().latitudeDeg());
        this.sed = target == null ? null : target.sed();
        this.lambdaRefNm = EffectiveWavelength.ofRefractionNm(sed, throughput);
    }

    private static List<ExpectedLine> emissionLines(CalibrationStore store, @Nullable Target target) {
        boolean lamp = target != null && target.kind() == Target.Kind.LAMP;
        return new LineCatalogue(store.lines())
                .expected(lamp ? Target.Kind.LAMP : Target.Kind.PLANETARY_NEBULA, 0).stream()
                        .filter(ExpectedLine::emission)
                        .filter(line -> target == null || !lamp || Lamp.shines(target, line.line()))
                        .toList();
    }

    private ExposureOptics(ExposureOptics other, TabulatedCurve sed) {
        this.config = other.config;
        this.metadata = other.metadata;
        this.width = other.width;
        this.times = other.times;
        this.disperser = other.disperser;
        this.target = other.target;
        this.lines = other.lines;
        this.emissionLines = other.emissionLines;
        this.throughput = other.throughput;
        this.throughputMeasured = other.throughputMeasured;
        this.throughputError = other.throughputError;
        this.transmissionError = other.transmissionError;
        this.range = other.range;
        this.air = other.air;
        this.parallactic = other.parallactic;
        this.sed = sed;
        this.lambdaRefNm = EffectiveWavelength.ofRefractionNm(sed, throughput);
    }

    /** The same with another energy distribution: what order 0 is made of decides where refraction leaves it. */
    ExposureOptics withSed(TabulatedCurve other) {
        return new ExposureOptics(this, other);
    }

    /** The same with the templates of a choice, if it is of templates. */
    ExposureOptics with(ReferenceChoice choice) {
        TabulatedCurve chosen = choice.sed();
        return choice.place() == null || chosen == null ? this : withSed(chosen);
    }

    /** Energy distribution of the target as observed, or null when unknown. */
    @Nullable
    TabulatedCurve sed() {
        return sed;
    }

    private static ExtractionException missing(String what, String name, Set<String> known) {
        return new ExtractionException(
                FailureKind.UNPROCESSABLE,
                "the " + what + " '" + name + "' is not in the calibration data, which has "
                        + String.join(", ", known)
                        + (what.equals("disperser")
                                ? "; the description of an instrument can give its grooves_per_mm"
                                : ""));
    }

    Disperser disperser() {
        return disperser;
    }

    @Nullable
    Target target() {
        return target;
    }

    List<ExpectedLine> lines() {
        return lines;
    }

    /** Lines that an object may have in emission, at rest, in air. */
    List<ExpectedLine> emissionLines() {
        return emissionLines;
    }

    ExposureTimes times() {
        return times;
    }

    /**
     * Whether the wavelengths of the spectrum are those in vacuum. The reference that they come from has the medium of the
     * star's energy distribution, vacuum; without one it has the lines of the catalogue, in air.
     */
    boolean inVacuum() {
        return target != null && target.sed() != null;
    }

    /** Wavelength on the spectrum's scale of a line at a wavelength in air, nm. */
    double onTheScale(double airNm) {
        return inVacuum() ? airNm * (1 + STANDARD_AIR.refractivity(airNm)) : airNm;
    }

    double minLambdaNm() {
        return range.minNm();
    }

    double maxLambdaNm() {
        return range.maxNm();
    }

    /** Whether telescope and disperser have transmissions that somebody measured. */
    boolean throughputIsMeasured() {
        return throughputMeasured;
    }

    /** Whether the model of the atmosphere has so much precipitable water, mm. */
    boolean coversWater(double waterMm) {
        return air.covers(waterMm);
    }

    double parallacticAngleDeg() {
        return parallactic.angleDeg();
    }

    double lambdaRefNm() {
        return lambdaRefNm;
    }

    /** Position in unbinned pixels, as the disperser's maps want it. */
    PixelPosition unbinned(PixelPosition position) {
        int rebin = config.ccd().rebin();
        return new PixelPosition((position.x() + 0.5) * rebin - 0.5, (position.y() + 0.5) * rebin - 0.5);
    }

    double disperserAngleDeg(PixelPosition order0) {
        PixelPosition raw = unbinned(order0);
        return disperser.angle().at(raw.x(), raw.y());
    }

    double groovesPerMm(PixelPosition order0) {
        PixelPosition raw = unbinned(order0);
        return disperser.grooves().at(raw.x(), raw.y());
    }

    boolean mapCovers(PixelPosition order0) {
        PixelPosition raw = unbinned(order0);
        return disperser.grooves().covers(raw.x(), raw.y());
    }

    /** Nominal geometry of the spectrum for an order 0 at a place and an angle. */
    TraceGeometry geometry(PixelPosition order0, double angleDeg) {
        double scale = metadata.plateScaleArcsec();
        DispersionRelation relation = DispersionRelation.of(
                disperser,
                unbinned(order0),
                DispersionRelation.incidenceRad(order0.x(), width, scale),
                config.dispersion().distanceMm(),
                config.ccd().pixelSizeMm());
        // air that nothing is known of bends no light: that of the zenith
        boolean bent = scale > 0 && Double.isFinite(metadata.airmass()) && Double.isFinite(parallactic.angleDeg());
        AtmosphericRefraction refraction = new AtmosphericRefraction(
                AirConditions.of(metadata),
                bent ? metadata.airmass() : 1,
                bent ? parallactic.angleDeg() : 0,
                lambdaRefNm,
                CameraOrientation.of(config.site(), scale > 0 ? scale : 1));
        return new TraceGeometry(order0, angleDeg, relation, refraction);
    }

    /** The second order to subtract. */
    OrderOverlap orderTwo(Set<Caveat> caveats) {
        if (!config.dispersion().subtractOrder2()) {
            return OrderOverlap.none();
        }
        TabulatedCurve ratio = disperser.ratio2over1();
        if (ratio == null) {
            caveats.add(Caveat.ORDER2_ASSUMED);
            ratio = TabulatedCurve.constant(config.dispersion().defaultOrder2Over1());
        }
        return new OrderOverlap(2, ratio::at);
    }

    /** The third order; the default ratio stands for each that was never measured. */
    OrderOverlap orderThree() {
        double assumed = config.dispersion().defaultOrder2Over1();
        TabulatedCurve second = disperser.ratio2over1();
        TabulatedCurve third = disperser.ratio3over2();
        boolean wanted = config.dispersion().subtractOrder2();
        return new OrderOverlap(
                3,
                lambda -> wanted
                        ? (second == null ? assumed : second.at(lambda)) * (third == null ? assumed : third.at(lambda))
                        : 0);
    }

    /** Whether a ratio that the third order needs was never measured. */
    boolean orderThreeAssumed() {
        return disperser.ratio2over1() == null || disperser.ratio3over2() == null;
    }

    /** The star alone, up to a factor: as the reference, but with nothing in the light's way. */
    ReferenceSpectrum star() {
        return ReferenceSpectrum.of(target == null ? null : target.sed(), lines, lambda -> 1);
    }

    /**
     * 1σ of the transmission over itself at wavelengths, water left out: ozone, aerosols, telescope and disperser.
     *
     * @param lambdaNm increasing, nm
     */
    double[] relativeTransmissionError(double[] lambdaNm) {
        double[] byAir = air.relativeError(lambdaNm);
        double[] error = new double[lambdaNm.length];
        for (int i = 0; i < error.length; i++) {
            double l = lambdaNm[i];
            double byTelescope = throughputError == null ? 0 : throughputError.at(l) / throughput.at(l);
            double byDisperser = transmissionError == null
                    ? 0
                    : transmissionError.at(l) / disperser.transmission().at(l);
            error[i] = Math.hypot(byAir[i], Math.hypot(byTelescope, byDisperser));
        }
        return error;
    }

    /** What the transmission consists of, for a header. */
    String nominalLight() {
        return String.format(
                Locale.ROOT,
                "telescope %s, disperser %s, filter %s; atmosphere: %s",
                config.site().throughput(),
                disperser.label(),
                metadata.filter() == null ? "none" : metadata.filter(),
                air);
    }

    /** What the spectrum should look like, up to a smooth factor and the amount of water. */
    ReferenceSpectrum reference() {
        TabulatedCurve dry = air.dry();
        return ReferenceSpectrum.of(
                sed,
                lines,
                lambda -> dry.at(lambda)
                        * throughput.at(lambda)
                        * disperser.transmission().at(lambda),
                air::water,
                TypicalAtmosphere.WATER_MM);
    }

    /** Air with the typical amount of water, telescope and disperser on increasing wavelengths in nm. */
    double[] typicalTransmission(double[] lambdaNm) {
        TabulatedCurve curve = air.all();
        double[] out = new double[lambdaNm.length];
        for (int i = 0; i < out.length; i++) {
            double lambda = lambdaNm[i];
            out[i] = curve.at(lambda)
                    * throughput.at(lambda)
                    * disperser.transmission().at(lambda);
        }
        return out;
    }

    /** The typical amount of water alone, which nobody knows better before the fit. */
    double[] typicalWater(double[] lambdaNm) {
        return air.water(TypicalAtmosphere.WATER_MM, lambdaNm);
    }

    /** How much of the light that passes the typical amount of water is taken by the same amount once more, at most 1. */
    double[] moreWater(double[] lambdaNm) {
        double[] once = typicalWater(lambdaNm);
        double[] twice = air.water(2 * TypicalAtmosphere.WATER_MM, lambdaNm);
        double[] taken = new double[once.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = once[i] > 0 ? 1 - twice[i] / once[i] : 0;
        }
        return taken;
    }
}
