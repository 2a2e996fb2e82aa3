package io.spectractor.core.observation;

import io.spectractor.core.outcome.ExtractionException;
import java.nio.Buffer;
import java.util.Locale;

/**
 * The image of a FITS file: that of the primary HDU, or the one among the extensions, tile-compressed or not.
 *
 * @param width columns (NAXIS1), px
 * @param height rows (NAXIS2), px
 * @param pixels physical values, row-major; NaN where the file says blank. Owned by the receiver.
 * @param header the image's header
 * @param paddingMissing whether the file lacks its last padding bytes
 * @param sumDiffers whether the data do not sum up to what DATASUM says
 */
record FitsImage(int width, int height, float[] pixels, FitsHeader header, boolean paddingMissing, boolean sumDiffers) {
    /** More than cameras for full-format lenses have, 61 million; bounds the memory that one file can ask for. */
    static final long MAX_PIXELS = 1L << 26;

    /**
     * Reads it.
     *
     * @throws ExtractionException UNPROCESSABLE if the file is not a FITS file, is truncated or holds no 2D image; the
     *     message names file, HDU and cause
     */
    static FitsImage read(FitsSource source) {
        byte[] content = source.content();
        FitsLayout layout = FitsLayout.of(source.name(), content);
        return decode(
                source.name(),
                content,
                FrameHdu.in(source.name(), layout.hdus()),
                layout.paddingMissing(),
                source.arrays());
    }

    /**
     * Reads the image of an HDU, plain or tile-compressed.
     *
     * @param name of the file, for messages
     * @param content of the file, uncompressed
     * @param arrays that the pixels are put into one of
     * @throws ExtractionException UNPROCESSABLE if it holds no 2D image or is damaged
     */
    static FitsImage decode(String name, byte[] content, FrameHdu frame, boolean paddingMissing, PixelArrays arrays) {
        FitsHdu hdu = frame.hdu();
        FitsHeader header = frame.header();
        Shape shape = shape(name, header, hdu.label());
        float[] pixels = frame.isCompressed()
                ? CompressedFrame.unpack(name, content, hdu, header, shape.width(), shape.height(), arrays)
                : plain(name, content, hdu, header, shape, arrays);
        // compressed data with a wrong sum are refused
        boolean sumDiffers = !frame.isCompressed() && DataSum.differs(content, hdu);
        return new FitsImage(shape.width(), shape.height(), pixels, header, paddingMissing, sumDiffers);
    }

    private static float[] plain(
            String name, byte[] content, FitsHdu hdu, FitsHeader header, Shape shape, PixelArrays arrays) {
        Buffer stored = PixelDecoder.view(content, hdu.dataOffset(), hdu.dataLength(), bitpix(header));
        if (stored.limit() < shape.pixels()) {
            // PCOUNT and GCOUNT count too
            throw UnprocessableFile.because(
                    name,
                    hdu.label() + " is damaged: its axes promise " + shape.pixels() + " pixels, its data hold "
                            + stored.limit());
        }
        return PixelDecoder.of(header).decode(stored, arrays.floats(shape.pixels()));
    }

    /** The same file's image in another frame. */
    FitsImage withPixels(int newWidth, int newHeight, float[] newPixels) {
        return new FitsImage(newWidth, newHeight, newPixels, header, paddingMissing, sumDiffers);
    }

    private record Shape(int width, int height) {
        int pixels() {
            return width * height;
        }
    }

    private static int bitpix(FitsHeader header) {
        Long bitpix = header.integer("BITPIX");
        return bitpix == null ? 0 : bitpix.intValue();
    }

    private static Shape shape(String name, FitsHeader header, String label) {
        Long axes = header.integer("NAXIS");
        if (axes == null || axes == 0) {
            throw UnprocessableFile.because(name, label + " holds no data; a 2D image is expected");
        }
        StringBuilder lengths = new StringBuilder();
        boolean flat = axes >= 2;
        for (int axis = 1; axis <= axes; axis++) {
            long length = axisLength(header, axis);
            lengths.append(axis == 1 ? "" : " x ").append(length);
            // A third axis of length 1 is how some tools write a plain image.
            flat &= axis <= 2 || length == 1;
        }
        if (!flat) {
            throw UnprocessableFile.because(
                    name,
                    String.format(
                            Locale.ROOT,
                            "%s holds %dD data (%s); a 2D image is expected: sum its planes, or take one",
                            label,
                            axes,
                            lengths));
        }
        long width = axisLength(header, 1);
        long height = axisLength(header, 2);
        if (width <= 0 || height <= 0) {
            throw UnprocessableFile.because(name, "the image in " + label + " has no pixels (" + lengths + ")");
        }
        if (width > MAX_PIXELS || height > MAX_PIXELS || width * height > MAX_PIXELS) {
            throw UnprocessableFile.because(
                    name, "the image in " + label + " is larger (" + lengths + ") than any frame");
        }
        return new Shape((int) width, (int) height);
    }

    private static long axisLength(FitsHeader header, int axis) {
        Long length = header.integer("NAXIS" + axis);
        return length == null ? 0 : length;
    }
}
