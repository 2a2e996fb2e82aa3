package io.spectractor.core.forward.stamps;

import io.spectractor.core.extraction.ProfileWindow;

/** The stamp of one column, for light that is added to pixels once and not stored by its source. */
public final class ColumnStamp {
    private final ProfileWindow window;
    private final ProfileTable table;
    private final int half;
    private final int numbers;
    private final double[][] strips;
    private int column;
    private int origin;
    private int from;
    private int to;

    /**
     * @param half half width of the stamps
     * @param shapes number of shape parameters
     */
    public ColumnStamp(ProfileWindow window, ProfileTable table, int half, int shapes) {
        this.window = window;
        this.table = table;
        this.half = half;
        this.numbers = shapes + 2;
        this.strips = new double[table.stride][table.rows];
    }

    /**
     * Makes it the stamp of a column.
     *
     * @param column column of the window, or beyond its ends
     * @param centreY row of its centre in the image, px
     * @param shapeColumn first-order column of the same wavelength
     */
    public void evaluate(int column, double centreY, double shapeColumn) {
        this.column = column;
        from = Math.max(0, column - half);
        to = Math.min(window.columns - 1, column + half);
        int bottom = Integer.MAX_VALUE;
        int top = Integer.MIN_VALUE;
        for (int x = from; x <= to; x++) {
            bottom = Math.min(bottom, window.firstRow[x]);
            top = Math.max(top, window.firstRow[x] + window.rows);
        }
        if (from <= to) {
            origin = table.strips(shapeColumn, centreY, bottom, top, strips);
        }
    }

    /**
     * Adds it times a factor.
     *
     * @param number 0 for the shares, 1 for their slope by the row of the centre, 2 and up for those by the shape
     * @param pixels of the window, column after column
     */
    public void add(int number, double factor, double[] pixels) {
        for (int x = from; x <= to; x++) {
            int shift = window.firstRow[x] - origin;
            int first = Math.min(window.rows, Math.max(0, -shift));
            int last = Math.max(first, Math.min(window.rows, table.rows - shift));
            double[] strip = strips[Math.abs(x - column) * numbers + number];
            for (int k = first; k < last; k++) {
                pixels[x * window.rows + k] += factor * strip[k + shift];
            }
        }
    }
}
