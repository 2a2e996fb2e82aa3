package io.spectractor.core.reference;

import io.spectractor.core.fit.SymmetricSolver;
import java.util.Arrays;

/**
 * The best smooth factor between a reference and the spectrum: a cubic B-spline over the columns whose second differences
 * are kept small, which is what reddening, grey clouds and errors of the throughput amount to, and the bands of more or less
 * water than expected, which belong to no star.
 */
final class SmoothFactor {
    private static final int ORDER = 4;
    private static final double COLUMNS_PER_KNOT = 64;
    private static final int FEWEST = 5;
    /** 1σ of the second differences of neighbouring coefficients, in their size. */
    private static final double BEND = 0.15;
    /** 1σ of the amount of water, in the typical one. */
    private static final double WATER = 1;

    private final int n;
    /** Coefficients of the spline. */
    private final int spline;
    /** All of them, that of the water last. */
    private final int size;

    private final double[] basis;
    private final int[] first;
    private final double[] weight;
    private final double[] data;
    private final double dataNorm;
    private final double level;
    private final double[] bands;

    /**
     * @param data spectrum by column
     * @param weight inverse variances, 0 for columns that don't count
     */
    SmoothFactor(double[] data, double[] weight) {
        this.n = data.length;
        this.data = data;
        this.weight = weight;
        int spans = Math.max(FEWEST, (int) Math.round(n / COLUMNS_PER_KNOT));
        this.spline = spans + ORDER - 1;
        this.size = spline + 1;
        this.bands = new double[n];
        this.basis = new double[ORDER * n];
        this.first = new int[n];
        for (int i = 0; i < n; i++) {
            double u = i * (double) spans / n;
            int k = Math.min((int) u, spans - 1);
            double t = u - k;
            first[i] = k;
            basis[ORDER * i] = (1 - t) * (1 - t) * (1 - t) / 6;
            basis[ORDER * i + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
            basis[ORDER * i + 2] = (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6;
            basis[ORDER * i + 3] = t * t * t / 6;
        }
        double norm = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            norm += weight[i] * data[i] * data[i];
            sum += weight[i] > 0 ? data[i] : 0;
        }
        this.dataNorm = norm;
        this.level = Math.max(Math.abs(sum), 1e-300);
    }

    private SmoothFactor(SmoothFactor other, double[] bands) {
        this.n = other.n;
        this.spline = other.spline;
        this.size = other.size;
        this.basis = other.basis;
        this.first = other.first;
        this.weight = other.weight;
        this.data = other.data;
        this.dataNorm = other.dataNorm;
        this.level = other.level;
        this.bands = bands;
    }

    /**
     * The same with bands of water where they fall.
     *
     * @param bands share of each column's light that twice the water takes away
     */
    SmoothFactor with(double[] bands) {
        return new SmoothFactor(this, bands);
    }

    /** Squares of the spectrum over its errors: a change of all of it by a share adds that share squared times this to χ². */
    double norm() {
        return dataNorm;
    }

    /** Columns that count, less the coefficients. */
    int freedom() {
        int used = 0;
        for (double w : weight) {
            used += w > 0 ? 1 : 0;
        }
        return Math.max(1, used - size);
    }

    /**
     * A fit.
     *
     * @param chi2 of data less factor times reference, with the penalty on bends
     * @param factor by column
     */
    record Fit(double chi2, double[] factor) {}

    /** χ² of the best factor, with the penalty on its bends. */
    double chi2(double[] reference) {
        double[] normal = new double[size * size];
        double[] right = new double[size];
        equations(reference, normal, right);
        double[] c = SymmetricSolver.solve(normal, right);
        return chi2(right, c);
    }

    /** The best factor. */
    Fit fit(double[] reference) {
        double[] normal = new double[size * size];
        double[] right = new double[size];
        equations(reference, normal, right);
        double[] c = SymmetricSolver.solve(normal, right);
        double[] factor = new double[n];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < ORDER; a++) {
                factor[i] += basis[ORDER * i + a] * c[first[i] + a];
            }
            factor[i] -= bands[i] * c[spline];
        }
        return new Fit(chi2(right, c), factor);
    }

    /**
     * How far the best factor is from being the same everywhere: root mean square of its logarithm about the mean, columns
     * counted by their expected light. The colour of a star of another type is in it.
     */
    double spread(double[] reference) {
        double[] factor = fit(reference).factor();
        double light = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double expected = factor[i] * reference[i];
            if (weight[i] > 0 && factor[i] > 0 && expected > 0) {
                double log = Math.log(factor[i]);
                light += expected;
                sum += expected * log;
                squares += expected * log * log;
            }
        }
        double mean = sum / Math.max(light, 1e-300);
        return Math.sqrt(Math.max(0, squares / Math.max(light, 1e-300) - mean * mean));
    }

    /**
     * Normal equations of the factor and of further parameters by which the expected columns change.
     *
     * @param factorSize number of the factor's coefficients, which come first
     * @param normal by rows; only the lower triangle is filled
     * @param right right-hand side; the factor's part gives its coefficients, the rest the changes of the parameters
     * @param factorDeterminant logarithm of the determinant of the factor's own part
     */
    record Joint(int factorSize, double[] normal, double[] right, double factorDeterminant) {}

    /**
     * The equations of the factor and of parameters with given slopes.
     *
     * @param slopes change of the expected columns with each parameter, the factor included
     */
    Joint joint(double[] reference, double[][] slopes) {
        double[] own = new double[size * size];
        double[] ownRight = new double[size];
        equations(reference, own, ownRight);
        int all = size + slopes.length;
        double[] normal = new double[all * all];
        double[] right = Arrays.copyOf(ownRight, all);
        for (int k = 0; k < size; k++) {
            System.arraycopy(own, k * size, normal, k * all, size);
        }
        for (int p = 0; p < slopes.length; p++) {
            double[] slope = slopes[p];
            int row = (size + p) * all;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double ws = weight[i] * slope[i];
                sum += ws * data[i];
                for (int a = 0; a < ORDER; a++) {
                    normal[row + first[i] + a] += ws * reference[i] * basis[ORDER * i + a];
                }
                normal[row + spline] -= ws * reference[i] * bands[i];
            }
            right[size + p] = sum;
            for (int q = 0; q <= p; q++) {
                double product = 0;
                for (int i = 0; i < n; i++) {
                    product += weight[i] * slope[i] * slopes[q][i];
                }
                normal[row + size + q] = product;
            }
        }
        return new Joint(size, normal, right, SymmetricSolver.factor(own, size).logDeterminant());
    }

    private double chi2(double[] right, double[] c) {
        double explained = 0;
        for (int k = 0; k < size; k++) {
            explained += right[k] * c[k];
        }
        return dataNorm - explained;
    }

    private void equations(double[] reference, double[] normal, double[] right) {
        double light = 0;
        for (int i = 0; i < n; i++) {
            double w = weight[i];
            if (w == 0) {
                continue;
            }
            double f = reference[i];
            light += f;
            int k = first[i];
            double wf = w * f;
            double wff = wf * f;
            for (int a = 0; a < ORDER; a++) {
                double ba = basis[ORDER * i + a];
                right[k + a] += wf * data[i] * ba;
                for (int b = 0; b <= a; b++) {
                    normal[(k + a) * size + k + b] += wff * ba * basis[ORDER * i + b];
                }
            }
            double band = -bands[i];
            if (band != 0) {
                for (int a = 0; a < ORDER; a++) {
                    normal[spline * size + k + a] += wff * band * basis[ORDER * i + a];
                }
                normal[spline * size + spline] += wff * band * band;
                right[spline] += wf * data[i] * band;
            }
        }
        double sigma = BEND * level / Math.max(light, 1e-300);
        double precision = 1 / (sigma * sigma);
        double[] second = {1, -2, 1};
        for (int k = 0; k + 2 < spline; k++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b <= a; b++) {
                    normal[(k + a) * size + k + b] += precision * second[a] * second[b];
                }
            }
        }
        for (int k = 0; k < spline; k++) {
            normal[k * size + k] += 1e-6 * precision;
        }
        double water = WATER * level / Math.max(light, 1e-300);
        normal[spline * size + spline] += 1 / (water * water);
    }
}
