package io.spectractor.core.forward;

import io.spectractor.core.extraction.ProfileWindow;
import java.util.Arrays;

/**
 * What one ADU/s in each column of an order puts into each pixel, with its derivatives by the centre's row and the shape.
 *
 * <p>Layout: for pixel p of the window the {@code width} columns about its own, {@code value[at(p) + i]} being the
 * share of column {@code column(p) - half + i}. So every later product runs over contiguous numbers.
 */
final class OrderStamps {
    final int half;
    final int width;
    final float[] value;
    /** By row of the centre, then by the shape parameters. */
    final float[][] slope;

    final int firstColumn;

    private final ProfileWindow window;
    private final int locals;
    private double[] row = new double[0];

    /** @param firstColumn first column of the window that is covered */
    OrderStamps(ProfileWindow window, int firstColumn, int half, int shapes) {
        this.window = window;
        this.firstColumn = Math.min(Math.max(firstColumn, 0), window.columns);
        this.half = half;
        this.width = 2 * half + 1;
        this.locals = shapes + 1;
        this.value = new float[(window.columns - this.firstColumn) * window.rows * width];
        this.slope = new float[locals][value.length];
    }

    /** Where the numbers of a pixel begin. */
    int at(int pixel) {
        return (pixel - firstColumn * window.rows) * width;
    }

    /** No light anywhere. */
    void clear() {
        Arrays.fill(value, 0);
        for (float[] s : slope) {
            Arrays.fill(s, 0);
        }
    }

    /**
     * Fills in the stamp of a column.
     *
     * @param column column of the window, or beyond its ends
     * @param centreY row of its centre in the image, px
     * @param shapeColumn first-order column of the same wavelength
     */
    void put(int column, double centreY, ProfileTable table, double shapeColumn) {
        if (row.length != table.stride) {
            row = new double[table.stride];
        }
        int from = Math.max(firstColumn, column - half);
        int to = Math.min(window.columns - 1, column + half);
        int bottom = Integer.MAX_VALUE;
        int top = Integer.MIN_VALUE;
        for (int x = from; x <= to; x++) {
            bottom = Math.min(bottom, window.firstRow[x]);
            top = Math.max(top, window.firstRow[x] + window.rows);
        }
        for (int y = bottom; y < top; y++) {
            if (!table.interpolate(shapeColumn, y - centreY, row)) {
                continue;
            }
            for (int x = from; x <= to; x++) {
                int k = y - window.firstRow[x];
                if (k >= 0 && k < window.rows) {
                    scatter(Math.abs(x - column), at(x * window.rows + k) + column - x + half);
                }
            }
        }
    }

    private void scatter(int dx, int to) {
        int at = dx * (locals + 1);
        value[to] = (float) row[at];
        for (int m = 0; m < locals; m++) {
            slope[m][to] = (float) row[at + 1 + m];
        }
    }
}
