package io.spectractor.core.night;

import io.spectractor.core.fit.FitException;

/** Factor L of a band matrix A = L L^T; the band doesn't fill in. Immutable once made. */
final class BandCholesky {
    private final int n;
    private final int width;
    private final double[] rows;

    private BandCholesky(int n, int width, double[] rows) {
        this.n = n;
        this.width = width;
        this.rows = rows;
    }

    /**
     * Factors in place.
     *
     * @param rows row i holds (i, i - width) to (i, i); taken over
     * @throws FitException if the matrix is not positive definite
     */
    static BandCholesky factor(double[] rows, int n, int width) {
        int stride = width + 1;
        for (int i = 0; i < n; i++) {
            int first = Math.max(0, i - width);
            int rowI = i * stride + width - i;
            double original = rows[rowI + i];
            for (int j = first; j <= i; j++) {
                int rowJ = j * stride + width - j;
                int from = Math.max(first, j - width);
                double sum = rows[rowI + j] - dot(rows, rowI + from, rowJ + from, j - from);
                if (j < i) {
                    rows[rowI + j] = sum / rows[rowJ + j];
                } else if (sum > 4 * Math.ulp(1.0) * original && sum < Double.POSITIVE_INFINITY) {
                    rows[rowI + i] = Math.sqrt(sum);
                } else {
                    throw new FitException(
                            FitException.Reason.NOT_POSITIVE_DEFINITE,
                            "the covariance is not positive definite (column " + i + " of those used)");
                }
            }
        }
        return new BandCholesky(n, width, rows);
    }

    private static double dot(double[] v, int a, int b, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < count; k += 4) {
            s0 += v[a + k] * v[b + k];
            s1 += v[a + k + 1] * v[b + k + 1];
            s2 += v[a + k + 2] * v[b + k + 2];
            s3 += v[a + k + 3] * v[b + k + 3];
        }
        for (; k < count; k++) {
            s0 += v[a + k] * v[b + k];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Replaces b by L^-1 b; what comes before the first element that isn't 0 costs nothing. */
    void whiten(double[] b) {
        int start = 0;
        while (start < n && b[start] == 0) {
            start++;
        }
        for (int i = start; i < n; i++) {
            int row = i * (width + 1) + width - i;
            double sum = b[i];
            for (int k = Math.max(start, i - width); k < i; k++) {
                sum -= rows[row + k] * b[k];
            }
            b[i] = sum / rows[row + i];
        }
    }

    /**
     * Replaces the columns of a matrix by L^-1 times them.
     *
     * @param b n rows of p values
     * @param ends how many values of each row, and of those before it, are not zero; never less than in the row before
     */
    void whitenRows(double[] b, int p, int[] ends) {
        int stride = width + 1;
        for (int i = 0; i < n; i++) {
            int to = i * p;
            int l = i * stride + width - i;
            int k = Math.max(0, i - width);
            for (; k + 3 < i; k += 4) {
                double l0 = rows[l + k];
                double l1 = rows[l + k + 1];
                double l2 = rows[l + k + 2];
                double l3 = rows[l + k + 3];
                int b0 = k * p;
                int b1 = b0 + p;
                int b2 = b1 + p;
                int b3 = b2 + p;
                int end = ends[k + 3];
                for (int j = 0; j < end; j++) {
                    b[to + j] -= l0 * b[b0 + j] + l1 * b[b1 + j] + (l2 * b[b2 + j] + l3 * b[b3 + j]);
                }
            }
            for (; k < i; k++) {
                double lk = rows[l + k];
                int from = k * p;
                for (int j = 0; j < ends[k]; j++) {
                    b[to + j] -= lk * b[from + j];
                }
            }
            double inverse = 1 / rows[l + i];
            for (int j = 0; j < ends[i]; j++) {
                b[to + j] *= inverse;
            }
        }
    }

    /** Natural logarithm of the determinant of A. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(rows[i * (width + 1) + width]);
        }
        return 2 * sum;
    }
}
