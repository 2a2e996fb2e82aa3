package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.atmosphere.FitSettings;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.ForwardSetup;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.neighbours.NeighbourSearch;
import io.spectractor.core.forward.neighbours.NeighbourSpectrumSearch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rounds of a fit of the atmosphere to a spectrogram: parameters, then stars that the residuals show, pixels and
 * columns that don't belong, the noise of the pixels and the error of the model, until nothing changes.
 */
final class SpectrogramSearch {
    /** Pixels further than this from the model are left out, unless ... */
    private static final double PIXEL_SIGMA = 6;
    /** ... the model may be wrong by this fraction there. */
    private static final double PIXEL_MODEL_ERROR = 0.1;

    private static final double WING_SIGMA = 1;
    private static final int MAX_ROUNDS = 8;
    private static final int LAST_JUDGED_AFRESH = 3;
    private static final double SETTLED = 0.1;
    /** An error of the water above this fraction of it is no longer a matter of the slope at the result. */
    private static final double LARGE_WATER_ERROR = 0.1;

    private static final double MAX_WATER_STEP_MM = 5;
    private static final double WATER_SETTLED = 0.05;
    private static final int WATER_ROUNDS = 8;

    private final FitSettings settings;
    private final boolean seeksStars;
    private final double smoothPx;
    private final Deadline deadline;
    private final boolean[] usable;
    private final double[][] modes;
    private AtmosphereEquations equations;
    private ParameterBounds bounds;
    private AtmosphereEquations.Point point;
    private boolean[] outliers;
    private double modelError;
    private double noiseScale = 1;
    private int steps;
    private int stars;
    private boolean settled;

    /**
     * @param equations with the weights to begin with
     * @param usable columns whose light counts
     * @param start parameters
     * @param bounds of the parameters
     * @param modes relative errors of the throughput, see {@link ModelErrorCovariance.Errors}
     * @param smoothPx sigma over which errors of the model are smooth, px
     * @param seeksStars whether the profile is good enough to tell stars from its own errors
     */
    SpectrogramSearch(
            FitSettings settings,
            AtmosphereEquations equations,
            boolean[] usable,
            double[] start,
            ParameterBounds bounds,
            double[][] modes,
            double smoothPx,
            boolean seeksStars,
            Deadline deadline) {
        this.settings = settings;
        this.equations = equations;
        this.usable = usable;
        this.bounds = bounds;
        this.modes = modes;
        this.smoothPx = smoothPx;
        this.seeksStars = seeksStars;
        this.deadline = deadline;
        this.outliers = new boolean[usable.length];
        equations.renewFaintLight(start);
        this.point = equations.at(start);
    }

    void run() {
        reweigh();
        descend();
        if (seeksStars) {
            addNeighbourSpectrum();
            addStars();
        }
        for (int round = 0; round < MAX_ROUNDS && !settled; round++) {
            reweigh();
            equations.renewFaintLight(point.x());
            point = equations.at(point.x());
            double before = modelError;
            modelError = LikeliestModelError.of(equations, point, errors(), deadline);
            boolean[] judged = judge();
            for (int c = 0; c < judged.length && round >= LAST_JUDGED_AFRESH; c++) {
                // so that none goes in and out for ever
                judged[c] |= outliers[c];
            }
            settled = round > 0
                    && Arrays.equals(judged, outliers)
                    && Math.abs(modelError - before) <= SETTLED * before + LikeliestModelError.LEAST;
            outliers = judged;
            boolean converged = descend();
            settled &= converged;
        }
    }

    private boolean descend() {
        DampedNewton descent = new DampedNewton(equations, errors(), bounds, deadline);
        point = descent.minimise(point.x());
        steps += descent.steps();
        return descent.converged();
    }

    /** Columns out of range, bad columns and outliers are free. */
    private boolean[] free(boolean withOutliers) {
        boolean[] free = new boolean[usable.length];
        for (int c = 0; c < free.length; c++) {
            free[c] = !usable[c] || (withOutliers && outliers[c]);
        }
        return free;
    }

    ModelErrorCovariance.Errors errors() {
        return errors(modelError, free(true));
    }

