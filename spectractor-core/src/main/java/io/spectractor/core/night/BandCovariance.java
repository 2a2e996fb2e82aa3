package io.spectractor.core.night;

import java.util.Arrays;

/**
 * A symmetric matrix that is zero, or next to nothing, far from its diagonal. Immutable.
 *
 * <p>Row i holds the elements (i, i - w) to (i, i) for the half width w.
 */
public final class BandCovariance {
    /** What may be left out beside the band: sum of correlations in a row. */
    private static final double NEGLIGIBLE = 1e-4;

    private final int n;
    private final int halfWidth;
    private final double[] rows;

    private BandCovariance(int n, int halfWidth, double[] rows) {
        this.n = n;
        this.halfWidth = halfWidth;
        this.rows = rows;
    }

    /** A diagonal matrix from standard deviations. */
    public static BandCovariance ofErrors(double[] sigma) {
        double[] rows = new double[sigma.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = sigma[i] * sigma[i];
        }
        return new BandCovariance(sigma.length, 0, rows);
    }

    /**
     * From a dense matrix, n x n by rows, of which the lower triangle is read. The band is as narrow as it can be while the
     * correlations left out in a row sum to less than 1e-4. Columns of no positive or no finite variance must be excluded by
     * whoever uses the matrix; what correlates with them is taken as zero.
     */
    public static BandCovariance ofDense(double[] matrix, int n) {
        if (matrix.length != n * n) {
            throw new IllegalArgumentException("expected " + n + " x " + n + " values, got " + matrix.length);
        }
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            double v = matrix[i * n + i];
            scale[i] = v > 0 && v < Double.POSITIVE_INFINITY ? 1 / Math.sqrt(v) : 0;
        }
        int width = 0;
        for (int i = 0; i < n; i++) {
            double left = 0;
            for (int j = 0; j < i - width; j++) {
                double r = Math.abs(matrix[i * n + j]) * scale[i] * scale[j];
                left += scale[i] > 0 && scale[j] > 0 ? r : 0;
                if (!(left < NEGLIGIBLE)) {
                    width = i - j;
                    break;
                }
            }
        }
        double[] rows = new double[n * (width + 1)];
        for (int i = 0; i < n; i++) {
            for (int j = Math.max(0, i - width); j <= i; j++) {
                boolean good = i == j || (scale[i] > 0 && scale[j] > 0);
                rows[i * (width + 1) + j - i + width] = good ? matrix[i * n + j] : 0;
            }
        }
        return new BandCovariance(n, width, rows);
    }

    /** Number of rows. */
    public int size() {
        return n;
    }

    /** How far from the diagonal elements are kept. */
    public int halfWidth() {
        return halfWidth;
    }

    /** An element; 0 beside the band. */
    public double at(int i, int j) {
        int a = Math.max(i, j);
        int d = a - Math.min(i, j);
        return d > halfWidth ? 0 : rows[a * (halfWidth + 1) + halfWidth - d];
    }

    /** The standard deviation of a row. */
    public double sigma(int i) {
        return Math.sqrt(at(i, i));
    }

    /** A copy with all elements times a factor. */
    public BandCovariance times(double factor) {
        double[] scaled = rows.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return new BandCovariance(n, halfWidth, scaled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BandCovariance that
                && n == that.n
                && halfWidth == that.halfWidth
                && Arrays.equals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rows);
    }
}
