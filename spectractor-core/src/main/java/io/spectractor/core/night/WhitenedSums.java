package io.spectractor.core.night;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Sums of products of whitened columns, in one pass over the rows: all columns are whitened side by side, those of throughput
 * only from the row where they begin.
 */
final class WhitenedSums {
    private WhitenedSums() {}

    /**
     * The sums of a spectrum.
     *
     * @param factor of the covariance of the rows
     * @param residual data minus model; m values
     * @param bases derivatives, [base][m values]
     */
    static SpectrumSums of(BandCholesky factor, double[] residual, double[][] bases) {
        int m = residual.length;
        int p = bases.length + 1;
        double[][] columns = new double[p][];
        columns[0] = residual;
        System.arraycopy(bases, 0, columns, 1, bases.length);
        int[] from = new int[p];
        for (int a = 0; a < p; a++) {
            while (from[a] < m && columns[a][from[a]] == 0) {
                from[a]++;
            }
        }
        // L^-1 leaves zeros before the first element: in the order of their beginnings columns fill rows from the left
        int[] order = IntStream.range(0, p)
                .boxed()
                .sorted(Comparator.comparingInt(a -> from[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[][] ordered = new double[p][];
        for (int a = 0; a < p; a++) {
            ordered[a] = columns[order[a]];
        }
        double[] rows = new double[m * p];
        int[] ends = new int[m];
        int end = 0;
        for (int i = 0; i < m; i++) {
            while (end < p && from[order[end]] <= i) {
                end++;
            }
            ends[i] = end;
            for (int a = 0; a < end; a++) {
                rows[i * p + a] = ordered[a][i];
            }
        }
        factor.whitenRows(rows, p, ends);
        double[] products = products(rows, p, ends);
        int[] place = new int[p];
        for (int a = 0; a < p; a++) {
            place[order[a]] = a;
        }
        int n = bases.length;
        double[] gram = new double[n * n];
        double[] projection = new double[n];
        for (int a = 0; a < n; a++) {
            projection[a] = product(products, p, place[a + 1], place[0]);
            for (int b = 0; b < n; b++) {
                gram[a * n + b] = product(products, p, place[a + 1], place[b + 1]);
            }
        }
        return new SpectrumSums(product(products, p, place[0], place[0]), gram, projection, m);
    }

    private static double product(double[] lower, int p, int a, int b) {
        return lower[Math.max(a, b) * p + Math.min(a, b)];
    }

    /** Lower triangle of the products of the columns, four rows at a time. */
    private static double[] products(double[] rows, int p, int[] ends) {
        int m = ends.length;
        double[] out = new double[p * p];
        int i = 0;
        for (; i + 3 < m; i += 4) {
            int r0 = i * p;
            int r1 = r0 + p;
            int r2 = r1 + p;
            int r3 = r2 + p;
            for (int a = 0; a < ends[i + 3]; a++) {
                double v0 = rows[r0 + a];
                double v1 = rows[r1 + a];
                double v2 = rows[r2 + a];
                double v3 = rows[r3 + a];
                int to = a * p;
                for (int b = 0; b <= a; b++) {
                    out[to + b] += v0 * rows[r0 + b] + v1 * rows[r1 + b] + (v2 * rows[r2 + b] + v3 * rows[r3 + b]);
                }
            }
        }
        for (; i < m; i++) {
            for (int a = 0; a < ends[i]; a++) {
                for (int b = 0; b <= a; b++) {
                    out[a * p + b] += rows[i * p + a] * rows[i * p + b];
                }
            }
        }
        return out;
    }
}
