package io.spectractor.core.observation;

import java.util.Arrays;

/** On which side of the brightest star its light is dispersed. */
enum LightSide {
    RIGHT,
    LEFT,
    UNKNOWN;

    private static final int BLOCK = 16;
    private static final int BAND = 4;
    private static final int SKY_FROM = 7;
    private static final int SKY_TO = 13;
    /** Blocks beside the star whose light may be its own wings. */
    private static final int NEAR = 20;

    private static final int FEWEST = 12;
    private static final double SIGNIFICANT = 8;
    private static final double TIMES_MORE = 3;

    /**
     * Looks at an image, x to the right.
     *
     * @param pixels row-major
     */
    static LightSide of(float[] pixels, int width, int height) {
        int columns = width / BLOCK;
        int rows = height / BLOCK;
        if (columns < 2 * FEWEST || rows < 2 * SKY_TO) {
            return UNKNOWN;
        }
        float[] blocks = blocks(pixels, width, columns, rows);
        int star = 0;
        for (int i = 1; i < blocks.length; i++) {
            if (blocks[i] > blocks[star]) {
                star = i;
            }
        }
        int x = star % columns;
        int y = star / columns;
        double right = significance(blocks, columns, rows, y, x + NEAR, columns - 1);
        double left = significance(blocks, columns, rows, y, 0, x - NEAR);
        if (right > SIGNIFICANT && right > TIMES_MORE * left) {
            return RIGHT;
        }
        return left > SIGNIFICANT && left > TIMES_MORE * right ? LEFT : UNKNOWN;
    }

    private static float[] blocks(float[] pixels, int width, int columns, int rows) {
        float[] blocks = new float[columns * rows];
        for (int y = 0; y < rows * BLOCK; y++) {
            for (int x = 0; x < columns; x++) {
                int block = y / BLOCK * columns + x;
                blocks[block] = added(pixels, y * width + x * BLOCK, blocks[block]);
            }
        }
        return blocks;
    }

    private static float added(float[] pixels, int from, float before) {
        float sum = before;
        for (int i = from; i < from + BLOCK; i++) {
            float value = pixels[i];
            if (Math.abs(value) <= Float.MAX_VALUE) {
                sum += value;
            }
        }
        return sum;
    }

    /** Light of a band of rows above the sky beside it, in its scatter. */
    private static double significance(float[] blocks, int columns, int rows, int y, int from, int to) {
        if (to - from + 1 < FEWEST) {
            return 0;
        }
        double[] excess = new double[to - from + 1];
        double[] beside = new double[to - from + 1];
        for (int x = from; x <= to; x++) {
            double sky = mean(blocks, columns, rows, x, y, SKY_FROM, SKY_TO);
            excess[x - from] = mean(blocks, columns, rows, x, y, 0, BAND) - sky;
            beside[x - from] = Math.abs(mean(blocks, columns, rows, x, y, SKY_FROM, (SKY_FROM + SKY_TO) / 2)
                    - mean(blocks, columns, rows, x, y, (SKY_FROM + SKY_TO) / 2 + 1, SKY_TO));
        }
        Arrays.sort(beside);
        Arrays.sort(excess);
        double scatter = Math.max(beside[beside.length / 2], 1e-6) / Math.sqrt(excess.length);
        return excess[excess.length / 2] / scatter;
    }

    /** Mean of the blocks of a column at these distances above and below a row. */
    private static double mean(float[] blocks, int columns, int rows, int x, int y, int near, int far) {
        double sum = 0;
        int n = 0;
        for (int d = near; d <= far; d++) {
            if (y + d < rows) {
                sum += blocks[(y + d) * columns + x];
                n++;
            }
            if (d > 0 && y - d >= 0) {
                sum += blocks[(y - d) * columns + x];
                n++;
            }
        }
        return n == 0 ? 0 : sum / n;
    }
}
