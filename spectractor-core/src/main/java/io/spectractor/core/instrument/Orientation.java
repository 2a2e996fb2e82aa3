package io.spectractor.core.instrument;

/**
 * How the image of a file lies against the image that is extracted, in which the first order lies at greater x than
 * order 0. One of the eight turns and mirror images of a rectangle, each without loss.
 *
 * @param x what greater x means in the file
 * @param y what greater y means in the file
 */
public record Orientation(Axis x, Axis y) {
    /** A direction in the image of a file, whose columns and rows count from 0. */
    public enum Axis {
        COLUMNS_UP,
        COLUMNS_DOWN,
        ROWS_UP,
        ROWS_DOWN;

        boolean alongRows() {
            return this == ROWS_UP || this == ROWS_DOWN;
        }

        boolean down() {
            return this == COLUMNS_DOWN || this == ROWS_DOWN;
        }
    }

    /** As it is in the file. */
    public static final Orientation AS_STORED = new Orientation(Axis.COLUMNS_UP, Axis.ROWS_UP);

    /**
     * @throws IllegalArgumentException if both axes run along the same direction
     */
    public Orientation {
        if (x.alongRows() == y.alongRows()) {
            throw new IllegalArgumentException("x and y both run along " + (x.alongRows() ? "rows" : "columns"));
        }
    }

    /** Whether columns become rows. */
    public boolean swapsAxes() {
        return x.alongRows();
    }

    /** Width of the turned image. */
    public int width(int columns, int rows) {
        return swapsAxes() ? rows : columns;
    }

    /** Height of the turned image. */
    public int height(int columns, int rows) {
        return swapsAxes() ? columns : rows;
    }

    /** Where pixel (0, 0) of the turned image lies in the file's array. */
    private long origin(int columns, int rows) {
        long column = 0;
        long row = 0;
        if (x.alongRows()) {
            row = x.down() ? rows - 1L : 0;
            column = y.down() ? columns - 1L : 0;
        } else {
            column = x.down() ? columns - 1L : 0;
            row = y.down() ? rows - 1L : 0;
        }
        return row * columns + column;
    }

    private static long step(Axis axis, int columns) {
        long size = axis.alongRows() ? columns : 1;
        return axis.down() ? -size : size;
    }

    /** The turned image; the same array if nothing is to be turned. */
    public float[] turn(float[] stored, int columns, int rows) {
        return equals(AS_STORED) ? stored : turn(stored, columns, rows, new float[stored.length]);
    }

    /**
     * Turns into an array that is there.
     *
     * @param turned another array of the same length, which is overwritten and returned
     */
    public float[] turn(float[] stored, int columns, int rows, float[] turned) {
        runs(columns, rows, (from, to, n, step) -> {
            if (step == 1) {
                System.arraycopy(stored, from, turned, to, n);
            } else if (step == -1) {
                for (int i = 0; i < n; i++) {
                    turned[to + i] = stored[from - i];
                }
            } else {
                for (int i = 0; i < n; i++) {
                    turned[to + i] = stored[from + i * step];
                }
            }
        });
        return turned;
    }

    /** The turned mask. */
    public byte[] turn(byte[] stored, int columns, int rows) {
        if (equals(AS_STORED)) {
            return stored;
        }
        byte[] turned = new byte[stored.length];
        runs(columns, rows, (from, to, n, step) -> {
            for (int i = 0; i < n; i++) {
                turned[to + i] = stored[from + i * step];
            }
        });
        return turned;
    }

    /** Copies {@code n} pixels that lie {@code step} apart in the file to neighbours in the turned image. */
    @FunctionalInterface
    private interface Copy {
        void run(int from, int to, int n, int step);
    }

    /** Goes through the image by rows, or in squares where columns become rows, so that its pixels are found in the cache. */
    private void runs(int columns, int rows, Copy copy) {
        int width = width(columns, rows);
        int height = height(columns, rows);
        int origin = Math.toIntExact(origin(columns, rows));
        int stepX = Math.toIntExact(step(x, columns));
        int stepY = Math.toIntExact(step(y, columns));
        int side = swapsAxes() ? 64 : width;
        for (int y0 = 0; y0 < height; y0 += side) {
            for (int x0 = 0; x0 < width; x0 += side) {
                int n = Math.min(side, width - x0);
                for (int row = y0; row < Math.min(height, y0 + side); row++) {
                    copy.run(origin + row * stepY + x0 * stepX, row * width + x0, n, stepX);
                }
            }
        }
    }

    /** Column in the turned image of a place in the file; fractions of pixels too. */
    public double turnedX(double column, double row, int columns, int rows) {
        double along = x.alongRows() ? row : column;
        return x.down() ? (x.alongRows() ? rows : columns) - 1 - along : along;
    }

    /** Row in the turned image of a place in the file. */
    public double turnedY(double column, double row, int columns, int rows) {
        double along = y.alongRows() ? row : column;
        return y.down() ? (y.alongRows() ? rows : columns) - 1 - along : along;
    }

    /** The inverse: what turns the extracted image into that of the file. */
    public Orientation inverse() {
        if (!swapsAxes()) {
            return this;
        }
        // x of the file runs along our y, if that runs along its columns
        return new Orientation(
                y.down() ? Axis.ROWS_DOWN : Axis.ROWS_UP, x.down() ? Axis.COLUMNS_DOWN : Axis.COLUMNS_UP);
    }

    /** For people, as in descriptions. */
    @Override
    public String toString() {
        return "x along " + words(x) + ", y along " + words(y);
    }

    static String words(Axis axis) {
        return (axis.down() ? "-" : "+") + (axis.alongRows() ? "row" : "column");
    }
}
