package io.spectractor.core.fit;

import java.util.Arrays;

/**
 * Cholesky factor U of a symmetric positive definite matrix A = U^T U that is a band with a border: only what lies within
 * the band, and from the first entry of a border column on, is touched, because nothing fills in outside. With a band of
 * width w and b border columns the factor costs n (w + b)²/2 instead of n³/6, and every inner loop runs along rows.
 * Immutable.
 */
public final class EnvelopeCholesky {
    private final Envelope e;
    private final int n;
    /** U, by row; see {@link Envelope#band()} and {@link Envelope#borderRows()}. */
    private final double[][] band;

    private final double[][] border;

    private EnvelopeCholesky(Envelope envelope, double[][] band, double[][] border) {
        this.e = envelope;
        this.n = envelope.n;
        this.band = band;
        this.border = border;
    }

    /**
     * Factors a matrix, which is left as it is.
     *
     * @param matrix n x n by rows, symmetric
     * @param order the order of elimination, a permutation; unknowns that couple with far ones belong at the end
     * @throws FitException if the matrix isn't positive definite to machine precision, or not finite
     */
    public static EnvelopeCholesky factor(double[] matrix, int[] order) {
        return EnvelopeMatrix.of(matrix, order, 0).factor();
    }

    /** Factors what is stored in rows, which become those of the factor. */
    static EnvelopeCholesky inPlace(Envelope envelope, double[][] band, double[][] border) {
        EnvelopeCholesky factor = new EnvelopeCholesky(envelope, band, border);
        double[] factors = new double[envelope.n];
        for (int j = 0; j < envelope.n; j++) {
            factor.eliminate(j, factors);
        }
        return factor;
    }

    private void eliminate(int j, double[] factors) {
        boolean inBand = j < e.far;
        int from = e.first[j];
        int place = e.place(j);
        column(inBand ? band : border, place, from, j, factors);
        double[] own = inBand ? band[j] : border[j];
        double original = own[place];
        if (inBand) {
            int length = e.near[j] - j;
            int turn = Math.min(length, e.modulus - place);
            RowSum.add(band[j], band, from, j - from, factors, from, place, place + turn);
            RowSum.add(band[j], band, from, j - from, factors, from, 0, length - turn);
        }
        int fromFar = inBand ? Math.max(from, e.farRow) : from;
        if (fromFar < j) {
            RowSum.add(border[j], border, fromFar, j - fromFar, factors, fromFar, inBand ? 0 : j - e.far, e.width());
        }
        double pivot = own[place];
        if (!(pivot > 4 * Math.ulp(1.0) * original && pivot < Double.POSITIVE_INFINITY)) {
            throw new FitException(
                    FitException.Reason.NOT_POSITIVE_DEFINITE,
                    "the " + n + " x " + n + " matrix is not positive definite (step " + j + ")");
        }
        double root = Math.sqrt(pivot);
        if (inBand) {
            // beyond the band a row is 0
            scale(band[j], 1 / root, 0, e.modulus);
            scale(border[j], 1 / root, 0, e.width());
        } else {
            scale(border[j], 1 / root, place, e.width());
        }
        own[place] = root;
    }

    /** Minus what rows have at one place. */
    private static void column(double[][] rows, int place, int from, int to, double[] factors) {
        for (int i = from; i < to; i++) {
            factors[i] = -rows[i][place];
        }
    }

    /** U on the diagonal. */
    private double diagonal(int i) {
        return (i < e.far ? band : border)[i][e.place(i)];
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
            y[i] = b[e.order[i]];
        }
        for (int i = 0; i < n; i++) {
            int place = e.place(i);
            double value = y[i] / diagonal(i);
            y[i] = value;
            for (int x = i + 1; x < e.nearEnd(i); x++) {
                place = place + 1 == e.modulus ? 0 : place + 1;
                y[x] -= band[i][place] * value;
            }
            for (int x = e.farFrom(i); x < n; x++) {
                y[x] -= border[i][x - e.far] * value;
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = RowSum.dot(border[i], y, e.far, e.farFrom(i) - e.far, e.width());
            if (i < e.far) {
                int place = e.place(i);
                int length = e.near[i] - i;
                int turn = Math.min(length, e.modulus - place);
                sum += RowSum.dot(band[i], y, i - place, place + 1, place + turn)
                        + RowSum.dot(band[i], y, i + turn, 0, length - turn);
            }
            y[i] = (y[i] - sum) / diagonal(i);
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[e.order[i]] = y[i];
        }
        return x;
    }

