package io.spectractor.core.extraction;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.LevenbergMarquardt;
import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The spectrum by a fit of its transverse profile, column by column, with trace and shape smooth along the spectrum.
 *
 * <p>Works on the raw frame: nothing is resampled, so neighbouring pixels stay independent. The sum over a raw column
 * of a point source's light does not depend on the tilt of the trace, so a tilt of some degrees costs nothing.
 */
public final class TransverseExtraction {
    /** Weights depend on the model, and the model on the weights: they settle in three rounds. */
    private static final int ROUNDS = 3;
    /** The profile is not perfect: a misfit below this fraction of the model is never taken for a cosmic ray. */
    private static final double MODEL_ERROR = 0.1;
    /** The profile common to all columns is only a start. */
    private static final double COARSE_TOLERANCE = 1e-3;
    /** It is found in every n-th column. */
    private static final int COARSE_COLUMNS = 4;
    /** Of χ², where another round follows: a thousandth of what weights from the model are known to. */
    private static final double ROUND_TOLERANCE = 1e-5;

    private static final double LAST_TOLERANCE = 1e-8;

    private final SpectrumConfig config;
    private final PsfConfig psfConfig;

    public TransverseExtraction(SpectrumConfig config, PsfConfig psfConfig) {
        this.config = config;
        this.psfConfig = psfConfig;
    }

    /**
     * The ridge of the spectrum, and another one beside it.
     *
     * @param traceY row of the brighter ridge in each column, px
     * @param otherRows rows of the fainter ridge above it, px; NaN if there is one only
     */
    public record Ridge(double[] traceY, double otherRows) {
        /** Whether there are two. */
        public boolean isPair() {
            return !Double.isNaN(otherRows);
        }
    }

    /**
     * Row of the spectrum's ridge in each column, found from a prediction that may be off by up to the half height; and the
     * spectrum of another star beside it.
     *
     * @param image the exposure
     * @param sky sky model
     * @param firstColumn first column, px
     * @param predictedY predicted trace, px
     */
    public Ridge findRidge(CcdImage image, SkyModel sky, int firstColumn, double[] predictedY) {
        ProfileWindow window = ProfileWindow.cut(image, sky, firstColumn, predictedY, config.halfHeightPx());
        double[][] profiles = TraceSearch.profiles(window);
        double[] ridge = TraceSearch.offsets(window, profiles);
        Optional<PairSearch.Ridges> pair = PairSearch.find(window, profiles, ridge);
        double[] line = pair.map(PairSearch.Ridges::line).orElse(ridge);
        double bright = pair.map(PairSearch.Ridges::brightPx).orElse(0.0);
        double[] traceY = new double[line.length];
        for (int c = 0; c < traceY.length; c++) {
            traceY[c] = predictedY[c] + line[c] + bright;
        }
        return new Ridge(traceY, pair.map(p -> p.faintPx() - p.brightPx()).orElse(Double.NaN));
    }

    /**
     * Extracts the spectrum.
     *
     * @param image the exposure
     * @param sky sky model
     * @param firstColumn first column, px
     * @param traceY start of the trace, within a profile width of the truth, px
     * @param deadline checked in every iteration
     * @param caveats receives what a user should know
     */
    public ColumnSpectrum extract(
            CcdImage image, SkyModel sky, int firstColumn, double[] traceY, Deadline deadline, Set<Caveat> caveats) {
        ProfileWindow window = ProfileWindow.cut(image, sky, firstColumn, traceY, config.halfHeightPx());
        PointSpreadFunction psf = PointSpreadFunction.of(psfConfig.type());
        ProfileParameters layout = new ProfileParameters(
                psf, window.columns, psfConfig.traceDegree(), psfConfig.degree(), config.halfHeightPx());
        LevenbergMarquardt optimiser = new LevenbergMarquardt().withMaxIterations(60);
        double[] weight = firstWeights(window);
        ProfileColumns some = new ProfileColumns(window, traceY, layout, psfConfig.pixelIntegrated(), COARSE_COLUMNS);
        double[] parameters = optimiser
                .withRelativeTolerance(COARSE_TOLERANCE)
                .parameters(
                        new ProfileFitProblem(window, some, layout, weight, COARSE_COLUMNS),
                        layout.start(),
                        layout.constantShape(),
                        deadline);
        ParameterBounds free = ParameterBounds.none(layout.count());
        ProfileColumns profiles = new ProfileColumns(window, traceY, layout, psfConfig.pixelIntegrated(), 1);
        // a column that was found dead has no amplitude in the next round, and stays what it is
        boolean[] dead = new boolean[window.columns];
        for (int round = 0; round < ROUNDS - 1; round++) {
            ProfileFitProblem problem = new ProfileFitProblem(window, profiles, layout, weight, 1);
            parameters =
                    optimiser.withRelativeTolerance(ROUND_TOLERANCE).parameters(problem, parameters, free, deadline);
            ColumnAmplitudes fitted = problem.amplitudes(parameters);
            DeadColumns.addTo(dead, fitted.amplitude, fitted.variance, meanFwhmPx(layout, parameters));
            weight = weights(window, fitted.model, dead);
        }
        ProfileFitProblem problem = new ProfileFitProblem(window, profiles, layout, weight, 1);
        LeastSquaresFit fit = optimiser.withRelativeTolerance(LAST_TOLERANCE).fit(problem, parameters, free, deadline);
        if (!fit.converged()) {
            caveats.add(Caveat.FIT_NOT_CONVERGED);
        }
        return new SpectrumAssembly(window, layout, sky, config.method(), weight)
                .assemble(problem.amplitudes(fit.parameters()), fit, traceY, caveats);
    }

    /** Weights of the first round: the pixels' own variances. */
    private static double[] firstWeights(ProfileWindow w) {
        double[] weight = new double[w.signal.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = w.mask[i] == 0 ? 1 / w.variance(i, w.signal[i]) : 0;
        }
        return weight;
    }

    private static double meanFwhmPx(ProfileParameters layout, double[] parameters) {
        ChromaticColumns values = layout.over(parameters);
        return IntStream.iterate(0, c -> c < layout.columns, c -> c + COARSE_COLUMNS)
                .mapToDouble(c -> layout.psf.fwhm(ProfileParameters.shape(values, c)))
                .average()
                .orElse(0);
    }

    /**
     * Weights from the model's variances, which unlike the pixels' own don't favour pixels that fluctuated low, and 0
     * for pixels far from the model and for dead columns.
     */
    private double[] weights(ProfileWindow w, double[] model, boolean[] dead) {
        byte[] bits = new OutlierRejection(config.clipSigma(), MODEL_ERROR).judge(w, model);
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= dead[i / w.rows] ? CcdImage.BAD : 0;
        }
        return OutlierRejection.weights(w, model, bits);
    }
}
