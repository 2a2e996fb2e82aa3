package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.calibration.WavelengthCalibrator;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.product.ReferenceSummary;
import io.spectractor.core.reference.LightPath;
import io.spectractor.core.reference.ReferenceChoice;
import io.spectractor.core.reference.ReferenceSearch;
import io.spectractor.core.reference.TemplateLibrary;
import io.spectractor.core.target.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the reference and solves for the wavelengths with it. */
final class ReferenceStage {
    /** Below this a solution may be another one. */
    private static final double SURE = 0.98;

    /** Differences of templates beyond this share are noise of theirs. */
    private static final double MOST_DETAIL = 0.3;

    private final ExtractionConfig config;
    private final ExposureOptics optics;
    private final TemplateLibrary library;
    private final Deadline deadline;
    private final Set<Caveat> caveats;

    ReferenceStage(
            ExtractionConfig config,
            ExposureOptics optics,
            TemplateLibrary library,
            Deadline deadline,
            Set<Caveat> caveats) {
        this.config = config;
        this.optics = optics;
        this.library = library;
        this.deadline = deadline;
        this.caveats = caveats;
    }

    Solved calibrate(Extracted extracted, OrderOverlap orderTwo) {
        Target target = optics.target();
        boolean star = target == null || target.kind() == Target.Kind.STAR;
        TabulatedCurve sed = optics.sed();
        if (!star || library.size() == 0) {
            return byLines(extracted, orderTwo, optics, caveats, ReferenceChoice.none());
        }
        Path path = new Path(extracted.geometry());
        double[] first = orderTwo.firstOrder(extracted.spectrum(), extracted.geometry());
        ReferenceSearch search = new ReferenceSearch(library, config.dispersion());
        if (sed != null) {
            ReferenceSearch.Verdict verdict = search.judge(extracted.spectrum(), first, path, sed, deadline);
            if (verdict.fits()) {
                return byLines(extracted, orderTwo, optics, caveats, verdict.choice());
            }
            caveats.add(Caveat.REFERENCE_REPLACED);
            return byTemplate(extracted, orderTwo, path, verdict.choice());
        }
        double redshift = target == null ? Double.NaN : target.redshift();
        ReferenceChoice choice = search.search(extracted.spectrum(), first, path, redshift, deadline);
        if (choice.place() == null) {
            return byLines(extracted, orderTwo, optics, caveats, choice);
        }
        return byTemplate(extracted, orderTwo, path, choice);
    }

    private Solved byLines(
            Extracted extracted,
            OrderOverlap orderTwo,
            ExposureOptics with,
            Set<Caveat> heard,
            ReferenceChoice choice) {
        WavelengthSolution solution = new WavelengthCalibrator(config.dispersion(), config.lines())
                .solve(
                        extracted.spectrum(),
                        extracted.geometry(),
                        with.reference(),
                        with.lines(),
                        orderTwo,
                        deadline,
                        heard);
        return new Solved(solution, orderTwo, with, choice);
    }

    private Solved byTemplate(Extracted extracted, OrderOverlap orderTwo, Path path, ReferenceChoice choice) {
        TabulatedCurve sed = choice.sed();
        ReferenceChoice.Place place = choice.place();
        if (sed == null || place == null) {
            throw new IllegalArgumentException("no template was chosen");
        }
        if (choice.probability() < SURE) {
            caveats.add(Caveat.WAVELENGTH_AMBIGUOUS);
        }
        ExposureOptics with = optics.withSed(sed);
        TraceGeometry geometry = path.geometry(sed).with(place.distanceMm(), place.shiftPx());
        Extracted there = new Extracted(extracted.spectrum(), geometry);
        Set<Caveat> ignored = EnumSet.noneOf(Caveat.class);
        Solved lines = byLines(there, orderTwo, with, ignored, choice);
        double[] c = place.covariance();
        return new Solved(
                new WavelengthSolution(
                        geometry,
                        Math.sqrt(c[0]),
                        Math.sqrt(c[4]),
                        c[1],
                        lines.solution().usedLines()),
                orderTwo,
                with,
                choice);
    }

    /**
     * Adds what the redshift of a template is unsure by: the fit of the pixels took it for known. A redshift moves the
     * wavelengths, and flux is read at wavelengths.
     */
    static MeasuredOrders withTemplateErrors(MeasuredOrders orders, Solved solved) {
        ReferenceChoice.Place place = solved.reference().place();
        if (place == null) {
            return orders;
        }
        double[] c = place.covariance();
        double sigma = Math.sqrt(c[8]);
        double distance = c[2] / sigma;
        double shift = c[5] / sigma;
        return detail(orders, solved).movedBy(distance, shift);
    }

    /**
     * Detail finer than the image shows comes from the reference; templates that explain the spectrum about as well differ
     * in it. Their differences are added to the covariance, one direction each.
     */
    private static MeasuredOrders detail(MeasuredOrders orders, Solved solved) {
        TraceGeometry geometry = orders.solution().geometry();
        int first = orders.columns().firstColumn();
        int n = orders.columns().size();
        ReferenceSpectrum chosen = solved.optics().reference();
        double[] own = chosen.light(geometry, first, n, chosen.typicalWaterMm());
        double sigma = Math.max(orders.columns().meanFwhmPx() / 2.3548, 0.5);
        MeasuredOrders wider = orders;
        List<TabulatedCurve> others = solved.reference().alternatives();
        for (TabulatedCurve sed : others) {
            ReferenceSpectrum other = solved.optics().withSed(sed).reference();
            double[] light = other.light(geometry, first, n, other.typicalWaterMm());
            double[] ratio = new double[n];
            for (int i = 0; i < n; i++) {
                ratio[i] = own[i] > 0 ? light[i] / own[i] : 1;
            }
            double[] seen = GaussianFilter.smooth(ratio, sigma);
            double[] change = new double[n];
            for (int i = 0; i < n; i++) {
                double share = seen[i] > 0 ? ratio[i] / seen[i] - 1 : 0;
                change[i] = orders.rate()[i] * Math.min(Math.max(share, -MOST_DETAIL), MOST_DETAIL)
                        / Math.sqrt(others.size());
            }
            wider = wider.wider(change);
        }
        return wider;
    }

    /** What the header says of a reference. */
    static ReferenceSummary summary(ReferenceChoice choice, @Nullable Target target) {
        boolean known = choice.origin() == ReferenceChoice.Origin.KNOWN;
        return new ReferenceSummary(
                choice.origin().name().toLowerCase(Locale.ROOT),
                known && target != null ? target.name() : choice.label(),
                choice.misfit(),
                choice.place() == null ? Double.NaN : choice.redshift(),
                choice.place() == null ? Double.NaN : choice.redshiftErr(),
                choice.place() == null ? Double.NaN : choice.probability());
    }

    /** The way of the light, whatever the star. */
    private final class Path implements LightPath {
        private final TraceGeometry extracted;

        Path(TraceGeometry extracted) {
            this.extracted = extracted;
        }

        @Override
        public double[] transmission(double[] lambdaNm) {
            return optics.typicalTransmission(lambdaNm);
        }

        @Override
        public TraceGeometry geometry(@Nullable TabulatedCurve sed) {
            ExposureOptics with = sed == null ? optics : optics.withSed(sed);
            return with.geometry(extracted.order0(), extracted.angleDeg());
        }
    }
}
