package io.spectractor.core.observation;

import io.spectractor.core.instrument.ChipSize;
import io.spectractor.core.instrument.FrameLayout;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.MaskPlane;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The image of a file as it is stored, before it is turned.
 *
 * @param layout how the file is laid out
 * @param columns columns of the stored image
 * @param rows rows of it
 * @param pixels values in the unit of the file, row-major; owned by the receiver
 * @param header what the file says of the exposure
 * @param bits bits of {@link CcdImage} from the plane of flags, or null
 * @param variance variances in the square of the file's unit, or null
 * @param paddingMissing whether the file lacks its last padding bytes
 * @param sumDiffers whether the data do not sum up to what DATASUM says
 */
record StoredFrame(
        FrameLayout layout,
        int columns,
        int rows,
        float[] pixels,
        FitsHeader header,
        byte @Nullable [] bits,
        float @Nullable [] variance,
        boolean paddingMissing,
        boolean sumDiffers) {

    /** Covariance of a spectrum, in the products of this program and of the original. */
    private static final String PRODUCT_HDU = "SPEC_COV";

    /** Card of a product, also of those of the first years, which have but one HDU. */
    private static final String PRODUCT_CARD = "TARGETX";

    /** Wavelengths, fluxes and errors. */
    private static final int PRODUCT_ROWS = 3;

    /**
     * Reads it.
     *
     * @param wanted name of the layout, or {@code auto}
     */
    static StoredFrame read(FitsSource source, Instrument instrument, String wanted) {
        String name = source.name();
        byte[] content = source.content();
        FitsLayout file = FitsLayout.of(name, content);
        if (file.names().stream().anyMatch(PRODUCT_HDU::equalsIgnoreCase)) {
            throw UnprocessableFile.because(
                    name,
                    "it has an HDU " + PRODUCT_HDU + ": it is a spectrum that was extracted already, and no exposure;"
                            + " give the image it was made of");
        }
        FitsHeader first = file.hdus().get(0).header();
        if (first.text(PRODUCT_CARD) != null
                && FrameHdu.axes(first) > 0
                && FrameHdu.axisLength(first, 2) <= PRODUCT_ROWS) {
            throw UnprocessableFile.because(
                    name,
                    "its header says where order 0 was found (" + PRODUCT_CARD
                            + "), and its data are rows of numbers: it is"
                            + " a spectrum that was extracted already, and no exposure; give the image it was made of");
        }
        FrameLayout layout = choose(name, file, instrument, wanted);
        FitsHeader primary = file.hdus().get(0).header();
        if (layout.raw() != null) {
            return RawAssembly.read(name, content, file, layout, layout.raw(), source.arrays())
                    .withCards(file);
        }
        FrameHdu hdu = layout.image().isEmpty()
                ? FrameHdu.in(name, file.hdus())
                : FrameHdu.of(
                        primary, file.named(layout.image()).orElseThrow(() -> lacks(name, layout, layout.image())));
        FitsImage image = FitsImage.decode(name, content, hdu, file.paddingMissing(), source.arrays());
        return new StoredFrame(
                        layout,
                        image.width(),
                        image.height(),
                        image.pixels(),
                        image.header(),
                        bits(name, content, file, layout, image, source.arrays()),
                        variance(name, content, file, layout, image, source.arrays()),
                        file.paddingMissing(),
                        image.sumDiffers())
                .withCards(file);
    }

    /** With the cards of the HDUs that say something of the exposure too; those of the image come first. */
    private StoredFrame withCards(FitsLayout file) {
        FitsHeader all = header;
        for (String hdu : layout.cards()) {
            FitsHdu found = file.named(hdu).orElse(null);
            if (found != null) {
                all = FrameHdu.merged(found.header(), all);
            }
        }
        return all == header
                ? this
                : new StoredFrame(layout, columns, rows, pixels, all, bits, variance, paddingMissing, sumDiffers);
    }

    /**
     * The frame in its place on the whole chip, without data around it; itself if it begins where the chip does. This frame must not
     * be used afterwards.
     */
    StoredFrame on(ReadoutWindow window, @Nullable ChipSize chip, PixelArrays arrays) {
        if (chip == null || !window.isShifted()) {
            return this;
        }
        int width = chip.columns() / window.binning();
        int height = chip.rows() / window.binning();
        byte[] flags = bits;
        float[] known = variance;
        return new StoredFrame(
                layout,
                width,
                height,
                onChip(window, pixels, width, height, arrays),
                header,
                flags == null ? null : window.onChip(flags, columns, rows, width, height),
                known == null ? null : onChip(window, known, width, height, arrays),
                paddingMissing,
                sumDiffers);
    }

    private float[] onChip(ReadoutWindow window, float[] values, int width, int height, PixelArrays arrays) {
        float[] chip = arrays.floats(width * height);
        window.placeOnChip(values, columns, rows, chip, width);
        arrays.recycle(values);
        return chip;
    }

    /** The layout that a file has. */
    static FrameLayout choose(String name, FitsLayout file, Instrument instrument, String wanted) {
        List<String> names = file.names();
        if (!wanted.equals("auto")) {
            return instrument.frames().stream()
                    .filter(f -> f.name().equalsIgnoreCase(wanted))
                    .findFirst()
                    .orElseThrow(() -> UnprocessableFile.because(
                            name,
                            "instrument.frame = " + wanted + " is none of the frames of " + instrument.name() + ": "
                                    + String.join(
                                            ", ",
                                            instrument.frames().stream()
                                                    .map(FrameLayout::name)
                                                    .toList())));
        }
        FitsHeader image = FrameHdu.firstImage(file.hdus());
        long columns = FrameHdu.axisLength(image, 1);
        long rows = FrameHdu.axisLength(image, 2);
        return instrument.frames().stream()
                .filter(f -> f.fits(names, columns, rows))
                .findFirst()
                .orElseThrow(() -> UnprocessableFile.because(
                        name,
                        "its HDUs (" + String.join(", ", names) + ") are laid out as no frame of "
                                + instrument.title()));
    }

    private static io.spectractor.core.outcome.ExtractionException lacks(String name, FrameLayout layout, String hdu) {
        return UnprocessableFile.because(name, "has no HDU " + hdu + ", which a frame '" + layout.name() + "' has");
    }

    private static byte @Nullable [] bits(
            String name, byte[] content, FitsLayout file, FrameLayout layout, FitsImage image, PixelArrays arrays) {
        MaskPlane plane = layout.mask();
        if (plane == null) {
            return null;
        }
        FitsHdu hdu = file.named(plane.hdu()).orElseThrow(() -> lacks(name, layout, plane.hdu()));
        FitsImage mask =
                FitsImage.decode(name, content, FrameHdu.of(file.hdus().get(0).header(), hdu), false, arrays);
        requireSize(name, image, mask, plane.hdu());
        int bad = planes(mask.header(), plane, plane.bad());
        int saturated = planes(mask.header(), plane, plane.saturated());
        int cosmic = planes(mask.header(), plane, plane.cosmic());
        byte[] bits = arrays.bytes(mask.pixels().length);
        for (int i = 0; i < bits.length; i++) {
            int value = (int) mask.pixels()[i];
            bits[i] = (byte) (((value & bad) != 0 ? CcdImage.BAD : 0)
                    | ((value & saturated) != 0 ? CcdImage.SATURATED : 0)
                    | ((value & cosmic) != 0 ? CcdImage.COSMIC : 0));
        }
        arrays.recycle(mask.pixels());
        return bits;
    }

    /** The header numbers the planes; one that it does not name is not used in this file. */
    private static int planes(FitsHeader header, MaskPlane plane, List<String> names) {
        int bits = 0;
        for (String planeName : names) {
            Long bit = header.integer(plane.prefix() + planeName);
            if (bit != null && bit >= 0 && bit < 24) {
                bits |= 1 << bit;
            }
        }
        return bits;
    }

    private static float @Nullable [] variance(
            String name, byte[] content, FitsLayout file, FrameLayout layout, FitsImage image, PixelArrays arrays) {
        if (layout.variance().isEmpty()) {
            return null;
        }
        FitsHdu hdu = file.named(layout.variance()).orElseThrow(() -> lacks(name, layout, layout.variance()));
        FitsImage variance =
                FitsImage.decode(name, content, FrameHdu.of(file.hdus().get(0).header(), hdu), false, arrays);
        requireSize(name, image, variance, layout.variance());
        return variance.pixels();
    }

    private static void requireSize(String name, FitsImage image, FitsImage other, String hdu) {
        if (other.width() != image.width() || other.height() != image.height()) {
            throw UnprocessableFile.because(
                    name,
                    String.format(
                            Locale.ROOT,
                            "HDU %s has %d x %d pixels, the image %d x %d",
                            hdu,
                            other.width(),
                            other.height(),
                            image.width(),
                            image.height()));
        }
    }
}
