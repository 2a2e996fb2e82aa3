package io.spectractor.core.observation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cards of one FITS header, with the values looked up by keyword.
 *
 * <p>Parsed here rather than by nom-tam-fits, because cards must survive verbatim (duplicates, CONTINUE) and because an
 * error must say exactly what is wrong. Of a keyword that occurs twice (UT and PROPID do in CTIO frames) the first value
 * counts. Source: FITS standard 4.0, §4.
 */
final class FitsHeader {
    static final int CARD = 80;

    private static final int KEYWORD = 8;
    private static final int VALUE = 10;

    private final List<String> cards;
    private final Map<String, String> values;

    private final Map<String, String> contradictions;

    private FitsHeader(List<String> cards, Map<String, String> values, Map<String, String> contradictions) {
        this.cards = cards;
        this.values = values;
        this.contradictions = contradictions;
    }

    /** Header with these cards of 80 characters each, END excluded. */
    static FitsHeader of(List<String> cards) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> contradictions = new HashMap<>();
        for (int i = 0; i < cards.size(); i++) {
            String card = cards.get(i);
            if (card.startsWith("= ", KEYWORD)) {
                String value = value(cards, i, VALUE);
                String first = values.putIfAbsent(keyword(card), value);
                if (first != null && !isSame(first, value)) {
                    contradictions.putIfAbsent(keyword(card), value);
                }
            } else if (card.startsWith("HIERARCH ") && card.indexOf('=') > 0) {
                int equals = card.indexOf('=');
                String keyword = card.substring("HIERARCH ".length(), equals).trim();
                values.putIfAbsent(keyword.toUpperCase(Locale.ROOT), value(cards, i, equals + 1));
            }
        }
        return new FitsHeader(List.copyOf(cards), values, contradictions);
    }

    private static boolean isSame(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Double first = parsed(one);
        return first != null && first.equals(parsed(other));
    }

    /** The other value of a keyword that occurs with two; null where all its cards agree. */
    @Nullable
    String otherValue(String keyword) {
        return contradictions.get(keyword);
    }

    /** The cards, 80 characters each, in their order, without END. */
    List<String> cards() {
        return cards;
    }

    /** Value as text, quotes and blanks at either end removed; null if the keyword is absent or its value blank. */
    @Nullable
    String text(String keyword) {
        // the names of HIERARCH cards are written in both cases; those of eight letters are in capitals
        String value = values.get(keyword.toUpperCase(Locale.ROOT));
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * Value as a number; numbers in quotes count too, CTIO writes some so.
     *
     * @return null if the keyword is absent, its value is blank or not a number
     */
    @Nullable
    Double number(String keyword) {
        String value = text(keyword);
        return value == null ? null : parsed(value);
    }

    private static @Nullable Double parsed(String value) {
        try {
            return Double.valueOf(value.replace('D', 'E').replace('d', 'e'));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Value as a whole number, or null if it is absent or not one. */
    @Nullable
    Long integer(String keyword) {
        String value = text(keyword);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether the logical value is T. */
    boolean isTrue(String keyword) {
        return "T".equals(values.get(keyword));
    }

    /** Text of the value of card {@code i}, with the CONTINUE cards that belong to it. */
    private static String value(List<String> cards, int i, int column) {
        String field = cards.get(i).substring(column);
        if (!field.stripLeading().startsWith("'")) {
            int slash = field.indexOf('/');
            return (slash < 0 ? field : field.substring(0, slash)).trim();
        }
        StringBuilder text = new StringBuilder(quoted(field));
        int next = i + 1;
        while (text.length() > 0
                && text.charAt(text.length() - 1) == '&'
                && next < cards.size()
                && cards.get(next).startsWith("CONTINUE  ")) {
            text.setLength(text.length() - 1);
            text.append(quoted(cards.get(next).substring(VALUE)));
            next++;
        }
        return text.toString().trim();
    }

    /** Content of the quoted string at the start of a field; a doubled quote stands for one. */
    private static String quoted(String field) {
        StringBuilder text = new StringBuilder();
        int i = field.indexOf('\'') + 1;
        while (i > 0 && i < field.length()) {
            char c = field.charAt(i);
            if (c == '\'') {
                if (i + 1 >= field.length() || field.charAt(i + 1) != '\'') {
                    break;
                }
                i++;
            }
            text.append(c);
            i++;
        }
        return text.toString().stripTrailing();
    }

    /** Copies of the cards whose keyword passes, renamed where the map has another keyword for them. */
    List<String> cardsRenamed(Map<String, String> renamed, java.util.function.Predicate<String> dropped) {
        List<String> kept = new ArrayList<>();
        for (String card : cards) {
            String keyword = card.substring(0, KEYWORD).trim();
            if (!dropped.test(keyword)) {
                String other = renamed.get(keyword);
                kept.add(other == null ? card : padded(other, KEYWORD) + card.substring(KEYWORD));
            }
        }
        return kept;
    }

    /** The keyword of a card. */
    static String keyword(String card) {
        return card.substring(0, KEYWORD).trim();
    }

    static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }
}
