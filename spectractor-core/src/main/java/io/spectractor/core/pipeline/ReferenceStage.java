package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthCalibrator;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.reference.LightPath;
import io.spectractor.core.reference.ReferenceChoice;
import io.spectractor.core.reference.ReferenceSearch;
import io.spectractor.core.reference.TemplateLibrary;
import io.spectractor.core.target.Target;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the reference and solves for the wavelengths with it. */
final class ReferenceStage {
    /** Below this a solution may be another one. */
    private static final double SURE = 0.98;

    private static final double TYPICAL_NM = 600;
    /** A solution is called ambiguous from this error on, in the middle of the spectrum. */
    private static final double SURE_NM = 0.5;
    /** Templates that leave more of the spectrum than this say little of its features. */
    private static final double POOR = 0.05;

    /** Distance and shift follow from so many lines, the last of which shows whether the others were right. */
    private static final int ENOUGH_LINES = 3;

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
        Solved lines = null;
        Set<Caveat> ofLines = EnumSet.noneOf(Caveat.class);
        ofLines.addAll(caveats);
        if (sed == null) {
            lines = new EmissionStage(config, optics, deadline, ofLines).calibrate(extracted, orderTwo, !star);
            // what stands between the bands of a cool star looks like lines, but not like those of any pattern
            boolean perhapsBands = star && lines != null && lines.reference().probability() < SURE;
            if (lines != null && !perhapsBands) {
                caveats.addAll(ofLines);
                return lines;
            }
        }
        if (!star || library.size() == 0) {
            if (lines != null) {
                caveats.addAll(ofLines);
                return lines;
            }
            return byLines(extracted, orderTwo, optics, caveats, ReferenceChoice.none());
        }
        Path path = new Path(extracted.geometry());
        double[] first = orderTwo.firstOrder(extracted.spectrum(), extracted.geometry());
        ReferenceSearch search = new ReferenceSearch(library, config.dispersion());
        if (sed != null) {
            ReferenceSearch.Verdict verdict = search.judge(extracted.spectrum(), first, path, sed, deadline);
            ReferenceChoice choice = verdict.choice();
            if (!verdict.fits()) {
                caveats.add(Caveat.REFERENCE_REPLACED);
                return byWhole(extracted, orderTwo, path, choice, verdict.place());
            }
            Set<Caveat> heard = EnumSet.noneOf(Caveat.class);
            Solved byLines = byLines(extracted, orderTwo, optics, heard, choice);
            if (byLines.solution().features().size() < ENOUGH_LINES) {
                return byWhole(extracted, orderTwo, path, choice, verdict.place());
            }
            caveats.addAll(heard);
            return byLines;
        }
        double redshift = target == null ? Double.NaN : target.redshift();
        ReferenceChoice choice = search.search(extracted.spectrum(), first, path, redshift, deadline);
        if (lines != null
                && (choice.place() == null
                        || choice.misfit() > lines.reference().misfit())) {
            caveats.addAll(ofLines);
            return lines;
        }
        if (choice.place() == null) {
            Solved found = byLines(extracted, orderTwo, optics, caveats, choice);
            // where no star's features show, what was taken for lines may be the instrument's
            if (!caveats.contains(Caveat.WAVELENGTH_NOMINAL)) {
                caveats.add(Caveat.WAVELENGTH_AMBIGUOUS);
            }
            return found.solution().measured() ? found : new Solved(unsure(found.solution()), orderTwo, choice, null);
        }
        return byWhole(extracted, orderTwo, path, choice, choice.place());
    }

    /** A distance at which no line was identified: its error is what was known of it before. */
    private WavelengthSolution unsure(WavelengthSolution found) {
        return new WavelengthSolution(
                found.geometry(),
                config.dispersion().distanceErrorMm(),
                config.dispersion().shiftPriorPx(),
                0,
                false,
                found.features());
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
        return new Solved(solution, orderTwo, choice, null);
    }

    /** The wavelengths at which a reference explains the whole spectrum best. */
    private Solved byWhole(
            Extracted extracted,
            OrderOverlap orderTwo,
            Path path,
            ReferenceChoice choice,
            ReferenceChoice.Place place) {
        TabulatedCurve sed = choice.sed();
        if (sed == null) {
            throw new IllegalArgumentException("no reference was chosen");
        }
        double nm = TYPICAL_NM * Math.sqrt(place.covariance()[0]) / place.distanceMm();
        if (choice.probability() < SURE || nm > SURE_NM || choice.misfit() > POOR) {
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
                        true,
                        lines.solution().features()),
                orderTwo,
                choice,
                null);
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
        public double[] water(double[] lambdaNm) {
            return optics.typicalWater(lambdaNm);
        }

        @Override
        public double[] moreWater(double[] lambdaNm) {
            return optics.moreWater(lambdaNm);
        }

        @Override
        public boolean isMeasured() {
            return optics.throughputIsMeasured() && !caveats.contains(Caveat.FILTER_UNKNOWN);
        }

        @Override
        public TraceGeometry geometry(@Nullable TabulatedCurve sed) {
            ExposureOptics with = sed == null ? optics : optics.withSed(sed);
            return with.geometry(extracted.order0(), extracted.angleDeg());
        }
    }
}
