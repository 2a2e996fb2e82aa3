package io.spectractor.core.fit;

import java.util.Arrays;

/**
 * Where a symmetric matrix has entries under an order of elimination: a band with a border. Nothing fills in outside when it
 * is factored. Numbers here count unknowns in the order of their elimination. Immutable.
 *
 * @see "A. Jennings, A compact storage scheme for the solution of symmetric linear simultaneous equations, Computer J. 9,
 *     281 (1966)"
 */
final class Envelope {
    final int n;
    /** order[k]: the unknown that is eliminated as the k-th. */
    final int[] order;
    /** Its inverse. */
    final int[] rank;
    /** first[j]: the row where column j begins. */
    final int[] first;
    /** First column of the border. */
    final int far;
    /** First row in which the border has an entry. */
    final int farRow;
    /** near[i]: the column of the band after the last one that begins in row i or above. */
    final int[] near;
    /** Column x of the band is number x modulo this of a row: so all rows have it at the same place, and are short. */
    final int modulus;

    private Envelope(int[] order, int[] first) {
        this.n = order.length;
        this.order = order;
        this.rank = new int[n];
        for (int k = 0; k < n; k++) {
            rank[order[k]] = k;
        }
        this.first = first;
        this.far = border();
        int least = n;
        for (int j = far; j < n; j++) {
            least = Math.min(least, first[j]);
        }
        this.farRow = least;
        this.near = new int[far];
        for (int j = 0; j < far; j++) {
            near[first[j]] = Math.max(near[first[j]], j + 1);
        }
        int end = 0;
        int reach = 1;
        for (int i = 0; i < far; i++) {
            end = Math.max(end, Math.max(near[i], i + 1));
            near[i] = end;
        }
        // a row is added to one below it over the columns of the latter
        for (int j = 0; j < far; j++) {
            reach = Math.max(reach, near[j] - first[j]);
        }
        this.modulus = reach;
    }

    /**
     * The envelope of a matrix.
     *
     * @param matrix n x n by rows, symmetric
     * @param order the order of elimination, a permutation; copied
     * @param reach entries of unknowns no further apart than that belong to it even if they are 0
     */
    static Envelope of(double[] matrix, int[] order, int reach) {
        int n = order.length;
        int[] first = new int[n];
        for (int j = 0; j < n; j++) {
            int unknown = order[j];
            int i = 0;
            while (i < j && matrix[unknown * n + order[i]] == 0 && Math.abs(order[i] - unknown) > reach) {
                i++;
            }
            first[j] = i;
        }
        return new Envelope(order.clone(), first);
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

    /** Where in its row a column is stored. */
    int place(int column) {
        return column < far ? column % modulus : column - far;
    }

    /** Columns of the border. */
    int width() {
        return n - far;
    }

    /** Column after the last of the band in a row; in rows of the border the band has none. */
    int nearEnd(int i) {
        return i < far ? near[i] : i + 1;
    }

    /** First column of the border that a row has entries in, right of its diagonal. */
    int farFrom(int i) {
        return i < farRow ? n : Math.max(i + 1, far);
    }

    /** Zeros, by row: the band, columns modulo {@link #modulus}. */
    double[][] band() {
        return new double[far][modulus];
    }

    /** Zeros, by row: the border. */
    double[][] borderRows() {
        return new double[n][width()];
    }

    static double[][] copy(double[][] rows) {
        double[][] out = new double[rows.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = Arrays.copyOf(rows[i], rows[i].length);
        }
        return out;
    }
}
