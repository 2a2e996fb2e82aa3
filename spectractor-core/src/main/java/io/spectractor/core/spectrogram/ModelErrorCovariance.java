package io.spectractor.core.spectrogram;

import io.spectractor.core.fit.EnvelopeCholesky;

/**
 * Columns whose light may differ from the model's by Gaussian errors F z, z of unit variance: the covariance of the pixels
 * becomes C = W^-1 + M F F^T M^T, and with N = M^T W M its inverse W - W M F (1 + F^T N F)^-1 F^T M^T W needs no matrix of
 * pixels. F is a band: errors are smooth over a resolution element, but free columns are on their own. Immutable.
 */
final class ModelErrorCovariance {
    private final int n;
    private final int reach;
    /** Row c, entry k: F of column c and latent error c - reach + k. */
    private final double[] band;

    private final EnvelopeCholesky factor;

    private ModelErrorCovariance(int n, int reach, double[] band, EnvelopeCholesky factor) {
        this.n = n;
        this.reach = reach;
        this.band = band;
        this.factor = factor;
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
        return factor.logDeterminant();
    }

    /**
     * The errors: a fraction of each column's light, the same everywhere but in columns that are left free.
     *
     * @param light first-order light that the fractions are of, ADU/s
     * @param relative the fraction, 1 sigma
     * @param smoothPx sigma of the Gaussian over which errors are averages of independent ones, px
     * @param free columns whose light the model has no say in
     */
    record Errors(double[] light, double relative, double smoothPx, boolean[] free) {
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
            return free[c] ? FREE * Math.max(light[c], FREE_FLOOR * top) : relative * light[c];
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
            return new ModelErrorCovariance(n, reach, band, EnvelopeCholesky.factor(a, point.order()));
        }
    }
}
