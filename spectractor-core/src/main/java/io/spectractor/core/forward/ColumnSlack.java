package io.spectractor.core.forward;

import io.spectractor.core.fit.EnvelopeCholesky;

/**
 * Columns whose light may differ from the model's, each on its own by a Gaussian of width f: the covariance of the pixels
 * becomes C = W^-1 + M F^2 M^T, and with N = M^T W M its inverse W - W M F (1 + F N F)^-1 F M^T W needs no matrix of pixels.
 * Immutable.
 */
final class ColumnSlack {
    private final double[] width;
    private final EnvelopeCholesky factor;

    private ColumnSlack(double[] width, EnvelopeCholesky factor) {
        this.width = width;
        this.factor = factor;
    }

    /**
     * @param width f of each column, ADU/s, 0 for a column that the model gets right
     * @param normal N, n x n
     * @param order of elimination
     */
    static ColumnSlack of(double[] width, double[] normal, int[] order) {
        int n = width.length;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i * n + j] = width[i] * normal[i * n + j] * width[j];
            }
            a[i * n + i] += 1;
        }
        return new ColumnSlack(width.clone(), EnvelopeCholesky.factor(a, order));
    }

    /** F (1 + F N F)^-1 F v: for v = M^T W r what the columns take up of residuals r, ADU/s. */
    double[] absorb(double[] v) {
        double[] scaled = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            scaled[i] = width[i] * v[i];
        }
        double[] out = factor.solve(scaled);
        for (int i = 0; i < out.length; i++) {
            out[i] *= width[i];
        }
        return out;
    }

    /** ln |1 + F N F|, the change of the pixels' ln |C|. */
    double logDeterminant() {
        return factor.logDeterminant();
    }

    /**
     * The widths: a fraction of each column's light, the same everywhere but in columns that are left free.
     *
     * @param light first-order light that the fractions are of, ADU/s
     * @param relative the fraction
     * @param free columns whose light the model has no say in
     */
    record Widths(double[] light, double relative, boolean[] free) {
        /** Width of a free column, in its own light or in this fraction of the brightest column. */
        private static final double FREE = 3;

        private static final double FREE_FLOOR = 0.05;

        double[] values() {
            double top = 0;
            for (double a : light) {
                top = Math.max(top, a);
            }
            double[] out = new double[light.length];
            for (int c = 0; c < out.length; c++) {
                out[c] = free[c] ? FREE * Math.max(light[c], FREE_FLOOR * top) : relative * light[c];
            }
            return out;
        }

        ColumnSlack at(AtmosphereEquations.Point point) {
            return ColumnSlack.of(values(), point.normal(), point.order());
        }
    }
}
