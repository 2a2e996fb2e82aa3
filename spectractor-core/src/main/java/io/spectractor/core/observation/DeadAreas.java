package io.spectractor.core.observation;

import java.util.Arrays;
import java.util.BitSet;

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
    /** Every other row tells how often neighbours are equal where it matters: in one pair of 25 and more. */
    private static final int EVERY = 2;

    /** Rank of the block that stands for the living ones: up to 60 % of a frame may be dead. */
    private static final double RANK = 0.4;

    private static final int SMALLEST_AREA = 16;
    /** Side of a square of saturated pixels that no star makes: an amplifier that gives nothing but its highest value. */
    private static final int SATURATED_SIDE = 150;

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
     * @param ceiling level from which pixels are saturated: equal values there have another cause, unless they fill a square that no star fills
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
        BitSet dead = new BitSet(pixels.length);
        int least = (int) Math.ceil(Math.max(SMALLEST_AREA, area));
        int side = (int) Math.ceil(Math.sqrt(least));
        if (mayHoldSquare(side)) {
            squares(dead, side);
        }
        alongRows(dead, least);
        alongColumns(dead, least);
        for (int i = dead.nextSetBit(0); i >= 0; i = dead.nextSetBit(i + 1)) {
            pixels[i] = Float.NaN;
        }
        return dead.cardinality();
    }

    private double chanceOfEqualNeighbours() {
        int across = width / BLOCK;
        int up = height / BLOCK;
        if (across == 0 || up == 0) {
            return 1;
        }
        int[] equal = new int[across * up];
        for (int y = 0; y < up * BLOCK; y += EVERY) {
            countEqual(y * width, across, equal, y / BLOCK * across);
        }
        double[] fractions = new double[equal.length];
        for (int b = 0; b < fractions.length; b++) {
            fractions[b] = equal[b] / (double) (BLOCK / EVERY * (BLOCK - 1));
        }
        Arrays.sort(fractions);
        return fractions[(int) (RANK * (fractions.length - 1))];
    }

    /** Adds the equal neighbours in each block of a row that begins at a pixel. */
    private void countEqual(int start, int blocks, int[] equal, int to) {
        for (int b = 0; b < blocks; b++) {
            int n = 0;
            int end = start + (b + 1) * BLOCK - 1;
            for (int i = start + b * BLOCK; i < end; i++) {
                n += pixels[i] == pixels[i + 1] ? 1 : 0;
            }
            equal[to + b] += n;
        }
    }

    /** Whether a pixel has a value that no light made: neither NaN nor saturated. */
    private boolean counts(float value) {
        return value < ceiling && Float.isFinite(value);
    }

    /**
     * Whether there may be a square of equal values that wide. Each has a corner of a grid in it that is a little finer than
     * itself, and through that corner run a row and a column of equal values of its length.
     */
    private boolean mayHoldSquare(int side) {
        int step = side - 1;
        for (int y = 0; y + 1 < height; y += step) {
            for (int x = 0; x + 1 < width; x += step) {
                int i = y * width + x;
                float value = pixels[i];
                int least = counts(value) ? side : Math.max(side, SATURATED_SIDE);
                if (pixels[i + 1] == value
                        && pixels[i + width] == value
                        && Float.isFinite(value)
                        && runEnd(i, 1, width - x) - runStart(i, 1, x) + 1 >= least
                        && (runEnd(i, width, height - y) - runStart(i, width, y)) / width + 1 >= least) {
                    return true;
                }
            }
        }
        return false;
    }

    /** First pixel of the run of equal values through a pixel that has at most so many before it. */
    private int runStart(int pixel, int step, int before) {
        int i = pixel;
        for (int left = before; left > 0 && pixels[i - step] == pixels[pixel]; left--) {
            i -= step;
        }
        return i;
    }

    /** Last pixel of the run of equal values through a pixel that has so many from itself on. */
    private int runEnd(int pixel, int step, int from) {
        int i = pixel;
        for (int left = from; left > 1 && pixels[i + step] == pixels[pixel]; left--) {
            i += step;
        }
        return i;
    }

    /** Marks squares of equal values at least {@code side} wide; the widest one that ends at a pixel grows by one. */
    private void squares(BitSet dead, int side) {
        // 0 for a pixel that starts a square of its own: nearly all of them, so only equal neighbours cost anything
        int[] above = new int[width];
        int[] here = new int[width];
        for (int y = 1; y < height; y++) {
            Arrays.fill(here, 0);
            int row = y * width;
            for (int x = 1; x < width; x++) {
                float value = pixels[row + x];
                if (pixels[row + x - 1] == value
                        && pixels[row + x - width] == value
                        && pixels[row + x - width - 1] == value
                        && Float.isFinite(value)) {
                    here[x] = 1 + Math.min(here[x - 1], Math.min(above[x], above[x - 1]));
                    int least = counts(value) ? side : Math.max(side, SATURATED_SIDE);
                    if (here[x] + 1 >= least) {
                        markSquare(dead, x, y, least);
                    }
                }
            }
            int[] swap = above;
            above = here;
            here = swap;
        }
    }

    private void markSquare(BitSet dead, int x, int y, int side) {
        for (int j = y - side + 1; j <= y; j++) {
            dead.set(j * width + x - side + 1, j * width + x + 1);
        }
    }

    /** Marks runs of equal values along the rows. Each has two neighbours in it of which one is on a grid of its length. */
    private void alongRows(BitSet dead, int least) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x + 1 < width; x += least - 1) {
                int i = y * width + x;
                if (pixels[i] == pixels[i + 1] && counts(pixels[i])) {
                    int from = runStart(i, 1, x);
                    int last = runEnd(i, 1, width - x);
                    if (last - from + 1 >= least) {
                        dead.set(from, last + 1);
                    }
                }
            }
        }
    }

    /** The same along the columns. */
    private void alongColumns(BitSet dead, int least) {
        for (int y = 0; y + 1 < height; y += least - 1) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (pixels[i] == pixels[i + width] && counts(pixels[i])) {
                    int from = runStart(i, width, y);
                    int last = runEnd(i, width, height - y);
                    for (int j = from; j <= last && (last - from) / width + 1 >= least; j += width) {
                        dead.set(j);
                    }
                }
            }
        }
    }
}
