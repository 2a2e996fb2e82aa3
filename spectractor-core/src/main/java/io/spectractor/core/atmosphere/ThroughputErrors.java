package io.spectractor.core.atmosphere;

import java.util.Arrays;

/**
 * Relative errors of a throughput that go together along the spectrum. Their covariance at two wavelengths is the sum over modes
 * m(λ) m(λ'): independent errors of unit variance times the modes are errors of the throughput. Immutable.
 */
public final class ThroughputErrors {
    /** Part of the variance of a wavelength that may be left out. */
    private static final double NEGLIGIBLE = 1e-5;
    /** Variance that may be missing from a matrix that is positive but for rounding. */
    private static final double ROUNDING = 1e-3;

    private static final ThroughputErrors NONE = new ThroughputErrors(new double[] {550}, new double[0][]);

    private final double[] lambdaNm;
    private final double[][] modes;

    private ThroughputErrors(double[] lambdaNm, double[][] modes) {
        this.lambdaNm = lambdaNm;
        this.modes = modes;
    }

    /** No errors: the throughput is exact. */
    public static ThroughputErrors none() {
        return NONE;
    }

    /**
     * From a covariance, by a Cholesky decomposition with pivots that ends when hardly any variance is left: the modes of a
     * smooth factor are few.
     *
     * @param lambdaNm n wavelengths, increasing, nm
     * @param covariance n x n by rows, relative to the throughput
     * @throws IllegalArgumentException if the matrix has another size, or is no covariance
     */
    public static ThroughputErrors of(double[] lambdaNm, double[] covariance) {
        int n = lambdaNm.length;
        if (n == 0 || covariance.length != n * n) {
            throw new IllegalArgumentException(
                    "a covariance of " + n + " wavelengths has " + n * n + " elements, not " + covariance.length);
        }
        double[] sigma = new double[n];
        for (int i = 0; i < n; i++) {
            double v = covariance[i * n + i];
            if (!(v >= 0 && v < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the variance at " + lambdaNm[i] + " nm is " + v);
            }
            sigma[i] = Math.sqrt(v);
        }
        double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            left[i] = sigma[i] > 0 ? 1 : 0;
        }
        double[][] modes = new double[n][];
        int rank = 0;
        for (int pivot = largest(left); rank < n && left[pivot] > NEGLIGIBLE; pivot = largest(left)) {
            double[] mode = new double[n];
            double root = Math.sqrt(left[pivot]);
            for (int i = 0; i < n; i++) {
                double r = sigma[i] > 0 ? covariance[i * n + pivot] / (sigma[i] * sigma[pivot]) : 0;
                for (int k = 0; k < rank; k++) {
                    r -= modes[k][i] * modes[k][pivot];
                }
                mode[i] = r / root;
            }
            for (int i = 0; i < n; i++) {
                left[i] -= mode[i] * mode[i];
                if (!(left[i] > -ROUNDING)) {
                    throw new IllegalArgumentException("the covariance is not positive at " + lambdaNm[i] + " nm");
                }
            }
            left[pivot] = 0;
            modes[rank++] = mode;
        }
        double[][] scaled = Arrays.copyOf(modes, rank);
        for (double[] mode : scaled) {
            for (int i = 0; i < n; i++) {
                mode[i] *= sigma[i];
            }
        }
        return new ThroughputErrors(lambdaNm.clone(), scaled);
    }

    private static int largest(double[] values) {
        int at = 0;
        for (int i = 1; i < values.length; i++) {
            at = values[i] > values[at] ? i : at;
        }
        return at;
    }

    /** Whether there are any. */
    public boolean any() {
        return modes.length > 0;
    }

    /**
     * The modes at wavelengths, linear between those given, held beyond them.
     *
     * @param at m wavelengths, nm
     * @return a row of m relative errors for each mode
     */
    public double[][] modes(double[] at) {
        double[][] out = new double[modes.length][at.length];
        for (int i = 0; i < at.length; i++) {
            int last = lambdaNm.length - 1;
            int found = Arrays.binarySearch(lambdaNm, at[i]);
            int high = Math.min(found >= 0 ? found : -found - 1, last);
            int low = found >= 0 || at[i] > lambdaNm[last] ? high : Math.max(high - 1, 0);
            double t = high == low ? 0 : (at[i] - lambdaNm[low]) / (lambdaNm[high] - lambdaNm[low]);
            for (int k = 0; k < modes.length; k++) {
                out[k][i] = modes[k][low] + t * (modes[k][high] - modes[k][low]);
            }
        }
        return out;
    }

    /**
     * The covariance at wavelengths.
     *
     * @param at m wavelengths, nm
     * @return m x m relative covariances by rows
     */
    public double[] covariance(double[] at) {
        double[][] here = modes(at);
        int m = at.length;
        double[] out = new double[m * m];
        for (double[] mode : here) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    out[i * m + j] += mode[i] * mode[j];
                }
            }
        }
        return out;
    }
}
