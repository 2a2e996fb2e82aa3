package io.spectractor.core.target;

import java.util.Arrays;

/**
 * The filters of the {@link StarSearch}. Rows are treated as a whole, without a look at the edges in their middle: a frame of 16
 * million pixels is filtered in each search.
 */
final class StarFilters {
    /** Side of the square that {@link #boxMean} averages over. */
    static final int BOX_PX = 5;

    private static final int HALF_BOX = BOX_PX / 2;

    private StarFilters() {}

    /**
     * Running medians of 3 pixels along the rows, and of these along the columns.
     *
     * @param pixels row-major, not empty
     */
    static float[] medianOf3(float[] pixels, int width, int height) {
        float[] out = new float[pixels.length];
        MedianRows rows = new MedianRows(pixels, width);
        float[] below = rows.at(0, new float[width]);
        float[] row = rows.at(Math.min(1, height - 1), new float[width]);
        float[] above = new float[width];
        System.arraycopy(below, 0, out, 0, width);
        for (int y = 1; y < height - 1; y++) {
            rows.at(y + 1, above);
            rows.median(below, row, above);
            System.arraycopy(rows.median, 0, out, y * width, width);
            float[] free = below;
            below = row;
            row = above;
            above = free;
        }
        System.arraycopy(row, 0, out, (height - 1) * width, width);
        return out;
    }

    /** Medians of three rows, in loops of which the JVM makes vector instructions: arrays with the same index, few per loop. */
    private static final class MedianRows {
        private final float[] pixels;
        private final float[] left;
        private final float[] middle;
        private final float[] right;
        private final float[] low;
        private final float[] high;
        final float[] median;

        MedianRows(float[] pixels, int width) {
            this.pixels = pixels;
            this.left = new float[width];
            this.middle = new float[width];
            this.right = new float[width];
            this.low = new float[width];
            this.high = new float[width];
            this.median = new float[width];
        }

        /** Medians along a row, into an array that is returned. */
        float[] at(int y, float[] out) {
            int width = out.length;
            System.arraycopy(pixels, y * width, middle, 0, width);
            System.arraycopy(middle, 0, left, 1, width - 1);
            System.arraycopy(middle, 1, right, 0, width - 1);
            // the edge's pixel stands beside itself
            left[0] = middle[0];
            right[width - 1] = middle[width - 1];
            median(left, middle, right);
            System.arraycopy(median, 0, out, 0, width);
            return out;
        }

        /** Fills {@link #median}. */
        void median(float[] a, float[] b, float[] c) {
            order(a, b, low, high);
            between(low, high, c, median);
        }

        private static void order(float[] a, float[] b, float[] low, float[] high) {
            for (int x = 0; x < low.length; x++) {
                low[x] = Math.min(a[x], b[x]);
                high[x] = Math.max(a[x], b[x]);
            }
        }

        private static void between(float[] low, float[] high, float[] c, float[] out) {
            for (int x = 0; x < out.length; x++) {
                out[x] = Math.max(low[x], Math.min(high[x], c[x]));
            }
        }
    }

    /** Means over squares of {@value #BOX_PX} pixels, pixels beyond the edge repeated from it. */
    static float[] boxMean(float[] pixels, int width, int height) {
        float[] out = new float[pixels.length];
        float area = BOX_PX * BOX_PX;
        float[] sums = new float[width];
        // sums along rows: as many as a box is high
        float[][] rows = new float[BOX_PX][width];
        int known = 0;
        for (int y = 0; y < height; y++) {
            for (; known < height && known <= y + HALF_BOX; known++) {
                sumAlong(pixels, known * width, width, rows[known % BOX_PX]);
            }
            Arrays.fill(sums, 0);
            for (int d = -HALF_BOX; d <= HALF_BOX; d++) {
                add(rows[clamp(y + d, height) % BOX_PX], sums);
            }
            int row = y * width;
            for (int x = 0; x < width; x++) {
                out[row + x] = sums[x] / area;
            }
        }
        return out;
    }

    private static void add(float[] row, float[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x];
        }
    }

    /** Sums over the width of a box in a row. */
    private static void sumAlong(float[] pixels, int row, int width, float[] out) {
        int from = Math.min(HALF_BOX, width);
        int to = Math.max(from, width - HALF_BOX);
        for (int x = 0; x < from; x++) {
            out[x] = sum(pixels, row, x, width);
        }
        for (int x = from; x < to; x++) {
            int i = row + x;
            out[x] = 0f + pixels[i - 2] + pixels[i - 1] + pixels[i] + pixels[i + 1] + pixels[i + 2];
        }
        for (int x = to; x < width; x++) {
            out[x] = sum(pixels, row, x, width);
        }
    }

    private static float sum(float[] pixels, int row, int x, int width) {
        float sum = 0;
        for (int d = -HALF_BOX; d <= HALF_BOX; d++) {
            sum += pixels[row + clamp(x + d, width)];
        }
        return sum;
    }

    private static int clamp(int i, int size) {
        return Math.max(0, Math.min(size - 1, i));
    }
}
