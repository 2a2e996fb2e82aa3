package io.spectractor.core.night;

/**
 * True over tabulated throughput of an instrument.
 *
 * @param lambdaNm wavelengths, nm
 * @param factor value at each
 * @param covariance of the values, by rows
 */
public record ThroughputFactor(double[] lambdaNm, double[] factor, double[] covariance) {
    static ThroughputFactor of(JointResult result, String instrument, double[] lambdaNm) {
        NightLayout layout = result.layout();
        ThroughputBasis basis = layout.basis();
        int g = layout.globals();
        int size = result.spectra().size();
        int c = basis.size();
        int offset = layout.coefficients(instrument);
        UnknownLosses losses = layout.losses();
        double grey = result.meanGrey();
        // the coefficients and the logarithm of the mean grey factor carry everything
        java.util.List<double[]> onAll = new java.util.ArrayList<>();
        java.util.List<double[][]> onOwn = new java.util.ArrayList<>();
        for (int j = 0; j < c; j++) {
            double[] row = new double[g];
            row[offset + j] = 1;
            onAll.add(row);
            onOwn.add(new double[size][0]);
        }
        double[][] shares = new double[size][layout.locals()];
        for (int k = 0; k < size; k++) {
            shares[k][NightLayout.GREY] = Math.exp(result.own().get(k)[NightLayout.GREY]) / (grey * size);
        }
        onAll.add(new double[g]);
        onOwn.add(shares);
        if (losses.hasTableOzone()) {
            double[] row = new double[g];
            row[losses.tableOzone(instrument)] = 1;
            onAll.add(row);
            onOwn.add(new double[size][0]);
        }
        double[] small = result.covariances(onAll, onOwn);
        int n = lambdaNm.length;
        int m = onAll.size();
        double[][] rows = new double[n][m];
        double[] values = new double[n];
        double[] w = new double[4];
        for (int i = 0; i < n; i++) {
            double ofTable = losses.curve().factor(losses.tableOzone(result.all(), instrument), lambdaNm[i]);
            values[i] = grey * layout.throughput(result.all(), instrument, lambdaNm[i]);
            int first = basis.values(lambdaNm[i], w);
            for (int k = 0; k < basis.span(); k++) {
                rows[i][first + k] = grey * ofTable * w[k];
            }
            rows[i][c] = values[i];
            if (losses.hasTableOzone()) {
                rows[i][c + 1] = -values[i] * losses.curve().perDu(lambdaNm[i]);
            }
        }
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            double[] half = new double[m];
            for (int a = 0; a < m; a++) {
                for (int b = 0; rows[i][a] != 0 && b < m; b++) {
                    half[b] += rows[i][a] * small[a * m + b];
                }
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int b = 0; b < m; b++) {
                    sum += half[b] * rows[j][b];
                }
                covariance[i * n + j] = sum;
                covariance[j * n + i] = sum;
            }
        }
        return new ThroughputFactor(lambdaNm.clone(), values, covariance);
    }
}
