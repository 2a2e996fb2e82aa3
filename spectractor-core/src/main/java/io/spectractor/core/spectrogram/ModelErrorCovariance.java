package io.spectractor.core.spectrogram;

import io.spectractor.core.fit.EnvelopeCholesky;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.SpectrumPrior;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose light may differ from the model's by Gaussian errors F z, z of unit variance: the covariance of the pixels
 * becomes C = W^-1 + M F F^T M^T, and with N = M^T W M its inverse W - W M F (1 + F^T N F)^-1 F^T M^T W needs no matrix of
 * pixels. F is a band B: errors are smooth over a resolution element, but free columns are on their own. A few modes G along the whole
 * spectrum, the errors of the throughput, are added by a second such step: with S = B (1 + B^T N B)^-1 B^T and Y = (1 - S N) G
 * what is subtracted becomes S + Y (1 + G^T N Y)^-1 Y^T. Immutable.
 */
final class ModelErrorCovariance {
    private final int n;
    private final int reach;
    /** Row c, entry k: F of column c and latent error c - reach + k. */
    private final double[] band;

    private final EnvelopeCholesky factor;

    /** Rows of Y^T. */
    private final double[][] along;

    private final @Nullable SymmetricSolver alongFactor;

    private ModelErrorCovariance(
            int n, int reach, double[] band, EnvelopeCholesky factor, double[][] modes, double[] normal) {
        this.n = n;
        this.reach = reach;
        this.band = band;
        this.factor = factor;
        int m = modes.length;
        this.along = new double[m][];
        double[] a = new double[m * m];
        double[][] seen = new double[m][n];
        for (int k = 0; k < m; k++) {
            for (int i = 0; i < n; i++) {
                double[] row = seen[k];
                for (int j = 0; j < n; j++) {
                    row[i] += normal[i * n + j] * modes[k][j];
                }
            }
            double[] y = absorbByBand(seen[k]);
            for (int i = 0; i < n; i++) {
                y[i] = modes[k][i] - y[i];
            }
            along[k] = y;
        }
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                a[k * m + l] = SpectrumPrior.dot(seen[k], along[l]) + (k == l ? 1 : 0);
            }
        }
        this.alongFactor = m == 0 ? null : SymmetricSolver.factor(a, m);
    }

    /** F^T v. */
    private static double[] transposed(int n, int reach, double[] band, double[] v) {
        double[] out = new double[n];
        int width = 2 * reach + 1;
        for (int c = 0; c < n; c++) {
            for (int k = Math.max(0, reach - c); k < Math.min(width, n - c + reach); k++) {
                out[c - reach + k] += band[c * width + k] * v[c];
            }
        }
        return out;
    }

    /** F (1 + F^T N F)^-1 F^T v: for v = M^T W r what the columns take up of residuals r, ADU/s. */
    double[] absorb(double[] v) {
        double[] out = absorbByBand(v);
        SymmetricSolver known = alongFactor;
        if (known != null) {
            double[] t = new double[along.length];
            for (int k = 0; k < t.length; k++) {
                t[k] = SpectrumPrior.dot(along[k], v);
            }
            double[] z = known.solve(t);
            for (int k = 0; k < t.length; k++) {
                for (int c = 0; c < n; c++) {
                    out[c] += z[k] * along[k][c];
                }
            }
        }
        return out;
    }

    private double[] absorbByBand(double[] v) {
        double[] z = factor.solve(transposed(n, reach, band, v));
        double[] out = new double[n];
        int width = 2 * reach + 1;
        for (int c = 0; c < n; c++) {
            for (int k = Math.max(0, reach - c); k < Math.min(width, n - c + reach); k++) {
                out[c] += band[c * width + k] * z[c - reach + k];
            }
        }
        return out;
    }

    /** ln |1 + F^T N F|, the change of the pixels' ln |C|. */
    double logDeterminant() {
        SymmetricSolver known = alongFactor;
        return factor.logDeterminant() + (known == null ? 0 : known.logDeterminant());
    }

    /**
     * The errors: a fraction of each column's light, the same everywhere but in columns that are left free.
     *
     * @param light first-order light that the fractions are of, ADU/s
     * @param relative the fraction, 1 sigma
     * @param smoothPx sigma of the Gaussian over which errors are averages of independent ones, px
     * @param free columns whose light the model has no say in
     * @param modes relative errors of the light that go together along the spectrum, a row of columns each; free columns have none
     */
    record Errors(double[] light, double relative, double smoothPx, boolean[] free, double[][] modes) {
        /** Error of a free column, in its own light or in this fraction of the brightest column. */
        private static final double FREE = 3;

        private static final double FREE_FLOOR = 0.05;
        private static final double REACH = 2.5;

        /** 1 sigma of a column's light, ADU/s. */
        double sigma(int c) {
            double top = 0;
            for (double a : light) {
                top = Math.max(top, a);
            }
            double variance = relative * relative;
            for (double[] mode : modes) {
                variance += mode[c] * mode[c];
            }
            return free[c] ? FREE * Math.max(light[c], FREE_FLOOR * top) : Math.sqrt(variance) * light[c];
        }

        ModelErrorCovariance at(AtmosphereEquations.Point point) {
            int n = light.length;
            int reach = relative > 0 ? (int) Math.ceil(REACH * smoothPx) : 0;
            int width = 2 * reach + 1;
            double[] kernel = new double[width];
            double norm = 0;
            for (int k = 0; k < width; k++) {
                kernel[k] = reach == 0 ? 1 : Math.exp(-0.5 * (k - reach) * (k - reach) / (smoothPx * smoothPx));
                norm += kernel[k] * kernel[k];
            }
            double[] band = new double[n * width];
            for (int c = 0; c < n; c++) {
                if (free[c]) {
                    band[c * width + reach] = sigma(c);
                    continue;
                }
                for (int k = 0; k < width; k++) {
                    band[c * width + k] = relative * light[c] * kernel[k] / Math.sqrt(norm);
                }
            }
            double[] half = new double[n * n];
            for (int i = 0; i < n; i++) {
                double[] row = new double[n];
                System.arraycopy(point.normal(), i * n, row, 0, n);
                System.arraycopy(transposed(n, reach, band, row), 0, half, i * n, n);
            }
            double[] a = new double[n * n];
            for (int j = 0; j < n; j++) {
                double[] column = new double[n];
                for (int i = 0; i < n; i++) {
                    column[i] = half[i * n + j];
                }
                System.arraycopy(transposed(n, reach, band, column), 0, a, j * n, n);
                a[j * n + j] += 1;
            }
            return new ModelErrorCovariance(
                    n, reach, band, EnvelopeCholesky.factor(a, point.order()), alongSpectrum(), point.normal());
        }

        /** The modes in ADU/s. */
        private double[][] alongSpectrum() {
            double[][] out = new double[modes.length][light.length];
            for (int k = 0; k < out.length; k++) {
                for (int c = 0; c < light.length; c++) {
                    out[k][c] = free[c] ? 0 : modes[k][c] * light[c];
                }
            }
            return out;
        }
    }
}
