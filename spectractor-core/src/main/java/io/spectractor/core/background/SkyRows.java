package io.spectractor.core.background;

import io.spectractor.core.fit.Legendre;
import java.util.Arrays;

/**
 * A sky and its uncertainty, evaluated along rows. In each column the level is a polynomial of the coordinate across the trace, and so
 * is its variance, of twice the degree: both are made powers of that coordinate once, and a row then costs a few products per
 * pixel in plain loops.
 */
final class SkyRows {
    private final int columns;
    private final double halfHeightPx;
    /** Row of the trace by column, px. */
    private final double[] centre;
    /** Coefficients of the level by power and column. */
    private final double[][] level;
    /** The same of the variance. */
    private final double[][] variance;

    SkyRows(SkyModel sky, int firstColumn, int columns) {
        int size = sky.degreeAcross() + 1;
        this.columns = columns;
        this.halfHeightPx = sky.halfHeightPx();
        this.centre = new double[columns];
        this.level = new double[size][columns];
        this.variance = new double[2 * size - 1][columns];
        for (int c = 0; c < columns; c++) {
            SkyModel.Column column = sky.new Column(firstColumn + c);
            centre[c] = column.centre;
            double[] powers = Legendre.toMonomials(column.series);
            for (int k = 0; k < size; k++) {
                level[k][c] = powers[k];
            }
            addVariance(column.spread, size, c);
        }
    }

    private void addVariance(double[] spread, int size, int c) {
        double[][] half = new double[size][];
        for (int k = 0; k < size; k++) {
            half[k] = Legendre.toMonomials(Arrays.copyOfRange(spread, k * size, (k + 1) * size));
        }
        double[] across = new double[size];
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < size; k++) {
                across[k] = half[k][j];
            }
            double[] powers = Legendre.toMonomials(across);
            for (int i = 0; i < size; i++) {
                variance[i + j][c] += powers[i];
            }
        }
    }

    /** Levels and their 1σ, ADU/s, of all rows from one on that the arrays have room for. */
    void fill(int firstRow, float[] levels, float[] errors) {
        double[] across = new double[columns];
        double[] value = new double[columns];
        double[] square = new double[columns];
        for (int row = 0; row < levels.length / columns; row++) {
            for (int c = 0; c < columns; c++) {
                across[c] = (firstRow + row - centre[c]) / halfHeightPx;
            }
            evaluate(level, across, value);
            evaluate(variance, across, square);
            int from = row * columns;
            for (int c = 0; c < columns; c++) {
                levels[from + c] = (float) value[c];
                errors[from + c] = (float) Math.sqrt(Math.max(square[c], 0));
            }
        }
    }

    private static void evaluate(double[][] coefficients, double[] x, double[] out) {
        Arrays.fill(out, 0);
        for (int k = coefficients.length - 1; k >= 0; k--) {
            multiplyAdd(out, x, coefficients[k]);
        }
    }

    private static void multiplyAdd(double[] out, double[] x, double[] add) {
        for (int c = 0; c < out.length; c++) {
            out[c] = out[c] * x[c] + add[c];
        }
    }
}
