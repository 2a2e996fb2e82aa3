package io.spectractor.core.observation;

import io.spectractor.core.instrument.Orientation;
import io.spectractor.core.outcome.ExtractionException;

/** The pixels of a chip that are known to be bad; unbinned. Immutable. */
public final class BadPixelMask {
    private final int width;
    private final int height;
    private final boolean[] bad;

    /**
     * A mask from an array, which is copied.
     *
     * @param width columns, px
     * @param height rows, px
     * @param bad row-major, {@code width * height} values, true for a bad pixel
     * @throws IllegalArgumentException if the array has another length
     */
    public BadPixelMask(int width, int height, boolean[] bad) {
        if (bad.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(
                    "a bad-pixel mask of " + width + " x " + height + " needs as many values, not " + bad.length);
        }
        this.width = width;
        this.height = height;
        this.bad = bad.clone();
    }

    /**
     * A mask from a FITS image: whatever is not 0 is bad, as is NaN.
     *
     * @throws ExtractionException UNPROCESSABLE if it cannot be read
     */
    public static BadPixelMask read(FitsSource source) {
        FitsImage image = FitsImage.read(source);
        boolean[] bad = new boolean[image.pixels().length];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = image.pixels()[i] != 0;
        }
        return new BadPixelMask(image.width(), image.height(), bad);
    }

    /** The mask of the turned image. */
    BadPixelMask turned(Orientation orientation) {
        if (orientation.equals(Orientation.AS_STORED)) {
            return this;
        }
        byte[] bytes = new byte[bad.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bad[i] ? 1 : 0);
        }
        byte[] turned = orientation.turn(bytes, width, height);
        boolean[] flags = new boolean[bad.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = turned[i] != 0;
        }
        return new BadPixelMask(orientation.width(width, height), orientation.height(width, height), flags);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Whether the pixel at row-major index {@code y * width + x} is bad. */
    boolean isBad(int index) {
        return bad[index];
    }
}
