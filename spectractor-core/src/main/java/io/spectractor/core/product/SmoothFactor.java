package io.spectractor.core.product;

import io.spectractor.core.fit.Legendre;

/** What is left of a spectrum less an expected one times the smooth factor of wavelength that fits it best. */
final class SmoothFactor {
    private static final int DEGREE = 4;

    private SmoothFactor() {}

    /**
     * Weighted sum of squares of what is left.
     *
     * @param s spectrum
     * @param rows its rows that count
     * @param expected expected flux in those rows
     */
    static double squares(SpectrumTable s, int[] rows, double[] expected) {
        int terms = Math.min(DEGREE, Math.max(0, rows.length / 10)) + 1;
        double[] basis = new double[terms];
        double[][] normal = new double[terms][terms + 1];
        double total = 0;
        double from = s.lambdaNm()[rows[0]];
        double span = Math.max(s.lambdaNm()[rows[rows.length - 1]] - from, 1e-9);
        for (int r = 0; r < rows.length; r++) {
            int i = rows[r];
            double weight = 1 / (s.fluxErr()[i] * s.fluxErr()[i]);
            if (!(weight > 0) || Double.isInfinite(weight)) {
                continue;
            }
            Legendre.values(terms - 1, 2 * (s.lambdaNm()[i] - from) / span - 1, basis);
            total += weight * s.flux()[i] * s.flux()[i];
            for (int a = 0; a < terms; a++) {
                double x = weight * basis[a] * expected[r];
                for (int b = 0; b < terms; b++) {
                    normal[a][b] += x * basis[b] * expected[r];
                }
                normal[a][terms] += x * s.flux()[i];
            }
        }
        return total - explained(normal, terms);
    }

    /** What the best factor explains of the sum of squares: Gauss's elimination of a symmetric system. */
    private static double explained(double[][] m, int n) {
        double explained = 0;
        for (int k = 0; k < n; k++) {
            double pivot = m[k][k];
            if (!(pivot > 0)) {
                continue;
            }
            explained += m[k][n] * m[k][n] / pivot;
            for (int i = k + 1; i < n; i++) {
                double f = m[i][k] / pivot;
                for (int j = k; j <= n; j++) {
                    m[i][j] -= f * m[k][j];
                }
            }
        }
        return explained;
    }
}
