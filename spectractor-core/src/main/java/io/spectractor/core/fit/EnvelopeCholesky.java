package io.spectractor.core.fit;

import java.util.Arrays;

/**
 * Cholesky factor U of a symmetric positive definite matrix A = U^T U that is a band with a border: only what lies within
 * the band, and from the first entry of a border column on, is touched, because nothing fills in outside. With a band of
 * width w and b border columns the factor costs n (w + b)²/2 instead of n³/6, and every inner loop runs along rows.
 * Immutable, unless it was made in a work array.
 *
 * @see "A. Jennings, A compact storage scheme for the solution of symmetric linear simultaneous equations, Computer J. 9,
 *     281 (1966)"
 */
public final class EnvelopeCholesky {
    private final int n;
    /** order[k]: the unknown that is eliminated as the k-th. */
    private final int[] order;

    /** first[j]: the row where column j begins. */
    private final int[] first;
    /** First column of the border. */
    private final int far;
    /** First row in which the border has an entry. */
    private final int farRow;
    /** near[i]: the column of the band after the last one that begins in row i or above. */
    private final int[] near;

    private final double[][] u;

    private EnvelopeCholesky(double[] matrix, int[] order, double[][] u) {
        this.n = order.length;
        this.order = order.clone();
        this.first = new int[n];
        this.u = u;
        Arrays.fill(first, -1);
        for (int i = 0; i < n; i++) {
            double[] row = u[i];
            int from = order[i] * n;
            first[i] = first[i] < 0 ? i : first[i];
            for (int j = i; j < n; j++) {
                double v = matrix[from + order[j]];
                row[j] = v;
                if (v != 0 && first[j] < 0) {
                    first[j] = i;
                }
            }
        }
        this.far = border();
        int least = n;
        for (int j = far; j < n; j++) {
            least = Math.min(least, first[j]);
        }
        this.farRow = least;
        this.near = new int[far];
        int end = 0;
        for (int j = 0; j < far; j++) {
            for (int i = first[j]; i <= j; i++) {
                near[i] = Math.max(near[i], j + 1);
            }
        }
        for (int i = 0; i < far; i++) {
            end = Math.max(end, near[i]);
            near[i] = end;
        }
    }

    /** Where to divide band and border, so that the fewest operations are needed. */
    private int border() {
        int best = n;
        double least = Double.POSITIVE_INFINITY;
        double band = 0;
        for (int f = 0; f <= n; f++) {
            double wide = band + n - f;
            double cost = f * wide * wide / 2 + Math.pow(n - f, 3) / 6;
            if (cost < least) {
                least = cost;
                best = f;
            }
            band = f < n ? Math.max(band, f - first[f] + 1) : band;
        }
        return best;
    }

    /**
     * Factors a matrix, which is left as it is.
     *
     * @param matrix n x n by rows, symmetric
     * @param order the order of elimination, a permutation; unknowns that couple with far ones belong at the end
     * @throws FitException if the matrix isn't positive definite to machine precision, or not finite
     */
    public static EnvelopeCholesky factor(double[] matrix, int[] order) {
        return factor(matrix, order, new double[order.length][order.length]);
    }

    /**
     * The same in a work array, for one of many factors after each other: it serves until the array is used for the next.
     *
     * @param work n x n, overwritten
     */
    public static EnvelopeCholesky factor(double[] matrix, int[] order, double[][] work) {
        int n = order.length;
        if (matrix.length != n * n || work.length != n) {
            throw new IllegalArgumentException("expected " + n + " x " + n + " values, got " + matrix.length);
        }
        EnvelopeCholesky factor = new EnvelopeCholesky(matrix, order, work);
        double[] factors = new double[n];
        for (int j = 0; j < n; j++) {
            factor.eliminate(j, factors);
        }
        return factor;
    }

    private void eliminate(int j, double[] factors) {
        double[] row = u[j];
        double original = row[j];
        int from = first[j];
        for (int i = from; i < j; i++) {
            factors[i] = -u[i][j];
        }
        if (j < far) {
            RowSum.add(row, u, from, j - from, factors, from, j, near[j]);
            int fromFar = Math.max(from, farRow);
            if (fromFar < j) {
                RowSum.add(row, u, fromFar, j - fromFar, factors, fromFar, far, n);
            }
        } else {
            RowSum.add(row, u, from, j - from, factors, from, j, n);
        }
        if (!(row[j] > 4 * Math.ulp(1.0) * original && row[j] < Double.POSITIVE_INFINITY)) {
            throw new FitException(
                    FitException.Reason.NOT_POSITIVE_DEFINITE,
                    "the " + n + " x " + n + " matrix is not positive definite (step " + j + ")");
        }
        double root = Math.sqrt(row[j]);
        row[j] = root;
        scale(row, 1 / root, j + 1, nearEnd(j));
        scale(row, 1 / root, Math.max(j + 1, far), n);
    }

    /** Column after the last of the band in a row; in rows of the border the band has none. */
    private int nearEnd(int i) {
        return i < far ? near[i] : i + 1;
    }

    private static void scale(double[] row, double factor, int from, int to) {
        for (int x = from; x < to; x++) {
            row[x] *= factor;
        }
    }

    /** Solution x of A x = b. */
    public double[] solve(double[] b) {
        if (b.length != n) {
            throw new IllegalArgumentException("expected " + n + " values, got " + b.length);
        }
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = b[order[i]];
        }
        for (int i = 0; i < n; i++) {
            y[i] /= u[i][i];
            RowSum.add(y, u[i], -y[i], i + 1, nearEnd(i));
            RowSum.add(y, u[i], -y[i], Math.max(i + 1, i < farRow ? n : far), n);
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = RowSum.dot(u[i], y, 0, i + 1, nearEnd(i))
                    + RowSum.dot(u[i], y, 0, Math.max(i + 1, i < farRow ? n : far), n);
            y[i] = (y[i] - sum) / u[i][i];
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[order[i]] = y[i];
        }
        return x;
    }

    /** A^-1, by rows, exactly symmetric. */
    public double[] inverse() {
        double[] factors = new double[n];
        double[][] x = new double[n][n];
        // U^-T, lower triangular, by forward substitution of all unit vectors at a time
        for (int i = 0; i < n; i++) {
            x[i][i] = 1;
            for (int r = first[i]; r < i; r++) {
                factors[r] = -u[r][i];
            }
            RowSum.add(x[i], x, first[i], i - first[i], factors, first[i], 0, i);
            scale(x[i], 1 / u[i][i], 0, i + 1);
        }
        // the lower triangle of the inverse, from the last row up
        for (int i = n - 1; i >= 0; i--) {
            for (int r = i + 1; r < n; r++) {
                factors[r] = -u[i][r];
            }
            RowSum.add(x[i], x, i + 1, nearEnd(i) - i - 1, factors, i + 1, 0, i + 1);
            int from = Math.max(i + 1, i < farRow ? n : far);
            RowSum.add(x[i], x, from, n - from, factors, from, 0, i + 1);
            scale(x[i], 1 / u[i][i], 0, i + 1);
        }
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                inverse[order[i] * n + order[j]] = x[i][j];
                inverse[order[j] * n + order[i]] = x[i][j];
            }
        }
        return inverse;
    }

    /** Natural logarithm of the determinant of A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(u[i][i]);
        }
        return 2 * sum;
    }
}
