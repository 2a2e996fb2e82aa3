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

    private static final Set<String> COMMENTARY = Set.of("COMMENT", "HISTORY", "");

    private static final Pattern STRUCTURE = Pattern.compile(
            "SIMPLE|XTENSION|BITPIX|NAXIS[0-9]*|PCOUNT|GCOUNT|EXTEND|INHERIT|EXTNAME|EXTVER|EXTLEVEL|CHECKSUM|DATASUM");
    private static final Pattern BELONGS_TO_EXTENSION =
            Pattern.compile("XTENSION|PCOUNT|GCOUNT|INHERIT|EXTNAME|EXTVER|EXTLEVEL|CHECKSUM|DATASUM");

    /**
     * Finds it.
     *
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if no HDU holds an image or several do
     */
    static FrameHdu in(String name, List<FitsHdu> hdus) {
        FitsHdu primary = hdus.get(0);
        if (axes(primary.header()) != 0) {
            return new FrameHdu(primary, primary.header());
        }
        List<FitsHdu> images = new ArrayList<>();
        for (FitsHdu hdu : hdus.subList(1, hdus.size())) {
            if (isImage(hdu.header())) {
                images.add(hdu);
            }
        }
        List<FitsHdu> exposures =
                images.stream().filter(hdu -> !isCompanion(hdu.header())).toList();
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

    /** The header of the first HDU with an image; the primary's if there is none. */
    static FitsHeader firstImage(List<FitsHdu> hdus) {
        FitsHeader primary = hdus.get(0).header();
        if (axes(primary) != 0) {
            return primary;
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
