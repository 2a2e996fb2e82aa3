package io.spectractor.core.pipeline;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.emission.Emission;
import io.spectractor.core.emission.EmissionSearch;
import io.spectractor.core.emission.EvenLight;
import io.spectractor.core.emission.MeasuredLine;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionStages.Extracted;
import io.spectractor.core.pipeline.ExtractionStages.Solved;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.reference.ReferenceChoice;
import io.spectractor.core.target.Target;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Solves for the wavelengths of an object that shines in lines. */
final class EmissionStage {
    /** Below this, or with fewer lines, a solution may be another one. */
    private static final double SURE = 0.98;

    private static final int FEWEST_LINES = 4;
    /** A distance that is further from what it should be, in its errors, comes of lines that are taken for others. */
    private static final double FAR = 4;

    /** How well a logbook's position is known when no order 0 is seen there, px. */
    private static final double GUESS_ERROR_PX = 5;
    /** Redshifts of an object of which nobody knows any. */
    private static final double MOST_REDSHIFT = 1;

    private static final double REDSHIFT_STEP = 0.002;
    private static final double NOWHERE_NM = 1;

    /** Share of the light that typical water lets through at least. */
    private static final double LEAST_PASSED = 0.1;

    private final ExtractionConfig config;
    private final ExposureOptics optics;
    private final Deadline deadline;
    private final Set<Caveat> caveats;

    EmissionStage(ExtractionConfig config, ExposureOptics optics, Deadline deadline, Set<Caveat> caveats) {
        this.config = config;
        this.optics = optics;
        this.deadline = deadline;
        this.caveats = caveats;
    }

    /**
     * The solution; null if the spectrum shows no lines to go by.
     *
     * @param sure whether the object is known to have lines in emission; else they must stand out
     */
    @Nullable
    Solved calibrate(Extracted extracted, OrderOverlap orderTwo, boolean sure) {
        ColumnSpectrum spectrum = extracted.spectrum();
        TraceGeometry nominal = optics.geometry(
                extracted.geometry().order0(), extracted.geometry().angleDeg());
        boolean guessed = caveats.contains(Caveat.ORDER0_NOT_FITTED);
        Target target = optics.target();
        boolean broad = target != null && target.kind() == Target.Kind.GALAXY;
        Emission emission = new EmissionSearch(
                        config.dispersion(), PointSpreadFunction.of(config.psf().type()))
                .search(
                        new EmissionSearch.Question(
                                spectrum,
                                nominal,
                                evenLight(optics, nominal, spectrum, orderTwo),
                                orderTwo,
                                optics.emissionLines(),
                                redshifts(target),
                                guessed ? GUESS_ERROR_PX : config.dispersion().shiftPriorPx(),
                                broad),
                        sure,
                        deadline)
                .orElse(null);
        if (emission == null || emission.solution().features().isEmpty()) {
            return null;
        }
        double moved = emission.solution().geometry().distanceMm()
                - config.dispersion().distanceMm();
        if (Math.abs(moved) > FAR * config.dispersion().distanceErrorMm()
                || emission.probability() < SURE
                || emission.solution().features().size() < FEWEST_LINES) {
            caveats.add(Caveat.WAVELENGTH_AMBIGUOUS);
        }
        return new Solved(emission.solution(), orderTwo, choice(emission), emission);
    }

    /** Photons per column that a source of even light would give. */
    static EvenLight evenLight(
            ExposureOptics optics, TraceGeometry geometry, ColumnSpectrum spectrum, OrderOverlap orderTwo) {
        double sigma = spectrum.meanFwhmPx() / 2.3548;
        double[] edges = geometry.wavelengths(spectrum.firstColumn() - 0.5, 1, spectrum.size() + 1, 1);
        double[] light = photons(optics, edges);
        double[] passed = optics.typicalWater(middle(edges));
        double[] edges2 = geometry.wavelengths(spectrum.firstColumn() - 0.5, 1, spectrum.size() + 1, orderTwo.order());
        double[] second = photons(optics, edges2);
        double[] middle2 = middle(edges2);
        double[] water = new double[light.length];
        for (int i = 0; i < light.length; i++) {
            double ratio = orderTwo.ratio(middle2[i]);
            water[i] = light[i] * (1 / Math.max(passed[i], LEAST_PASSED) - 1);
            water[i] = Double.isNaN(water[i]) ? 0 : water[i];
            light[i] += second[i] > 0 && ratio > 0 ? second[i] * ratio : 0;
        }
        return new EvenLight(GaussianFilter.smooth(light, sigma), GaussianFilter.smooth(water, sigma));
    }

    /** Photons of even light between the edges of columns, nm, with typical air, telescope and disperser. */
    private static double[] photons(ExposureOptics optics, double[] edges) {
        double[] middle = middle(edges);
        double[] light = optics.typicalTransmission(middle);
        for (int i = 0; i < light.length; i++) {
            double value = light[i] * middle[i] * (edges[i + 1] - edges[i]);
            light[i] = Double.isNaN(value) ? 0 : value;
        }
        return light;
    }

    /** Middles of columns; where no light falls, far from all light. */
    private static double[] middle(double[] edges) {
        double[] middle = new double[edges.length - 1];
        for (int i = 0; i < middle.length; i++) {
            double nm = (edges[i] + edges[i + 1]) / 2;
            middle[i] = Double.isNaN(nm) ? NOWHERE_NM : nm;
        }
        return middle;
    }

    private static double[] redshifts(@Nullable Target target) {
        if (target == null || target.kind() != Target.Kind.GALAXY || target.redshift() != 0) {
            return new double[] {target == null ? 0 : target.redshift()};
        }
        return IntStream.rangeClosed(0, (int) Math.round(MOST_REDSHIFT / REDSHIFT_STEP))
                .mapToDouble(i -> i * REDSHIFT_STEP)
                .toArray();
    }

    private static ReferenceChoice choice(Emission emission) {
        List<MeasuredLine> lines = emission.lines();
        long known = lines.stream().filter(l -> l.line() != null).count();
        WavelengthSolution solution = emission.solution();
        double z = emission.redshiftErr();
        double[] covariance = {
            solution.distanceErrMm() * solution.distanceErrMm(),
            solution.covariance(),
            0,
            solution.covariance(),
            solution.shiftErrPx() * solution.shiftErrPx(),
            0,
            0,
            0,
            z * z
        };
        return new ReferenceChoice(
                ReferenceChoice.Origin.LINES,
                String.format(Locale.ROOT, "%d lines, %d unidentified", known, lines.size() - known),
                null,
                emission.redshift(),
                z,
                new ReferenceChoice.Place(
                        solution.geometry().distanceMm(), solution.geometry().shiftPx(), covariance),
                emission.probability(),
                emission.misfit(),
                List.of());
    }
}
