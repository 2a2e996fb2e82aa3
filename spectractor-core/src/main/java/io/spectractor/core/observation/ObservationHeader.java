package io.spectractor.core.observation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a file say of the exposure: that of the image first, then the primary's.
 *
 * @param image header of the image
 * @param primary header of the primary HDU, which may be the same
 */
record ObservationHeader(FitsHeader image, FitsHeader primary) {
    /** What says nothing of an exposure. */
    private static final Set<String> STRUCTURE = Set.of(
            "SIMPLE", "XTENSION", "BITPIX", "NAXIS", "NAXIS1", "NAXIS2", "NAXIS3", "EXTEND", "PCOUNT", "GCOUNT", "EXTNAME",
            "EXTVER", "COMMENT", "HISTORY", "", "CHECKSUM", "DATASUM");

    /** Value of a card, null where it is absent, blank or null. */
    @Nullable
    String text(String keyword) {
        String value = image.text(keyword);
        return value == null ? primary.text(keyword) : value;
    }

    /** All cards that say something of the exposure, each in its 80-character form. */
    List<String> cards() {
        if (image == primary || isBare(primary)) {
            return image.cards();
        }
        List<String> cards = new ArrayList<>(primary.cards());
        Set<String> known = new HashSet<>(STRUCTURE);
        primary.cards().forEach(c -> known.add(keyword(c)));
        for (String card : image.cards()) {
            if (!known.contains(keyword(card)) && !card.startsWith("CONTINUE")) {
                cards.add(card);
            }
        }
        return cards;
    }

    private static boolean isBare(FitsHeader header) {
        return header.cards().stream().map(ObservationHeader::keyword).allMatch(STRUCTURE::contains);
    }

    private static String keyword(String card) {
        return card.startsWith("HIERARCH ") && card.indexOf('=') > 0
                ? card.substring(0, card.indexOf('=')).strip()
                : card.substring(0, 8).strip();
    }
}
