package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;

/**
 * The response of a chip's pixels relative to each other, about 1; unbinned. A frame divided by it looks as if all pixels
 * were alike. Immutable.
 */
public final class FlatField {
    /** A pixel that responds less than this counts nothing worth dividing. */
    private static final float LEAST = 0.01f;

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
     * @throws ExtractionException UNPROCESSABLE if it cannot be read, or no pixel can be divided by it
     */
    public static FlatField read(FitsSource source) {
        FitsImage image = FitsImage.read(source);
        FlatField flat = new FlatField(image.width(), image.height(), image.pixels());
        for (int i = 0; i < flat.response.length; i++) {
            if (flat.isUsable(i)) {
                return flat;
            }
        }
        throw Unusable.because(source.name(), "this flat has no pixel of 0.01 or more; it must be about 1");
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
