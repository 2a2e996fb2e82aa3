package io.spectractor.core.emission;

/** Sums of weighted products of rows that are zero in most places. */
final class WeightedRows {
    private final double[][] rows;
    private final double[][] weighted;
    private final int[] from;
    private final int[] to;

    WeightedRows(double[][] rows, double[] weight) {
        int m = rows.length;
        int n = weight.length;
        this.rows = rows;
        this.from = new int[m];
        this.to = new int[m];
        this.weighted = new double[m][n];
        for (int k = 0; k < m; k++) {
            while (from[k] < n && rows[k][from[k]] == 0) {
                from[k]++;
            }
            to[k] = n;
            while (to[k] > from[k] && rows[k][to[k] - 1] == 0) {
                to[k]--;
            }
            for (int i = from[k]; i < to[k]; i++) {
                weighted[k][i] = weight[i] * rows[k][i];
            }
        }
    }

    /** All products, by rows. */
    double[] normal() {
        int m = rows.length;
        double[] normal = new double[m * m];
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                double sum = 0;
                for (int i = Math.max(from[k], from[l]); i < Math.min(to[k], to[l]); i++) {
                    sum += weighted[k][i] * rows[l][i];
                }
                normal[k * m + l] = sum;
                normal[l * m + k] = sum;
            }
        }
        return normal;
    }

    /** Product of row k with values. */
    double dot(int k, double[] values) {
        double sum = 0;
        for (int i = from[k]; i < to[k]; i++) {
            sum += weighted[k][i] * values[i];
        }
        return sum;
    }
}
