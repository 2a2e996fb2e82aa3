package io.spectractor.core.product;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The input image's cards as they go into a product: all of them, except what would be wrong there.
 *
 * <ul>
 *   <li>Dropped: cards about the shape, scaling, compression, checksums and pixel-to-sky mapping of the input's array.
 *   <li>Dropped: cards whose keyword this software writes itself (DEC and HA become decimal degrees, ...).
 *   <li>Of cards with one keyword the last stays; an earlier one of another value becomes a COMMENT.
 *   <li>Cards that break the standard, have no value, or one of another type than the standard says, become COMMENTs.
 *   <li>DATE, which speaks of the input file, becomes INDATE; its ORIGIN becomes INORIGIN.
 * </ul>
 */
final class InputCards {
    private static final Pattern STRUCTURE =
            Pattern.compile("SIMPLE|XTENSION|BITPIX|NAXIS\\d*|EXTEND|PCOUNT|GCOUNT|GROUPS"
                    + "|BSCALE|BZERO|BLANK|BUNIT|DATAMAX|DATAMIN|BLOCKED|EXTVER|EXTLEVEL|INHERIT|THEAP|TFIELDS|END"
                    + "|P(TYPE|SCAL|ZERO)\\d+|T(TYPE|FORM|UNIT|NULL|SCAL|ZERO|DISP|BCOL|DIM)\\d+");
    private static final Pattern COMPRESSION = Pattern.compile(
            "Z(IMAGE|SIMPLE|TENSION|EXTEND|BITPIX|NAXIS\\d*|TILE\\d+|CMPTYPE|NAME\\d+|VAL\\d+|MASKCMP|QUANTIZ"
                    + "|DITHER0|PCOUNT|GCOUNT|HECKSUM|DATASUM|BLANK|SCALE|ZERO|BLOCKED)|FZ[A-Z0-9]{1,6}");
    private static final Pattern PIXEL_TO_SKY =
            Pattern.compile("WCSAXES[A-Z]?|(CTYPE|CUNIT|CRVAL|CRPIX|CDELT|CROTA|CNAME|CRDER|CSYER)\\d+[A-Z]?"
                    + "|(CD|PC)\\d+_\\d+[A-Z]?|(PV|PS)\\d+_\\d+[A-Z]?|WCSDIM|LTM\\d+_\\d+|LTV\\d+|WAT\\d+_\\d+"
                    + "|(WCSNAME|LONPOLE|LATPOLE|SSYSOBS|SSYSSRC)[A-Z]?|RADECSYS"
                    // of alternate coordinates; an A to Z of the input's would speak of ours
                    + "|(RADESYS|EQUINOX|SPECSYS|VELOSYS|VELANGL|ZSOURCE|RESTFRQ|RESTWAV)[A-Z]");

    /** Keywords whose type the standard fixes: FITS 4.0, §4.4.2, §8.3 and §9. */
    private static final Set<String> TEXT = Set.of(
            "OBJECT",
            "OBSERVER",
            "TELESCOP",
            "INSTRUME",
            "ORIGIN",
            "AUTHOR",
            "REFERENC",
            "RADESYS",
            "TIMESYS",
            "TREFPOS",
            "PLEPHEM",
            "TIMEUNIT",
            "SPECSYS",
            "EXTNAME",
            "CREATOR",
            "BUNIT");

