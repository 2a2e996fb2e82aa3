package io.spectractor.core.observation;

import java.util.Arrays;

/**
 * The variance that light and read-out noise make in a pixel: {@code max(rate, 0) / electronsPerRate + RON²} (ADU/s)², with the
 * read-out noise of the pixel's amplifier. Immutable.
 */
final class PredictedVariance {
    private final int width;
    private final int height;
    private final int columns;
    private final int rows;
    /** Of the read-out noise, by amplifier, (ADU/s)². */
    private final double[] ofReadNoise;

    private final float perRate;

    private PredictedVariance(int width, int height, int columns, int rows, double[] ofReadNoise, float perRate) {
        this.width = width;
        this.height = height;
        this.columns = columns;
        this.rows = rows;
        this.ofReadNoise = ofReadNoise;
        this.perRate = perRate;
    }

    /**
     * That of a frame.
     *
     * @param electronsPerRate electrons per ADU/s
     */
    static PredictedVariance of(int width, int height, Amplifiers amplifiers, double electronsPerRate) {
        double[] ofReadNoise = new double[amplifiers.columns() * amplifiers.rows()];
        for (int i = 0; i < ofReadNoise.length; i++) {
            double noise = amplifiers.list().get(i).readNoise();
            ofReadNoise[i] = noise * noise / (electronsPerRate * electronsPerRate);
        }
        return new PredictedVariance(
                width, height, amplifiers.columns(), amplifiers.rows(), ofReadNoise, (float) (1 / electronsPerRate));
    }

    /** Whether a pixel without light has a variance, whatever its amplifier. */
    boolean isPositive() {
        for (double noise : ofReadNoise) {
            if (!((float) noise > 0)) {
                return false;
            }
        }
        return true;
    }

    /** Mean variance of the read-out noise, (ADU/s)². */
    double meanReadNoise() {
        double sum = 0;
        for (int i = 0; i < ofReadNoise.length; i++) {
            int column = i % columns;
            int row = i / columns;
            sum += (double) (end(column, columns, width) - end(column - 1, columns, width))
                    * (end(row, rows, height) - end(row - 1, rows, height))
                    * ofReadNoise[i];
        }
        return sum / ((double) width * height);
    }

    /** First pixel after one of several equal parts. */
    private static int end(int part, int parts, int size) {
        return size * (part + 1) / parts;
    }

    /**
     * Fills in the variance of all pixels.
     *
     * @param rate ADU/s, row-major
     * @param variance (ADU/s)², the same shape
     */
    void fill(float[] rate, float[] variance) {
        for (int row = 0; row < rows; row++) {
            for (int y = end(row - 1, rows, height); y < end(row, rows, height); y++) {
                for (int column = 0; column < columns; column++) {
                    fill(
                            rate,
                            variance,
                            (float) ofReadNoise[row * columns + column],
                            y * width + end(column - 1, columns, width),
                            y * width + end(column, columns, width));
                }
            }
        }
    }

    private void fill(float[] rate, float[] variance, float noise, int from, int to) {
        for (int i = from; i < to; i++) {
            variance[i] = Math.max(rate[i], 0f) * perRate + noise;
        }
    }

    /** That of one pixel with some light, ADU/s. */
    float at(int x, int y, float rate) {
        int column = part(x, columns, width);
        int row = part(y, rows, height);
        return Math.max(rate, 0f) * perRate + (float) ofReadNoise[row * columns + column];
    }

    /** The part of several equal ones that a pixel lies in. */
    private static int part(int pixel, int parts, int size) {
        int part = (int) ((long) pixel * parts / size);
        return pixel >= end(part, parts, size) ? part + 1 : part;
    }

    /**
     * The variance of sums over {@code factor x factor} pixels.
     *
     * @param rate of the single pixels, ADU/s, row-major
     * @param sums (ADU/s)², row-major, {@code width / factor} columns
     */
    void sums(float[] rate, int factor, float[] sums) {
        int newWidth = width / factor;
        float[][] noise = noiseOfSums(factor, newWidth);
        for (int y = 0; y < height / factor; y++) {
            int to = y * newWidth;
            Arrays.fill(sums, to, to + newWidth, 0);
            for (int j = 0; j < factor; j++) {
                int line = y * factor + j;
                float[] read = noise[part(line, rows, height)];
                if (factor == 2) {
                    addPairs(rate, line * width, read, sums, to);
                    continue;
                }
                for (int x = 0; x < newWidth; x++) {
                    float light = 0;
                    int first = line * width + x * factor;
                    for (int i = first; i < first + factor; i++) {
                        light += positive(rate[i]);
                    }
                    sums[to + x] += light * perRate + read[x];
                }
            }
        }
    }

    /** The commonest factor, without a loop in the loop. */
    private void addPairs(float[] rate, int from, float[] read, float[] sums, int to) {
        for (int x = 0; x < read.length; x++) {
            int first = from + 2 * x;
            sums[to + x] += (positive(rate[first]) + positive(rate[first + 1])) * perRate + read[x];
        }
    }

    /** Rates are numbers: without what {@link Math#max} does for others, this is one instruction. */
    private static float positive(float rate) {
        return rate > 0 ? rate : 0;
    }

    /** Read-out variance of sums along a row, by the amplifiers' row. */
    private float[][] noiseOfSums(int factor, int newWidth) {
        float[][] out = new float[rows][newWidth];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int last = Math.min(newWidth * factor, end(column, columns, width));
                for (int x = end(column - 1, columns, width); x < last; x++) {
                    out[row][x / factor] += (float) ofReadNoise[row * columns + column];
                }
            }
        }
        return out;
    }
}
