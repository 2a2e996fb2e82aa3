package io.spectractor.core.observation;

import io.spectractor.core.instrument.Orientation;
import io.spectractor.core.outcome.ExtractionException;
import java.util.Arrays;

/**
 * The response of a chip's pixels relative to each other, about 1; unbinned. A frame divided by it looks as if all pixels
 * were alike. Immutable.
 */
public final class FlatField {
    /** A pixel that responds less than this counts nothing worth dividing. */
    private static final float LEAST = 0.01f;

    private static final float LEAST_MEDIAN = 0.1f;
    private static final float MOST_MEDIAN = 10;

    private final int width;
    private final int height;
    private final float[] response;

    /**
     * A flat from an array, which is copied.
     *
     * @param width columns, px
     * @param height rows, px
     * @param response row-major, {@code width * height} values; pixels whose value is not a number of 0.01 at least are bad
     * @throws IllegalArgumentException if the array has another length
     */
    public FlatField(int width, int height, float[] response) {
        if (response.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(
                    "a flat of " + width + " x " + height + " needs as many values, not " + response.length);
        }
        this.width = width;
        this.height = height;
        this.response = response.clone();
    }

    /**
     * A flat from a FITS image, taken as it is: nobody scales it to a mean of 1.
     *
     * @throws ExtractionException UNPROCESSABLE if it cannot be read, fewer than half of its pixels can be divided by, or
     *     their median is not between 0.1 and 10: such a file is a mask, or a flat in counts; the message names the file
     */
    public static FlatField read(FitsSource source) {
        FitsImage image = FitsImage.read(source);
        FlatField flat = new FlatField(image.width(), image.height(), image.pixels());
        float[] usable = new float[flat.response.length];
        int n = 0;
        for (int i = 0; i < usable.length; i++) {
            if (flat.isUsable(i)) {
                usable[n++] = flat.response[i];
            }
        }
        if (n == 0) {
            throw UnprocessableFile.because(
                    source.name(), "this flat has no pixel of 0.01 or more; it must be about 1");
        }
        if (2L * n < usable.length) {
            throw UnprocessableFile.because(
                    source.name(),
                    "only " + n + " of the " + usable.length
                            + " pixels of this flat are numbers of 0.01 or more; it must be" + " about 1");
        }
        Arrays.sort(usable, 0, n);
        float median = usable[n / 2];
        if (median < LEAST_MEDIAN || median > MOST_MEDIAN) {
            throw UnprocessableFile.because(
                    source.name(),
                    "the median of this flat is " + median + "; it must be about 1: divide it by its median or mean");
        }
        return flat;
    }

    /** The flat of the turned image. */
    FlatField turned(Orientation orientation) {
        if (orientation.equals(Orientation.AS_STORED)) {
            return this;
        }
        return new FlatField(
                orientation.width(width, height),
                orientation.height(width, height),
                orientation.turn(response, width, height));
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Response of the pixel at row-major index {@code y * width + x}. */
    public float at(int index) {
        return response[index];
    }

    /** Whether a pixel can be divided by its response: a finite number of some size. */
    boolean isUsable(int index) {
        return response[index] >= LEAST && response[index] <= Float.MAX_VALUE;
    }
}