    private ModelErrorCovariance.Errors errors(double relative, boolean[] free) {
        return new ModelErrorCovariance.Errors(point.amplitudes(), relative, smoothPx, free, modes);
    }

    /** What is left of the residuals when every column may have its own light. */
    private double[] residualWithFreeColumns() {
        boolean[] all = new boolean[usable.length];
        Arrays.fill(all, true);
        ModelErrorCovariance slack = errors(0, all).at(point);
        double[] taken = equations.model().model(slack.absorb(point.score()));
        double[] residual = point.residual().clone();
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= taken[i];
        }
        return residual;
    }

    /** Weights from the model's photons; pixels far from what the profile can explain are left out. */
    private void reweigh() {
        ProfileWindow window = equations.setup().window;
        double[] residual = residualWithFreeColumns();
        double[] weight = new double[residual.length];
        double chi2 = 0;
        int used = 0;
        for (int i = 0; i < weight.length; i++) {
            double seen = window.signal[i] - residual[i];
            double variance = window.variance(i, seen);
            double tolerance = variance + PIXEL_MODEL_ERROR * PIXEL_MODEL_ERROR * seen * seen;
            if (window.mask[i] != 0 || residual[i] * residual[i] > PIXEL_SIGMA * PIXEL_SIGMA * tolerance) {
                continue;
            }
            weight[i] = 1 / variance;
            chi2 += weight[i] * residual[i] * residual[i];
            used++;
        }
        // With errors of the profile the pixels are known less well than their noise.
        noiseScale = Math.max(1, chi2 / Math.max(1, used - usable.length - equations.size()));
        for (int i = 0; i < weight.length; i++) {
            weight[i] /= noiseScale;
        }
        equations = equations.with(weight);
    }

    private void addNeighbourSpectrum() {
        Optional<NeighbourSpectrumSearch.Found> found =
                equations.model().neighbourSpectrum(residualWithFreeColumns(), equations.weight());
        if (found.isPresent()) {
            stars++;
            ForwardSetup setup = equations.setup();
            ForwardSetup with = setup.withNeighbour(found.get(), equations.core(point.x()));
            adopt(with, with.layout.neighbour);
        }
    }

    private void addStars() {
        List<NeighbourSearch.Candidate> found = equations
                .model()
                .neighbours(residualWithFreeColumns(), equations.weight())
                .stars();
        if (!found.isEmpty()) {
            stars += found.size();
            ForwardSetup with = equations.setup().withStars(found, equations.core(point.x()));
            adopt(with, with.layout.stars);
        }
    }

    /** Goes on with a setup that has further parameters, without bounds, from an index on. */
    private void adopt(ForwardSetup with, int at) {
        AtmosphereEquations before = equations;
        double[] x = before.inSetup(with, point.x());
        int inserted = with.layout.count - before.setup().layout.count;
        ParameterBounds wider = ParameterBounds.none(x.length);
        for (int q = 0; q < x.length; q++) {
            int old = q < at ? q : q - inserted;
            if (q < at || q >= at + inserted) {
                wider = wider.with(q, bounds.lower()[old], bounds.upper()[old]);
            }
        }
        bounds = wider;
        equations = before.with(with);
        equations.renewFaintLight(x);
        point = equations.at(x);
        descend();
    }

    /**
     * Columns whose light is not the model's: the pull of a column is its share of the whitened residuals,
     * M^T C^-1 r, over its error.
     */
    private boolean[] judge() {
        double[] pulls = pulls();
        double[] sizes = new double[pulls.length];
        for (int c = 0; c < sizes.length; c++) {
            sizes[c] = usable[c] && !outliers[c] ? Math.abs(pulls[c]) : Double.NaN;
        }
        double scatter = Math.max(1, RobustStatistics.MAD_TO_SIGMA * RobustStatistics.median(sizes));
        boolean[] out = new boolean[pulls.length];
        for (int c = 0; c < out.length; c++) {
            if (usable[c] && Math.abs(pulls[c]) > settings.clipSigma() * scatter) {
                markWing(pulls, out, c, 1, scatter);
                markWing(pulls, out, c, -1, scatter);
            }
        }
        return out;
    }

    private void markWing(double[] pulls, boolean[] out, int outlier, int direction, double scatter) {
        double sign = Math.signum(pulls[outlier]);
        for (int c = outlier; c >= 0 && c < out.length && sign * pulls[c] > WING_SIGMA * scatter; c += direction) {
            out[c] = usable[c];
        }
    }

    /** Pulls of the columns, outliers judged like the others. */
    private double[] pulls() {
        ModelErrorCovariance slack = errors(modelError, free(false)).at(point);
        int n = usable.length;
        double[] taken = slack.absorb(point.score());
        double[] absorbed = slack.absorbedPrecision(point.normal());
        double[] pulls = new double[n];
        double[] column = new double[n];
        for (int c = 0; c < n; c++) {
            if (!usable[c]) {
                continue;
            }
            System.arraycopy(point.normal(), c * n, column, 0, n);
            double precision = column[c] - absorbed[c];
            double score = point.score()[c] - SpectrumPrior.dot(column, taken);
            pulls[c] = precision > 0 ? score / Math.sqrt(precision) : 0;
        }
        return pulls;
    }

    /**
     * The covariance at the result. Bands of water saturate, so that a local derivative would promise far too much where
     * there is little: the error is made as large as the step over which the derivative is taken.
     */
    double[] covariance() {
        int m = equations.size();
        int water = equations.index(FitParameter.WATER);
        // the equations' work arrays must be those of the result
        point = equations.at(point.x());
        double[] out = covariance(equations.normal(point, errors().at(point)));
        double sigma = Math.sqrt(out[water * m + water]);
        for (int k = 0; k < WATER_ROUNDS && sigma > LARGE_WATER_ERROR * point.x()[water]; k++) {
            out = covariance(equations.normal(point, errors().at(point), Math.min(sigma, MAX_WATER_STEP_MM)));
            double before = sigma;
            sigma = Math.sqrt(out[water * m + water]);
            if (Math.abs(sigma - before) < WATER_SETTLED * before) {
                break;
            }
        }
        return out;
    }

    /** Inverse of a curvature, with the parameters that are held or fixed taken out as zero rows. */
    private double[] covariance(AtmosphereEquations.Normal normal) {
        int m = equations.size();
        int[] moves = IntStream.range(0, m)
                .filter(q -> bounds.lower()[q] < bounds.upper()[q])
                .toArray();
        double[] reduced = new double[moves.length * moves.length];
        double[] unit = new double[moves.length];
        for (int i = 0; i < moves.length; i++) {
            unit[i] = 1 / Math.sqrt(normal.matrix()[moves[i] * m + moves[i]]);
        }
        for (int i = 0; i < moves.length; i++) {
            for (int j = 0; j < moves.length; j++) {
                reduced[i * moves.length + j] = normal.matrix()[moves[i] * m + moves[j]] * unit[i] * unit[j];
            }
        }
        double[] inverse = SymmetricSolver.inverse(reduced, moves.length);
        double[] out = new double[m * m];
        for (int i = 0; i < moves.length; i++) {
            for (int j = 0; j < moves.length; j++) {
                out[moves[i] * m + moves[j]] = inverse[i * moves.length + j] * unit[i] * unit[j];
            }
        }
        return out;
    }

    boolean atBound(FitParameter parameter) {
        int q = equations.index(parameter);
        return point.x()[q] <= bounds.lower()[q] || point.x()[q] >= bounds.upper()[q];
    }

    AtmosphereEquations equations() {
        return equations;
    }

    AtmosphereEquations.Point point() {
        return point;
    }

    boolean[] outliers() {
        return outliers.clone();
    }

    boolean[] usable() {
        return usable.clone();
    }

    double modelError() {
        return modelError;
    }

    double noiseScale() {
        return noiseScale;
    }

    int stars() {
        return stars;
    }

    int steps() {
        return steps;
    }

    boolean settled() {
        return settled;
    }

    int freeParameters() {
        return (int) IntStream.range(0, bounds.size())
                .filter(q -> bounds.lower()[q] < bounds.upper()[q])
                .count();
    }
}
