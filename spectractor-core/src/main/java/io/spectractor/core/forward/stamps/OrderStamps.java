package io.spectractor.core.forward.stamps;

import io.spectractor.core.extraction.ProfileWindow;
import java.util.Arrays;

/**
 * What one ADU/s in each column of an order puts into each pixel, with its derivatives by the centre's row and the shape.
 *
 * <p>Layout: for a column x of the window and i = 0 ... {@code width} - 1 the share that x has of the light of column
 * {@code x - half + i}, for all rows of the window at that column. So every later product runs along whole arrays. A stamp is
 * its own mirror image along the dispersion: columns on both sides of a source at which the window begins in the same row share
 * one array.
 */
public final class OrderStamps {
    public final int half;
    public final int width;
    public final int firstColumn;

    private final ProfileWindow window;
    private final int locals;
    /** By quantity (the value, its slope by the row of the centre, those by the shape), column, source column and row. */
    private final double[][][][] numbers;

    private final double[][] strips;
    /** By column, half a stamp beyond both ends included: whether its stamp holds light. */
    private final boolean[] lit;

    /**
     * @param firstColumn first column of the window that is covered
     * @param rows where the numbers are kept
     */
    public OrderStamps(
            ProfileWindow window, int firstColumn, int half, int shapes, ProfileTable table, StampRows rows) {
        this.window = window;
        this.firstColumn = Math.min(Math.max(firstColumn, 0), window.columns);
        this.half = half;
        this.width = 2 * half + 1;
        this.locals = shapes + 1;
        this.numbers = new double[locals + 1][window.columns - this.firstColumn][width][];
        for (double[][][] quantity : numbers) {
            for (int x = this.firstColumn; x < window.columns; x++) {
                for (int i = 0; i < width; i++) {
                    int mirror = mirror(x, x - half + i);
                    quantity[x - this.firstColumn][i] =
                            mirror < x ? quantity[mirror - this.firstColumn][width - 1 - i] : rows.zeros(window.rows);
                }
            }
        }
        this.strips = rows.zeros(table.stride, table.rows);
        this.lit = new boolean[window.columns + 2 * half];
    }

    /** The column on the other side of a source that shares the array of a column; the column itself if none does. */
    private int mirror(int x, int source) {
        int other = 2 * source - x;
        boolean inside = other >= firstColumn && other < window.columns;
        return inside && window.firstRow[other] == window.firstRow[x] ? other : x;
    }

    /** Shares of a column, by source column and row of the window. */
    public double[][] value(int column) {
        return numbers[0][column - firstColumn];
    }

    /** Their derivatives by the row of the centre (0) or a parameter of the shape (1 and up). */
    public double[][] slope(int m, int column) {
        return numbers[m + 1][column - firstColumn];
    }

    /** No light from a column, from half a stamp before the first to half a stamp after the last. */
    public void clear(int column) {
        if (!lit[column + half]) {
            return;
        }
        lit[column + half] = false;
        int to = Math.min(window.columns - 1, column + half);
        for (int x = Math.max(firstColumn, column - half); x <= to; x++) {
            for (double[][][] quantity : numbers) {
                Arrays.fill(quantity[x - firstColumn][column - x + half], 0);
            }
        }
    }

    /**
     * Fills in the stamp of a column.
     *
     * @param column column of the window, or beyond its ends
     * @param centreY row of its centre in the image, px
     * @param shapeColumn first-order column of the same wavelength
     */
    public void put(int column, double centreY, ProfileTable table, double shapeColumn) {
        int from = Math.max(firstColumn, column - half);
        int to = Math.min(window.columns - 1, column + half);
        if (from > to) {
            return;
        }
        lit[column + half] = true;
        int bottom = Integer.MAX_VALUE;
        int top = Integer.MIN_VALUE;
        for (int x = from; x <= to; x++) {
            bottom = Math.min(bottom, window.firstRow[x]);
            top = Math.max(top, window.firstRow[x] + window.rows);
        }
        int origin = table.strips(shapeColumn, centreY, bottom, top, strips);
        for (int x = from; x <= to; x++) {
            if (mirror(x, column) < x) {
                continue;
            }
            // row k of the window is number k + shift of a strip
            int shift = window.firstRow[x] - origin;
            int first = Math.min(window.rows, Math.max(0, -shift));
            int last = Math.max(first, Math.min(window.rows, table.rows - shift));
            int at = Math.abs(x - column) * (locals + 1);
            for (int m = 0; m <= locals; m++) {
                double[] out = numbers[m][x - firstColumn][column - x + half];
                Arrays.fill(out, 0, first, 0);
                // a strip that lies wholly above the window has no number for its first row
                if (last > first) {
                    System.arraycopy(strips[at + m], first + shift, out, first, last - first);
                }
                Arrays.fill(out, last, window.rows, 0);
            }
        }
    }
}
