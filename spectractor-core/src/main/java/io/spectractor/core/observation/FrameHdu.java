package io.spectractor.core.observation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which HDU of a file holds the exposure: the primary if it has data, else the one image among the extensions.
 *
 * @param hdu that HDU
 * @param header the image's header, with the cards of the primary that an extension inherits (FITS 4.0, appendix K)
 */
record FrameHdu(FitsHdu hdu, FitsHeader header) {
    /** What stands beside an exposure without being one, in the conventions of HST, Gemini, LSST, SDSS and CFHT. */
    private static final Set<String> COMPANIONS = Set.of(
            "DQ",
            "ERR",
            "ERROR",
            "VAR",
            "VARIANCE",
            "IVAR",
            "INVVAR",
            "MASK",
            "FLAGS",
            "FLAG",
            "WEIGHT",
            "WHT",
            "UNC",
            "UNCERT",
            "UNCERTAINTY",
            "SIGMA",
            "STD",
            "STDDEV",
            "CONF",
            "CON",
            "BPM",
            "BACK",
            "BACKGROUND",
            "BKG",
            "SKY",
            "QUALITY");

    /** Small pictures for the eye that cameras and programs store beside an exposure. */
    private static final Pattern PREVIEW = Pattern.compile("(?i).*(thumb|preview|icon|jpeg|quick_?look).*");

    private static final Set<String> COMMENTARY = Set.of("COMMENT", "HISTORY", "");

    private static final Pattern SCALING = Pattern.compile("BZERO|BSCALE|BLANK|DATAMIN|DATAMAX");

    private static final Pattern STRUCTURE = Pattern.compile(
            "SIMPLE|XTENSION|BITPIX|NAXIS[0-9]*|PCOUNT|GCOUNT|EXTEND|INHERIT|EXTNAME|EXTVER|EXTLEVEL|CHECKSUM|DATASUM");
    private static final Pattern BELONGS_TO_EXTENSION =
            Pattern.compile("XTENSION|PCOUNT|GCOUNT|INHERIT|EXTNAME|EXTVER|EXTLEVEL|CHECKSUM|DATASUM");

    /**
     * Finds it. A preview, told by its name or by having at most half the columns and half the rows of the other, is none.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if no HDU holds an image or several do
     */
    static FrameHdu in(String name, List<FitsHdu> hdus) {
        FitsHdu primary = hdus.get(0);
        if (axes(primary.header()) != 0) {
            List<FitsHdu> larger = largerThanPrimary(hdus);
            // how the preview's numbers are scaled says nothing about the exposure's
            return larger.size() == 1
                    ? of(
                            FitsHeader.of(primary.header()
                                    .cardsRenamed(
                                            Map.of(),
                                            keyword -> SCALING.matcher(keyword).matches())),
                            larger.get(0))
                    : new FrameHdu(primary, primary.header());
        }
        List<FitsHdu> exposures = withoutPreviews(exposures(hdus));
        if (exposures.isEmpty()) {
            throw UnprocessableFile.because(
                    name,
                    hdus.size() == 1
                            ? "the primary HDU holds no data; a 2D image is expected"
                            : "none of its " + hdus.size() + " HDUs holds an image");
        }
        if (exposures.size() > 1) {
            throw UnprocessableFile.because(
                    name,
                    "holds " + exposures.size() + " images ("
                            + String.join(
                                    ", ",
                                    exposures.stream()
                                            .limit(5)
                                            .map(FrameHdu::title)
                                            .toList())
                            + (exposures.size() > 5 ? ", ..." : "")
                            + "); join them into one, or leave only the one to extract");
        }
        return of(primary.header(), exposures.get(0));
    }

    /** Extensions with an image that does not belong to another. */
    private static List<FitsHdu> exposures(List<FitsHdu> hdus) {
        return hdus.subList(1, hdus.size()).stream()
                .filter(hdu -> isImage(hdu.header()) && !isCompanion(hdu.header()))
                .toList();
    }

    /** Extensions of whose image the primary's can but be a preview. */
    private static List<FitsHdu> largerThanPrimary(List<FitsHdu> hdus) {
        return exposures(hdus).stream()
                .filter(hdu -> isPreviewOf(hdus.get(0).header(), hdu.header()))
                .toList();
    }

