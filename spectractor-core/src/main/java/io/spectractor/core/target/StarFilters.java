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
        float[] along = new float[pixels.length];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int last = row + width - 1;
            for (int i = row + 1; i < last; i++) {
                along[i] = median(pixels[i - 1], pixels[i], pixels[i + 1]);
            }
            // the edge's pixel stands beside itself
            along[row] = pixels[row];
            along[last] = pixels[last];
        }
        float[] out = new float[pixels.length];
        System.arraycopy(along, 0, out, 0, width);
        for (int i = width; i < out.length - width; i++) {
            out[i] = median(along[i - width], along[i], along[i + width]);
        }
        int top = (height - 1) * width;
        System.arraycopy(along, top, out, top, width);
        return out;
    }

    private static float median(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Means over squares of {@value #BOX_PX} pixels, pixels beyond the edge repeated from it. */
    static float[] boxMean(float[] pixels, int width, int height) {
        float[] rows = new float[pixels.length];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int from = Math.min(HALF_BOX, width);
            int to = Math.max(from, width - HALF_BOX);
            for (int x = 0; x < from; x++) {
                rows[row + x] = sum(pixels, row, x, width);
            }
            for (int i = row + from; i < row + to; i++) {
                rows[i] = 0f + pixels[i - 2] + pixels[i - 1] + pixels[i] + pixels[i + 1] + pixels[i + 2];
            }
            for (int x = to; x < width; x++) {
                rows[row + x] = sum(pixels, row, x, width);
            }
        }
        float[] out = new float[pixels.length];
        float area = BOX_PX * BOX_PX;
        float[] sums = new float[width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0);
            for (int d = -HALF_BOX; d <= HALF_BOX; d++) {
                int row = clamp(y + d, height) * width;
                for (int x = 0; x < width; x++) {
                    sums[x] += rows[row + x];
                }
            }
            int row = y * width;
            for (int x = 0; x < width; x++) {
                out[row + x] = sums[x] / area;
            }
        }
        return out;
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
