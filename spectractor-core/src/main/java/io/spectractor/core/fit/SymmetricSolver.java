package io.spectractor.core.fit;

import java.util.Arrays;

/**
 * Cholesky factor A = L L^T of a small dense symmetric positive definite matrix (by rows, n x n; only the lower triangle
 * is read). Immutable once made.
 */
public final class SymmetricSolver {
    private final int n;
    private final double[] factor;

    private SymmetricSolver(int n, double[] factor) {
        this.n = n;
        this.factor = factor;
    }

    /**
     * Factors a matrix, which is left as it is.
     *
     * @param matrix n x n by rows
     * @throws IllegalArgumentException if the length isn't n * n
     * @throws FitException if the matrix isn't positive definite to machine precision, or not finite
     */
    public static SymmetricSolver factor(double[] matrix, int n) {
        if (matrix.length != n * n) {
            throw new IllegalArgumentException("expected " + n + " x " + n + " values, got " + matrix.length);
        }
        double[] l = matrix.clone();
        int bad = factorInPlace(l, n);
        if (bad >= 0) {
            throw new FitException(
                    FitException.Reason.NOT_POSITIVE_DEFINITE,
                    "the " + n + " x " + n + " matrix is not positive definite (row " + bad + ")");
        }
        return new SymmetricSolver(n, l);
    }

    /** Solution x of A x = b. Throws as {@link #factor}. */
    public static double[] solve(double[] matrix, double[] b) {
        return factor(matrix, b.length).solve(b);
    }

    /** Inverse of an n x n matrix, by rows. Throws as {@link #factor}. */
    public static double[] inverse(double[] matrix, int n) {
        return factor(matrix, n).inverse();
    }

    /** Solution x of A x = b. */
    public double[] solve(double[] b) {
        if (b.length != n) {
            throw new IllegalArgumentException("expected " + n + " values, got " + b.length);
        }
        double[] x = b.clone();
        solveInPlace(factor, n, x);
        return x;
    }

    /** L^-1 b: uncorrelated with variance 1 if A is the covariance of b. */
    public double[] whiten(double[] b) {
        if (b.length != n) {
            throw new IllegalArgumentException("expected " + n + " values, got " + b.length);
        }
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            double sum = x[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * n + k] * x[k];
            }
            x[i] = sum / factor[i * n + i];
        }
        return x;
    }

    /** L by rows, zero above the diagonal. */
    public double[] lower() {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(factor, i * n, l, i * n, i + 1);
        }
        return l;
    }

    /** A^-1, by rows, exactly symmetric. */
    public double[] inverse() {
        double[] inv = new double[n * n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            Arrays.fill(column, 0);
            column[j] = 1;
            solveInPlace(factor, n, column);
            for (int i = j; i < n; i++) {
                inv[i * n + j] = column[i];
                inv[j * n + i] = column[i];
            }
        }
        return inv;
    }

    /** Natural logarithm of the determinant of A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(factor[i * n + i]);
        }
        return 2 * sum;
    }

    /** Overwrites the lower triangle by L; returns -1, or the row at which the matrix turned out not to be definite. */
    static int factorInPlace(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            int rowI = i * n;
            double original = a[rowI + i];
            for (int j = 0; j <= i; j++) {
                int rowJ = j * n;
                double sum = a[rowI + j];
                for (int k = 0; k < j; k++) {
                    sum -= a[rowI + k] * a[rowJ + k];
                }
                if (j < i) {
                    a[rowI + j] = sum / a[rowJ + j];
                } else if (sum > 4 * Math.ulp(1.0) * original && sum < Double.POSITIVE_INFINITY) {
                    a[rowI + i] = Math.sqrt(sum);
                } else {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Replaces b by the solution, given the factor in the lower triangle of l. */
    static void solveInPlace(double[] l, int n, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i * n + k] * b[k];
            }
            b[i] = sum / l[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) {
                sum -= l[k * n + i] * b[k];
            }
            b[i] = sum / l[i * n + i];
        }
    }
}