    private static List<FitsHdu> withoutPreviews(List<FitsHdu> images) {
        List<FitsHdu> named =
                images.stream().filter(hdu -> !isPreview(hdu.header())).toList();
        List<FitsHdu> exposures = named.isEmpty() ? images : named;
        return exposures.stream()
                .filter(hdu -> exposures.stream().noneMatch(other -> isPreviewOf(hdu.header(), other.header())))
                .toList();
    }

    /** Whether an image is so much smaller than another, along both axes, that it can but be a picture of it. */
    private static boolean isPreviewOf(FitsHeader small, FitsHeader large) {
        long columns = axisLength(small, 1);
        long rows = axisLength(small, 2);
        return columns > 0 && rows > 0 && 2 * columns <= axisLength(large, 1) && 2 * rows <= axisLength(large, 2);
    }

    /** The image of an extension, with what it inherits. */
    static FrameHdu of(FitsHeader primary, FitsHdu extension) {
        return new FrameHdu(extension, merged(primary, extension.header()));
    }

    /** The header of an image in an extension with the cards that it inherits from the primary. */
    static FitsHeader merged(FitsHeader primary, FitsHeader extension) {
        FitsHeader own;
        if (isCompressed(extension)) {
            own = CompressedFrame.imageHeader(extension);
        } else {
            own = FitsHeader.of(extension.cardsRenamed(
                    Map.of(), keyword -> BELONGS_TO_EXTENSION.matcher(keyword).matches()));
        }
        if ("F".equals(extension.text("INHERIT"))) {
            return own;
        }
        Set<String> taken = new HashSet<>();
        for (String card : own.cards()) {
            taken.add(FitsHeader.keyword(card));
        }
        List<String> inherited = primary.cardsRenamed(
                Map.of(),
                keyword -> STRUCTURE.matcher(keyword).matches()
                        || (!COMMENTARY.contains(keyword) && taken.contains(keyword)));
        // what a packing program says of the FITS format in an empty primary is nothing about the exposure
        if (inherited.stream().allMatch(card -> COMMENTARY.contains(FitsHeader.keyword(card)))) {
            return own;
        }
        List<String> cards = new ArrayList<>(own.cards());
        cards.addAll(inherited);
        return FitsHeader.of(cards);
    }

    boolean isCompressed() {
        return isCompressed(hdu.header());
    }

    static boolean isCompressed(FitsHeader header) {
        return header.isTrue("ZIMAGE");
    }

    /** Whether a header is that of an image with pixels, compressed or not. */
    static boolean isImage(FitsHeader header) {
        return isCompressed(header) || (axes(header) > 0 && "IMAGE".equals(header.text("XTENSION")));
    }

    /** The header of the first HDU with an image that is no preview; the primary's if there is none. */
    static FitsHeader firstImage(List<FitsHdu> hdus) {
        FitsHeader primary = hdus.get(0).header();
        if (axes(primary) != 0) {
            List<FitsHdu> larger = largerThanPrimary(hdus);
            return larger.size() == 1 ? larger.get(0).header() : primary;
        }
        return hdus.stream()
                .map(FitsHdu::header)
                .filter(FrameHdu::isImage)
                .findFirst()
                .orElse(primary);
    }

    /** Pixels of an image along an axis, compressed or not; 0 without one. */
    static long axisLength(FitsHeader header, int axis) {
        return Objects.requireNonNullElse(header.integer((isCompressed(header) ? "ZNAXIS" : "NAXIS") + axis), 0L);
    }

    /** Whether its name says that an image is a preview. */
    static boolean isPreview(FitsHeader header) {
        String title = header.text("EXTNAME");
        return title != null && PREVIEW.matcher(title).matches();
    }

    static boolean isCompanion(FitsHeader header) {
        String title = header.text("EXTNAME");
        return title != null && COMPANIONS.contains(title.toUpperCase(Locale.ROOT));
    }

    static long axes(FitsHeader header) {
        return Objects.requireNonNullElse(header.integer("NAXIS"), 0L);
    }

    private static String title(FitsHdu hdu) {
        String title = hdu.header().text("EXTNAME");
        return title == null ? hdu.label() : UnprocessableFile.quote(title);
    }
}
