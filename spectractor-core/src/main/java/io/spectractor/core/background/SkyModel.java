package io.spectractor.core.background;

import io.spectractor.core.fit.Legendre;

/**
 * The sky under a spectrogram: a product of Legendre polynomials along the columns and across the trace.
 *
 * <p>Defined for every pixel; trustworthy between the two strips it was fitted to.
 */
public final class SkyModel {
    private final int firstColumn;
    private final double[] traceY;
    private final double halfHeightPx;
    private final int degreeAlong;
    private final int degreeAcross;
    private final double[] coefficients;
    private final double[] covariance;
    private final double cleanFraction;

    SkyModel(
            int firstColumn,
            double[] traceY,
            double halfHeightPx,
            int degreeAlong,
            int degreeAcross,
            double[] coefficients,
            double[] covariance,
            double cleanFraction) {
        this.firstColumn = firstColumn;
        this.traceY = traceY;
        this.halfHeightPx = halfHeightPx;
        this.degreeAlong = degreeAlong;
        this.degreeAcross = degreeAcross;
        this.coefficients = coefficients;
        this.covariance = covariance;
        this.cleanFraction = cleanFraction;
    }

    /** No sky at all, for images whose sky is already subtracted. */
    public static SkyModel none(int firstColumn, double[] traceY) {
        return constant(firstColumn, traceY, 0, 0, 1);
    }

    /**
     * From coefficients, as {@link #fillBasis} orders them.
     *
     * @param traceY row of the trace per column from {@code firstColumn}, px
     * @param halfHeightPx distance from the trace at which the coordinate across it is 1
     * @param covariance of the coefficients
     */
    public static SkyModel of(
            int firstColumn,
            double[] traceY,
            double halfHeightPx,
            int degreeAlong,
            int degreeAcross,
            double[] coefficients,
            double[] covariance) {
        return new SkyModel(
                firstColumn,
                traceY.clone(),
                halfHeightPx,
                degreeAlong,
                degreeAcross,
                coefficients.clone(),
                covariance.clone(),
                1);
    }

    /** One level everywhere, ADU/s, with its 1σ. */
    static SkyModel constant(int firstColumn, double[] traceY, double level, double error, double cleanFraction) {
        double[] variance = {error * error};
        return new SkyModel(firstColumn, traceY.clone(), 1, 0, 0, new double[] {level}, variance, cleanFraction);
    }

    /** Sky level at a pixel, ADU/s. */
    public double at(int x, int y) {
        double[] basis = new double[coefficients.length];
        fillBasis(x, y, basis);
        return valueOf(basis);
    }

    /** Sky levels of the rows {@code firstRow ...} of one column into {@code out}, ADU/s. */
    public void column(int x, int firstRow, double[] out) {
        new Column(x).fill(firstRow, out);
    }

    /** 1σ uncertainty of the level at a pixel, ADU/s. */
    public double error(int x, int y) {
        double[] basis = new double[coefficients.length];
        fillBasis(x, y, basis);
        return deviation(covariance, basis);
    }

    /** Sky levels and their 1σ in a rectangle, ADU/s, by row and column from a first one on. */
    public void fill(int firstColumn, int firstRow, int columns, float[] level, float[] error) {
        new SkyRows(this, firstColumn, columns).fill(firstRow, level, error);
    }

    /** The model in one column: a polynomial across the trace, with the covariance of its coefficients. */
    final class Column {
        private final int size = degreeAcross + 1;
        /** Coefficients of the Legendre polynomials. */
        final double[] series = new double[size];
        /** Their covariance, {@code size × size}. */
        final double[] spread = new double[size * size];
        /** Row where the coordinate across the trace is 0, px. */
        final double centre;

        Column(int x) {
            centre = traceY[columnOf(x)];
            double[] along = new double[degreeAlong + 1];
            Legendre.values(degreeAlong, alongTrace(x), along);
            int n = coefficients.length;
            for (int i = 0; i < n; i++) {
                series[i % size] += along[i / size] * coefficients[i];
                for (int j = 0; j < n; j++) {
                    spread[i % size * size + j % size] += along[i / size] * along[j / size] * covariance[i * n + j];
                }
            }
        }

        void fill(int firstRow, double[] level) {
            double[] across = new double[size];
            for (int row = 0; row < level.length; row++) {
                Legendre.values(degreeAcross, (firstRow + row - centre) / halfHeightPx, across);
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += series[k] * across[k];
                }
                level[row] = sum;
            }
        }
    }

    /** Square root of the quadratic form of a symmetric matrix. */
    private static double deviation(double[] matrix, double[] basis) {
        int n = basis.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double row = 0.5 * matrix[i * n + i] * basis[i];
            for (int j = 0; j < i; j++) {
                row += matrix[i * n + j] * basis[j];
            }
            sum += 2 * row * basis[i];
        }
        return Math.sqrt(Math.max(sum, 0));
    }

    /** Values of the basis functions at a pixel, {@link #size()} of them. */
    public void fillBasis(double x, double y, double[] out) {
        fill(alongTrace(x), (y - traceY[columnOf(x)]) / halfHeightPx, degreeAlong, degreeAcross, out);
    }

    /** Coordinate along the columns, -1 to 1. */
    private double alongTrace(double x) {
        int last = traceY.length - 1;
        return last == 0 ? 0 : 2 * (x - firstColumn) / last - 1;
    }

    private int columnOf(double x) {
        return (int) Math.min(Math.max(Math.round(x) - firstColumn, 0), traceY.length - 1);
    }

    /** Number of basis functions. */
    public int size() {
        return coefficients.length;
    }

    /** Covariance of the coefficients, {@code size × size}, (ADU/s)². */
    public double[] covariance() {
        return covariance.clone();
    }

    /** Distance from the trace at which the coordinate across it is 1, px. */
    double halfHeightPx() {
        return halfHeightPx;
    }

    /** Degree along the columns that cross validation chose. */
    public int degreeAlong() {
        return degreeAlong;
    }

    /** Degree across the trace that cross validation chose. */
    public int degreeAcross() {
        return degreeAcross;
    }

    /** Fraction of the strips' pixels that are free of stars and defects. */
    public double cleanFraction() {
        return cleanFraction;
    }

    private double valueOf(double[] basis) {
        double sum = 0;
        for (int k = 0; k < basis.length; k++) {
            sum += coefficients[k] * basis[k];
        }
        return sum;
    }

    /** Products P_i(t) P_j(v), index {@code i * (degreeAcross + 1) + j}. */
    static void fill(double t, double v, int degreeAlong, int degreeAcross, double[] out) {
        double[] along = new double[degreeAlong + 1];
        double[] across = new double[degreeAcross + 1];
        Legendre.values(degreeAlong, t, along);
        Legendre.values(degreeAcross, v, across);
        for (int i = 0; i <= degreeAlong; i++) {
            for (int j = 0; j <= degreeAcross; j++) {
                out[i * (degreeAcross + 1) + j] = along[i] * across[j];
            }
        }
    }
}
