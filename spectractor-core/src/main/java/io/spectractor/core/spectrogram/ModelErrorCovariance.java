package io.spectractor.core.spectrogram;

import io.spectractor.core.fit.EnvelopeCholesky;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.SpectrumPrior;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose light may differ from the model's by Gaussian errors F z, z of unit variance: the covariance of the pixels
 * becomes C = W^-1 + M F F^T M^T, and with N = M^T W M its inverse W - W M F (1 + F^T N F)^-1 F^T M^T W needs no matrix of
 * pixels. F is a band B: errors are smooth over a resolution element, but free columns are on their own. A few modes G along the whole
 * spectrum, the errors of the throughput, are added by a second such step: with S = B (1 + B^T N B)^-1 B^T and Y = (1 - S N) G
 * what is subtracted becomes S + Y (1 + G^T N Y)^-1 Y^T. Immutable.
 */
final class ModelErrorCovariance {
    private static final int TILE = 16;

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

    /** F^T A for a matrix of rows, of which the zeros at both ends are passed over. */
    private static double[][] transposed(int reach, double[] band, double[][] rows) {
        int n = rows.length;
        int width = 2 * reach + 1;
        int[] from = new int[n];
        int[] to = new int[n];
        for (int c = 0; c < n; c++) {
            to[c] = n;
            while (from[c] < n && rows[c][from[c]] == 0) {
                from[c]++;
            }
            while (to[c] > from[c] && rows[c][to[c] - 1] == 0) {
                to[c]--;
            }
        }
        double[][] out = new double[n][n];
        double[] factors = new double[width];
        for (int j = 0; j < n; j++) {
            int first = Math.max(0, j - reach);
            int last = Math.min(n - 1, j + reach);
            int least = n;
            int most = 0;
            for (int c = first; c <= last; c++) {
                factors[c - first] = band[c * width + j - c + reach];
                least = Math.min(least, from[c]);
                most = Math.max(most, to[c]);
            }
            RowSum.add(out[j], rows, first, last - first + 1, factors, 0, least, most);
        }
        return out;
    }

    private static double[][] rows(double[] matrix, int n) {
        double[][] out = new double[n][];
        for (int i = 0; i < n; i++) {
            out[i] = Arrays.copyOfRange(matrix, i * n, (i + 1) * n);
        }
        return out;
    }

    /** The transposed matrix, in tiles that stay in the cache. */
    private static double[][] flipped(double[][] rows) {
        int n = rows.length;
        double[][] out = new double[n][n];
        for (int top = 0; top < n; top += TILE) {
            for (int i = 0; i < n; i++) {
                for (int j = top; j < Math.min(n, top + TILE); j++) {
                    out[j][i] = rows[i][j];
                }
            }
        }
        return out;
    }

    /** F (1 + F^T N F)^-1 F^T v: for v = M^T W r what the columns take up of residuals r, ADU/s. */
    double[] absorb(double[] v) {
        double[] out = absorbByBand(v);
        SymmetricSolver known = alongFactor;
        if (known != null) {
            double[] z = known.solve(alongModes(v));
            for (int k = 0; k < z.length; k++) {
                for (int c = 0; c < n; c++) {
                    out[c] += z[k] * along[k][c];
                }
            }
        }
        return out;
    }

    /** Y^T v. */
    private double[] alongModes(double[] v) {
        double[] t = new double[along.length];
        for (int k = 0; k < t.length; k++) {
            t[k] = SpectrumPrior.dot(along[k], v);
        }
        return t;
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

    /**
     * The diagonal of N F (1 + F^T N F)^-1 F^T N: what the columns' freedom takes of the precision of each.
     *
     * @param normal N by rows
     */
    double[] absorbedPrecision(double[] normal) {
        double[][] columns = rows(normal, n);
        double[] out = factor.quadratics(transposed(reach, band, columns));
        SymmetricSolver known = alongFactor;
        if (known != null) {
            for (int c = 0; c < n; c++) {
                double[] t = alongModes(columns[c]);
                out[c] += SpectrumPrior.dot(t, known.solve(t));
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
            return free[c] ? sigmaOfFree(c, top) : Math.sqrt(variance) * light[c];
        }

        private double sigmaOfFree(int c, double top) {
            return FREE * Math.max(light[c], FREE_FLOOR * top);
        }

        ModelErrorCovariance at(AtmosphereEquations.Point point) {
            int n = light.length;
            int reach = relative > 0 ? reach() : 0;
            double[] band = band(reach, true, true);
            // N is symmetric, so that F^T (F^T N)^T is what is asked for, and all work is sums of rows
            double[][] half = flipped(transposed(reach, band, rows(point.normal(), n)));
            double[] a = identity(n);
            add(a, 1, transposed(reach, band, half));
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

        /** The same errors with other fractions: products with N are made once. */
        DoubleFunction<ModelErrorCovariance> byFraction(AtmosphereEquations.Point point) {
            int n = light.length;
            int reach = reach();
            Errors unit = new Errors(light, 1, smoothPx, free, modes);
            double[] smooth = unit.band(reach, true, false);
            double[] loose = unit.band(reach, false, true);
            double[][] normal = rows(point.normal(), n);
            double[][] halfSmooth = flipped(transposed(reach, smooth, normal));
            double[][] halfLoose = flipped(transposed(reach, loose, normal));
            double[][] both = transposed(reach, smooth, halfSmooth);
            double[] mixed = new double[n * n];
            double[][] oneWay = transposed(reach, smooth, halfLoose);
            add(mixed, 1, oneWay);
            add(mixed, 1, flipped(oneWay));
            double[] constant = identity(n);
            add(constant, 1, transposed(reach, loose, halfLoose));
            return fraction -> {
                double[] a = constant.clone();
                RowSum.add(a, mixed, fraction, 0, a.length);
                add(a, fraction * fraction, both);
                double[] band = new Errors(light, fraction, smoothPx, free, modes).band(reach, true, true);
                return new ModelErrorCovariance(
                        n, reach, band, EnvelopeCholesky.factor(a, point.order()), alongSpectrum(), point.normal());
            };
        }

        private int reach() {
            return (int) Math.ceil(REACH * smoothPx);
        }

        /** F: the rows of columns whose error is smooth, of free ones, or of both. */
        private double[] band(int reach, boolean withSmooth, boolean withFree) {
            int n = light.length;
            int width = 2 * reach + 1;
            double[] kernel = new double[width];
            double norm = 0;
            for (int k = 0; k < width; k++) {
                kernel[k] = reach == 0 ? 1 : Math.exp(-0.5 * (k - reach) * (k - reach) / (smoothPx * smoothPx));
                norm += kernel[k] * kernel[k];
            }
            double top = 0;
            for (double a : light) {
                top = Math.max(top, a);
            }
            double[] band = new double[n * width];
            for (int c = 0; c < n; c++) {
                if (free[c] && withFree) {
                    band[c * width + reach] = sigmaOfFree(c, top);
                }
                for (int k = 0; k < width && !free[c] && withSmooth; k++) {
                    band[c * width + k] = relative * light[c] * kernel[k] / Math.sqrt(norm);
                }
            }
            return band;
        }

        private static double[] identity(int n) {
            double[] a = new double[n * n];
            for (int j = 0; j < n; j++) {
                a[j * n + j] = 1;
            }
            return a;
        }

        private static void add(double[] a, double factor, double[][] rows) {
            int n = rows.length;
            for (int j = 0; j < n; j++) {
                double[] row = rows[j];
                for (int i = 0; i < n; i++) {
                    a[j * n + i] += factor * row[i];
                }
            }
        }
    }
}
