package io.spectractor.core.forward;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.SpectrumPrior;

/**
 * The covariance of amplitudes whose prior has for its mean an extraction of the same pixels, column by column. Both are
 * linear in the pixels: a = A^-1 (M^T W + Q T) d with T the sum over a column weighted by the profile, so that
 *
 * <p>cov(a) = A^-1 (N + Q T M + (T M)^T Q + Q T W^-1 T^T Q) A^-1, N = M^T W M.
 *
 * <p>A^-1 alone would count the pixels twice. It stays the lower limit of each variance.
 */
final class SharedPixels {
    private SharedPixels() {}

    /**
     * The covariance.
     *
     * @param inverse A^-1, n x n
     * @param normal N, n x n, which is overwritten
     * @param stamps shares of a window's column by source column, from half a stamp before it, and row
     */
    static double[] covariance(
            ProfileWindow window,
            double[] weight,
            SpectrumPrior prior,
            double[] inverse,
            double[] normal,
            java.util.function.IntFunction<double[][]> stamps) {
        int n = window.columns;
        double[] q = new double[n * n];
        prior.addTo(q);
        double[] blur = new double[n * n];
        double[] variance = new double[n];
        for (int c = 0; c < n; c++) {
            fillColumn(window, weight, stamps.apply(c), c, blur, variance);
        }
        for (int i = 0; i < n; i++) {
            for (int k = Math.max(0, i - 2); k <= Math.min(n - 1, i + 2); k++) {
                double factor = q[i * n + k];
                for (int j = 0; j < n; j++) {
                    normal[i * n + j] += factor * blur[k * n + j];
                    normal[j * n + i] += factor * blur[k * n + j];
                }
                for (int j = Math.max(0, k - 2); j <= Math.min(n - 1, k + 2); j++) {
                    normal[i * n + j] += factor * variance[k] * q[k * n + j];
                }
            }
        }
        double[] out = product(product(inverse, normal, n), inverse, n);
        for (int i = 0; i < n; i++) {
            // where smoothing leaves little noise, what the prior leaves open is the error
            out[i * n + i] = Math.max(out[i * n + i], inverse[i * n + i]);
        }
        return out;
    }

    private static void fillColumn(
            ProfileWindow window, double[] weight, double[][] shares, int c, double[] blur, double[] variance) {
        int half = shares.length / 2;
        double norm = 0;
        double[] weighted = new double[window.rows];
        for (int k = 0; k < window.rows; k++) {
            double profile = 0;
            for (double[] share : shares) {
                profile += share[k];
            }
            weighted[k] = weight[c * window.rows + k] * profile;
            norm += weighted[k] * profile;
        }
        if (!(norm > 0)) {
            return;
        }
        variance[c] = 1 / norm;
        for (int i = 0; i < shares.length; i++) {
            int source = c - half + i;
            if (source >= 0 && source < window.columns) {
                blur[c * window.columns + source] = SpectrumPrior.dot(weighted, shares[i]) / norm;
            }
        }
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double factor = a[i * n + k];
                for (int j = 0; factor != 0 && j < n; j++) {
                    out[i * n + j] += factor * b[k * n + j];
                }
            }
        }
        return out;
    }
}