    /**
     * Solutions of A x = b for several right-hand sides at a time.
     *
     * @param sides right-hand sides, each as long as the matrix; left as they are
     * @return one solution for each
     */
    public double[][] solve(double[][] sides) {
        int m = sides.length;
        double[] factors = new double[n];
        double[][] x = new double[n][m];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < m; c++) {
                x[i][c] = sides[c][e.order[i]];
            }
            substitute(x, i, factors, m);
            scale(x[i], 1 / diagonal(i), 0, m);
        }
        for (int i = n - 1; i >= 0; i--) {
            substituteBack(x, i, factors, m);
            scale(x[i], 1 / diagonal(i), 0, m);
        }
        double[][] out = new double[m][n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < m; c++) {
                out[c][e.order[i]] = x[i][c];
            }
        }
        return out;
    }

    /** Takes what the rows above have in common with a row out of its first numbers. */
    private void substitute(double[][] x, int i, double[] factors, int numbers) {
        column(i < e.far ? band : border, e.place(i), e.first[i], i, factors);
        RowSum.add(x[i], x, e.first[i], i - e.first[i], factors, e.first[i], 0, numbers);
    }

    /** The same with the rows below. */
    private void substituteBack(double[][] x, int i, double[] factors, int numbers) {
        int nearEnd = e.nearEnd(i);
        int from = e.farFrom(i);
        int place = e.place(i);
        for (int r = i + 1; r < nearEnd; r++) {
            place = place + 1 == e.modulus ? 0 : place + 1;
            factors[r] = -band[i][place];
        }
        for (int r = from; r < n; r++) {
            factors[r] = -border[i][r - e.far];
        }
        RowSum.add(x[i], x, i + 1, nearEnd - i - 1, factors, i + 1, 0, numbers);
        RowSum.add(x[i], x, from, n - from, factors, from, 0, numbers);
    }

    /**
     * The diagonal of B^T A^-1 B.
     *
     * @param rows B by rows, one per unknown; left as they are
     * @return one number per column of B
     */
    public double[] quadratics(double[][] rows) {
        int m = rows[0].length;
        double[] factors = new double[n];
        double[] sums = new double[m];
        double[][] x = new double[n][];
        // the columns of U^-T B, whose squares are summed
        for (int i = 0; i < n; i++) {
            x[i] = Arrays.copyOf(rows[e.order[i]], m);
            substitute(x, i, factors, m);
            scale(x[i], 1 / diagonal(i), 0, m);
            for (int c = 0; c < m; c++) {
                sums[c] += x[i][c] * x[i][c];
            }
        }
        return sums;
    }

    /** A^-1, by rows, exactly symmetric. */
    public double[] inverse() {
        double[] factors = new double[n];
        double[][] x = new double[n][];
        // U^-T, lower triangular, by forward substitution of all unit vectors at a time
        for (int i = 0; i < n; i++) {
            // long enough for the rows above that are added to it
            x[i] = new double[n];
            x[i][i] = 1;
            substitute(x, i, factors, i);
            scale(x[i], 1 / diagonal(i), 0, i + 1);
        }
        // the lower triangle of the inverse, from the last row up
        for (int i = n - 1; i >= 0; i--) {
            substituteBack(x, i, factors, i + 1);
            scale(x[i], 1 / diagonal(i), 0, i + 1);
        }
        double[] inverse = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                inverse[e.order[i] * n + e.order[j]] = x[i][j];
                inverse[e.order[j] * n + e.order[i]] = x[i][j];
            }
        }
        return inverse;
    }

    /** Natural logarithm of the determinant of A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.log(diagonal(i));
        }
        return 2 * sum;
    }
}
