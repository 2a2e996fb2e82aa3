package io.spectractor.core.atmosphere;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.LeastSquaresFit;
import io.spectractor.core.fit.LevenbergMarquardt;
import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits the atmosphere to the spectrum of a star whose energy distribution is known, with the full covariance of the
 * spectrum. Immutable, deterministic.
 *
 * <p>Columns too far from the model are left out and judged afresh in every round. Where the rest scatters more than its
 * covariance says, a relative error of the model is added, in quadrature and independent from column to column, until chi2
 * equals the degrees of freedom: the errors of the parameters then stand for what is seen.
 *
 * <p>Errors of the throughput that come with the light ({@link SourceSpectrum#errors}) are marginalised: their covariance
 * times the model is part of that of the columns.
 */
public final class AtmosphereFit {
    private static final double FWHM_PER_SIGMA = 2.3548;
    private static final int MIN_COLUMNS = 60;
    private static final double WING_SIGMA = 1;
    private static final int MAX_ROUNDS = 12;
    private static final double MAX_MODEL_ERROR = 0.2;
    private static final double MODEL_ERROR_TOLERANCE = 0.02;

    private final AtmosphereModel atmosphere;
    private final FitSettings settings;
    private final LevenbergMarquardt optimiser = new LevenbergMarquardt()
            .withMaxIterations(60)
            .withRelativeTolerance(1e-7)
            .withParameterTolerance(1e-6)
            .withGradientTolerance(1e-6);

    public AtmosphereFit(AtmosphereModel atmosphere, FitSettings settings) {
        this.atmosphere = atmosphere;
        this.settings = settings;
    }

    /**
     * Fits.
     *
     * @param product a spectrum
     * @param light the star behind telescope and disperser, without atmosphere
     * @throws IllegalArgumentException if airmass, pressure or a given value is outside the model's range
     * @throws FitException if too few columns are usable
     */
    public AtmosphereFitResult fit(SpectrumProduct product, SourceSpectrum light, Deadline deadline) {
        return new Search(product, light, deadline).run();
    }

    /** The state of one fit. */
    private final class Search {
        private final SpectrumTable table;
        private final double[] covariance;
        private final SpectrumModel model;
        private final Deadline deadline;
        private final boolean[] usable;
        private final ParameterBounds bounds;
        private final double[] start;
        private final double[] expected;
        /** Relative covariance of the throughput, n x n, empty if it is exact. */
        private final double[] throughput;

        private double modelError;

        Search(SpectrumProduct product, SourceSpectrum light, Deadline deadline) {
            this.table = product.spectrum();
            this.covariance = product.covariance();
            this.model = new SpectrumModel(atmosphere, light, product);
            this.deadline = deadline;
            this.throughput = light.errors().any() ? light.errors().covariance(table.lambdaNm()) : new double[0];
            this.usable = new boolean[table.size()];
            this.expected = new double[table.size()];
            int count = 0;
            for (int i = 0; i < usable.length; i++) {
                double lambda = table.lambdaNm()[i];
                usable[i] = lambda >= settings.minNm()
                        && lambda <= settings.maxNm()
                        && table.mask()[i] == 0
                        && Double.isFinite(table.flux()[i])
                        && covariance[i * usable.length + i] > 0;
                count += usable[i] ? 1 : 0;
            }
            if (count < MIN_COLUMNS) {
                throw new FitException(
                        FitException.Reason.NOT_ENOUGH_DATA,
                        "only " + count + " good columns between " + settings.minNm() + " and " + settings.maxNm()
                                + " nm; a fit of the atmosphere needs " + MIN_COLUMNS);
            }
            FitStart first = new FitStart(atmosphere.ranges(), settings);
            double resolution = Math.min(
                    Math.max(product.summary().meanFwhmPx() / FWHM_PER_SIGMA, 0.5),
                    SpectrumModel.MAX_RESOLUTION_PX / 2);
            this.start = first.values(resolution);
            this.bounds = first.bounds(start);
            atmosphere.ranges().require(model.state(start));
            scaleStart();
        }

        /** With a free grey factor, start from the flux that is there. */
        private void scaleStart() {
            int grey = FitParameter.GREY.index();
            if (!settings.free().contains(FitParameter.GREY)
                    || settings.values().containsKey(FitParameter.GREY)) {
                return;
            }
            model.flux(start, expected);
            double data = 0;
            double there = 0;
            for (int i = 0; i < usable.length; i++) {
                data += usable[i] ? table.flux()[i] : 0;
                there += usable[i] ? expected[i] : 0;
            }
            start[grey] = bounds.clamp(grey, data / there);
        }

        AtmosphereFitResult run() {
            boolean[] used = usable.clone();
            double[] at = start;
            @Nullable LeastSquaresFit fit = null;
            boolean settled = false;
            for (int round = 0; round < MAX_ROUNDS && !settled; round++) {
                deadline.check();
                model.flux(at, expected);
                int[] columns = columns(used);
                fit = optimiser.fit(
                        new SpectrumResiduals(model, table.flux(), columns, noise(columns, modelError), bounds),
                        at,
                        bounds,
                        deadline);
                at = fit.parameters();
                model.flux(at, expected);
                boolean[] judged = judge(used);
                int[] kept = columns(judged);
                double needed = neededError(kept, kept.length - freeParameters(fit));
                settled = Arrays.equals(judged, used)
                        && Math.abs(needed - modelError) <= MODEL_ERROR_TOLERANCE * modelError + 1e-5;
                if (!settled && round < MAX_ROUNDS - 1) {
                    used = judged;
                    modelError = needed;
                }
            }
            return result(Objects.requireNonNull(fit), used, settled);
        }

        private int freeParameters(LeastSquaresFit fit) {
            return (int) IntStream.range(0, fit.parameters().length)
                    .filter(i -> !fit.atBound()[i] && !fit.undetermined()[i])
                    .count();
        }

        private int[] columns(boolean[] used) {
            return IntStream.range(0, used.length).filter(i -> used[i]).toArray();
        }

        private double error(int i) {
            double variance = covariance[i * usable.length + i];
            double relative = modelError * modelError + ofThroughput(i, i);
            return Math.sqrt(variance + relative * expected[i] * expected[i]);
        }

        private double ofThroughput(int i, int j) {
            return throughput.length == 0 ? 0 : throughput[i * usable.length + j];
        }

        /** Columns that are good and near the model, in errors or, where larger, in the scatter of the residuals. */
        private boolean[] judge(boolean[] used) {
            double[] sizes = new double[usable.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = used[i] ? Math.abs(table.flux()[i] - expected[i]) / error(i) : Double.NaN;
            }
            double scatter = Math.max(1, RobustStatistics.MAD_TO_SIGMA * RobustStatistics.median(sizes));
            boolean[] good = usable.clone();
            double[] pulls = new double[usable.length];
            for (int i = 0; i < good.length; i++) {
                pulls[i] = usable[i] ? (table.flux()[i] - expected[i]) / (scatter * error(i)) : 0;
            }
            for (int i = 0; i < good.length; i++) {
                if (Math.abs(pulls[i]) > settings.clipSigma()) {
                    dropWings(pulls, good, i, 1);
                    dropWings(pulls, good, i, -1);
                }
            }
            return good;
        }

        /** Drops an outlier and those beside it that it pulls along: a star in the trace spoils its flanks too. */
        private void dropWings(double[] pulls, boolean[] good, int outlier, int direction) {
            double sign = Math.signum(pulls[outlier]);
            for (int i = outlier; i >= 0 && i < good.length && sign * pulls[i] > WING_SIGMA; i += direction) {
                good[i] = false;
            }
        }

        private SymmetricSolver noise(int[] columns, double relative) {
            int m = columns.length;
            int n = usable.length;
            double[] c = new double[m * m];
            for (int a = 0; a < m; a++) {
                for (int b = 0; b <= a; b++) {
                    c[a * m + b] = covariance[columns[a] * n + columns[b]]
                            + ofThroughput(columns[a], columns[b]) * expected[columns[a]] * expected[columns[b]];
                }
                double extra = relative * expected[columns[a]];
                c[a * m + a] += extra * extra;
            }
            return SymmetricSolver.factor(c, m);
        }

        private double chi2(int[] columns, double relative) {
            double[] r = new double[columns.length];
            for (int a = 0; a < r.length; a++) {
                r[a] = table.flux()[columns[a]] - expected[columns[a]];
            }
            double sum = 0;
            for (double w : noise(columns, relative).whiten(r)) {
                sum += w * w;
            }
            return sum;
        }

        /** The model error with which chi2 equals the degrees of freedom; 0 if it is not larger without. */
        private double neededError(int[] columns, int degreesOfFreedom) {
            if (chi2(columns, 0) <= degreesOfFreedom) {
                return 0;
            }
            double low = 1e-5;
            double high = MAX_MODEL_ERROR;
            while (high / low > 1 + 0.5 * MODEL_ERROR_TOLERANCE) {
                deadline.check();
                double middle = Math.sqrt(low * high);
                if (chi2(columns, middle) > degreesOfFreedom) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Math.sqrt(low * high);
        }

        private AtmosphereFitResult result(LeastSquaresFit fit, boolean[] used, boolean settled) {
            List<AtmosphereFitResult.Value> values = new ArrayList<>();
            for (FitParameter p : FitParameter.values()) {
                int i = p.index();
                boolean free = settings.free().contains(p);
                values.add(new AtmosphereFitResult.Value(
                        p, fit.parameters()[i], fit.error(i), free, free && fit.atBound()[i]));
            }
            double[] error = new double[usable.length];
            boolean[] outliers = new boolean[usable.length];
            for (int i = 0; i < error.length; i++) {
                error[i] = error(i);
                outliers[i] = usable[i] && !used[i];
            }
            return new AtmosphereFitResult(
                    List.copyOf(values),
                    fit.covariance(),
                    fit.chi2(),
                    fit.degreesOfFreedom(),
                    modelError,
                    chi2(columns(used), 0),
                    settled && fit.converged(),
                    table.lambdaNm(),
                    table.flux(),
                    expected,
                    error,
                    used,
                    outliers);
        }
    }
}