    private static final Set<String> NUMBER = Set.of(
            "EQUINOX",
            "MJD-OBS",
            "MJD-BEG",
            "MJD-AVG",
            "MJD-END",
            "MJDREF",
            "MJDREFI",
            "MJDREFF",
            "TIMEOFFS",
            "TIMSYER",
            "TIMRDER",
            "JEPOCH",
            "BEPOCH",
            "TSTART",
            "TSTOP",
            "XPOSURE",
            "TELAPSE",
            "TIMEDEL",
            "RESTFRQ",
            "RESTWAV",
            "VELOSYS",
            "VELANGL",
            "ZSOURCE",
            "OBSGEO-X",
            "OBSGEO-Y",
            "OBSGEO-Z",
            "OBSGEO-B",
            "OBSGEO-L",
            "OBSGEO-H");
    private static final Pattern DATE = Pattern.compile("DATE(-[A-Z]+)?|DATEREF");
    private static final Pattern ISO_DATE =
            Pattern.compile("\\d{4}-[01]\\d-[0-3]\\d(T[0-2]\\d:[0-5]\\d:[0-6]\\d(\\.\\d*)?)?");
    private static final Pattern OLD_DATE = Pattern.compile("[0-3]\\d/[01]\\d/\\d\\d");

    private InputCards() {}

    static List<String> forProduct(List<String> input) {
        List<List<String>> groups = group(input);
        Map<String, Integer> last = new HashMap<>();
        List<String> keywords = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            groups.set(i, rename(groups.get(i)));
            Card card = Card.parse(groups.get(i));
            keywords.add(card.keyword());
            if (card.value() != null) {
                last.put(card.keyword(), i);
            }
        }
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<String> cards = groups.get(i);
            String keyword = keywords.get(i);
            if (isCommentary(keyword)) {
                kept.addAll(cards);
            } else if (!isDropped(keyword)) {
                Card card = Card.parse(cards);
                int winner = last.getOrDefault(keyword, -1);
                if (card.value() == null || isOfWrongType(keyword, card.value())) {
                    cards.forEach(c -> kept.addAll(CardText.comment(c)));
                } else if (winner == i) {
                    kept.addAll(cards);
                } else if (!card.value().equals(Card.parse(groups.get(winner)).value())) {
                    cards.forEach(c -> kept.addAll(CardText.comment(c)));
                }
            }
        }
        return List.copyOf(kept);
    }

    /** Splits the header into cards with the CONTINUE cards that belong to them. */
    private static List<List<String>> group(List<String> input) {
        List<List<String>> groups = new ArrayList<>();
        for (String entry : input) {
            for (int from = 0; from < entry.length(); from += CardText.LENGTH) {
                String raw = entry.substring(from, Math.min(from + CardText.LENGTH, entry.length()));
                String card = CardText.padRight(CardText.ascii(raw), CardText.LENGTH);
                if (card.isBlank()) {
                    continue;
                }
                if (card.startsWith("CONTINUE")) {
                    List<String> open = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
                    if (!open.isEmpty() && Card.isContinued(open.get(open.size() - 1))) {
                        open.add(card);
                        continue;
                    }
                }
                groups.add(new ArrayList<>(List.of(card)));
            }
        }
        return groups;
    }

    private static List<String> rename(List<String> cards) {
        String first = cards.get(0);
        if (first.startsWith("DATE    = ")) {
            cards.set(0, "INDATE  = " + first.substring(10));
        } else if (first.startsWith("ORIGIN  = ")) {
            cards.set(0, "INORIGIN= " + first.substring(10));
        }
        return cards;
    }

    private static boolean isOfWrongType(String keyword, Object value) {
        if (DATE.matcher(keyword).matches()) {
            return !(value instanceof String text)
                    || !(ISO_DATE.matcher(text.strip()).matches()
                            || OLD_DATE.matcher(text.strip()).matches());
        }
        return TEXT.contains(keyword)
                ? !(value instanceof String)
                : NUMBER.contains(keyword) && !(value instanceof Number);
    }

    private static boolean isCommentary(String keyword) {
        return keyword.isEmpty() || keyword.equals("COMMENT") || keyword.equals("HISTORY");
    }

    private static boolean isDropped(String keyword) {
        return STRUCTURE.matcher(keyword).matches()
                || COMPRESSION.matcher(keyword).matches()
                || PIXEL_TO_SKY.matcher(keyword).matches()
                || keyword.equals("EPOCH")
                || ProductKeyword.isOurs(keyword);
    }
}
