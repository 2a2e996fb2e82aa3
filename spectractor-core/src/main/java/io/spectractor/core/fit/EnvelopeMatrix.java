package io.spectractor.core.fit;

/**
 * A symmetric matrix that is a band with a border under an order of elimination; only those entries are stored. Entries can
 * be added to until it is factored.
 */
public final class EnvelopeMatrix {
    private final Envelope envelope;
    private final double[][] band;
    private final double[][] border;

    private EnvelopeMatrix(Envelope envelope, double[][] band, double[][] border) {
        this.envelope = envelope;
        this.band = band;
        this.border = border;
    }

    /**
     * Stores a matrix.
     *
     * @param matrix n x n by rows, symmetric; only entries on one side of the diagonal are read
     * @param order the order of elimination, a permutation; unknowns that couple with far ones belong at the end
     * @param reach entries of unknowns no further apart than that are stored even if they are 0, so that something can be
     *     added to them
     */
    public static EnvelopeMatrix of(double[] matrix, int[] order, int reach) {
        int n = order.length;
        if (matrix.length != n * n) {
            throw new IllegalArgumentException("expected " + n + " x " + n + " values, got " + matrix.length);
        }
        Envelope envelope = Envelope.of(matrix, order, reach);
        EnvelopeMatrix out = new EnvelopeMatrix(envelope, envelope.band(), envelope.borderRows());
        for (int j = 0; j < n; j++) {
            int from = order[j] * n;
            for (int i = envelope.first[j]; i <= j; i++) {
                out.row(i, j)[envelope.place(j)] = matrix[from + order[i]];
            }
        }
        return out;
    }

    /** Copies the numbers into a matrix that was copied from this one before. */
    public void copyInto(EnvelopeMatrix out) {
        if (out.envelope != envelope) {
            throw new IllegalArgumentException("not a copy of this matrix");
        }
        for (int i = 0; i < band.length; i++) {
            System.arraycopy(band[i], 0, out.band[i], 0, band[i].length);
        }
        for (int i = 0; i < border.length; i++) {
            System.arraycopy(border[i], 0, out.border[i], 0, border[i].length);
        }
    }

    public EnvelopeMatrix copy() {
        return new EnvelopeMatrix(envelope, Envelope.copy(band), Envelope.copy(border));
    }

    /** Number of unknowns. */
    public int size() {
        return envelope.n;
    }

    /**
     * Adds to the entry of two unknowns, on both sides of the diagonal.
     *
     * @throws IllegalArgumentException if no such entry is stored
     */
    public void add(int one, int other, double value) {
        int i = Math.min(envelope.rank[one], envelope.rank[other]);
        int j = Math.max(envelope.rank[one], envelope.rank[other]);
        if (i < envelope.first[j]) {
            throw new IllegalArgumentException("unknowns " + one + " and " + other + " are not coupled");
        }
        row(i, j)[envelope.place(j)] += value;
    }

    /** v^T A v. */
    public double quadratic(double[] v) {
        double sum = 0;
        for (int j = 0; j < envelope.n; j++) {
            double column = 0;
            for (int i = envelope.first[j]; i < j; i++) {
                column += row(i, j)[envelope.place(j)] * v[envelope.order[i]];
            }
            double own = v[envelope.order[j]];
            sum += own * (2 * column + row(j, j)[envelope.place(j)] * own);
        }
        return sum;
    }

    /**
     * Factors the matrix, whose numbers become those of the factor: it is not to be used any more, and if something is
     * copied into it, the factor isn't.
     *
     * @throws FitException if it isn't positive definite to machine precision, or not finite
     */
    public EnvelopeCholesky factor() {
        return EnvelopeCholesky.inPlace(envelope, band, border);
    }

    private double[] row(int i, int j) {
        return j < envelope.far ? band[i] : border[i];
    }
}
