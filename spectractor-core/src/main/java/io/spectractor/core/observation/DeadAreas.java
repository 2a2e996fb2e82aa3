package io.spectractor.core.observation;

import java.util.Arrays;

/**
 * Finds parts of a frame without data: pixels that hold one and the same value where noise should make them differ, as a
 * dead amplifier, a lost block of a transfer or a dead column leaves them.
 *
 * <p>Looked for are squares, and runs along a row or a column, so large that chance makes one in 10⁴ frames. How often
 * neighbours are equal by chance is taken from the frame: often where counts are few, always where there is no noise at
 * all, and then nothing is found.
 */
final class DeadAreas {
    private static final double ONE_IN = 1e4;
    private static final int BLOCK = 32;
    /** Rank of the block that stands for the living ones: up to 60 % of a frame may be dead. */
    private static final double RANK = 0.4;

    private static final int SMALLEST_AREA = 16;

    private final float[] pixels;
    private final int width;
    private final int height;
    private final double ceiling;

    private DeadAreas(float[] pixels, int width, int height, double ceiling) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
        this.ceiling = ceiling;
    }

    /**
     * Replaces pixels without data by NaN.
     *
     * @param pixels row-major, overwritten
     * @param ceiling level from which pixels are saturated: equal values there have another cause
     * @return how many were replaced
     */
    static int blank(float[] pixels, int width, int height, double ceiling) {
        return new DeadAreas(pixels, width, height, ceiling).blank();
    }

    private int blank() {
        // pairs are equal by the sum of the squares of all values' chances, areas by the chance of the commonest value,
        // which is at most the square root of that
        double chance = Math.sqrt(chanceOfEqualNeighbours());
        double area = chance <= 0
                ? SMALLEST_AREA
                : 1 + Math.log(ONE_IN * Math.max(1, pixels.length)) / -Math.log(Math.min(chance, 1 - 1e-12));
        if (area > pixels.length) {
            return 0;
        }
        boolean[] dead = new boolean[pixels.length];
        int least = (int) Math.ceil(Math.max(SMALLEST_AREA, area));
        squares(dead, (int) Math.ceil(Math.sqrt(least)));
        runs(dead, least, 1, width, height, width);
        runs(dead, least, width, height, width, 1);
        int count = 0;
        for (int i = 0; i < dead.length; i++) {
            if (dead[i]) {
                pixels[i] = Float.NaN;
                count++;
            }
        }
        return count;
    }

    private double chanceOfEqualNeighbours() {
        int across = width / BLOCK;
        int up = height / BLOCK;
        if (across == 0 || up == 0) {
            return 1;
        }
        double[] fractions = new double[across * up];
        for (int b = 0; b < fractions.length; b++) {
            int x0 = b % across * BLOCK;
            int y0 = b / across * BLOCK;
            int equal = 0;
            for (int y = y0; y < y0 + BLOCK; y++) {
                for (int x = x0 + 1; x < x0 + BLOCK; x++) {
                    if (pixels[y * width + x] == pixels[y * width + x - 1]) {
                        equal++;
                    }
                }
            }
            fractions[b] = equal / (double) (BLOCK * (BLOCK - 1));
        }
        Arrays.sort(fractions);
        return fractions[(int) (RANK * (fractions.length - 1))];
    }

    /** Whether a pixel has a value that no light made: neither NaN nor saturated. */
    private boolean counts(float value) {
        return value < ceiling && Float.isFinite(value);
    }

    /** Marks squares of equal values at least {@code side} wide; the widest one that ends at a pixel grows by one. */
    private void squares(boolean[] dead, int side) {
        int[] above = new int[width];
        int[] here = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float value = pixels[i];
                if (!counts(value)) {
                    here[x] = 0;
                    continue;
                }
                here[x] = 1;
                if (x > 0
                        && y > 0
                        && pixels[i - 1] == value
                        && pixels[i - width] == value
                        && pixels[i - width - 1] == value) {
                    here[x] = 1 + Math.min(here[x - 1], Math.min(above[x], above[x - 1]));
                }
                if (here[x] >= side) {
                    markSquare(dead, x, y, side);
                }
            }
            int[] swap = above;
            above = here;
            here = swap;
        }
    }

    private void markSquare(boolean[] dead, int x, int y, int side) {
        for (int j = y - side + 1; j <= y; j++) {
            Arrays.fill(dead, j * width + x - side + 1, j * width + x + 1, true);
        }
    }

    /** Marks runs of equal values along one direction. */
    private void runs(boolean[] dead, int least, int step, int length, int lines, int stride) {
        for (int line = 0; line < lines; line++) {
            int start = line * stride;
            int from = 0;
            for (int i = 1; i <= length; i++) {
                boolean goesOn = i < length && pixels[start + i * step] == pixels[start + from * step];
                if (goesOn) {
                    continue;
                }
                if (i - from >= least && counts(pixels[start + from * step])) {
                    for (int j = from; j < i; j++) {
                        dead[start + j * step] = true;
                    }
                }
                from = i;
            }
        }
    }
}
