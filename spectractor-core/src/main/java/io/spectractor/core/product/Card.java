package io.spectractor.core.product;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header card as read: keyword and value.
 *
 * @param keyword keyword; of a HIERARCH card the name behind it
 * @param value String, Long, Double or Boolean; null for a card without a usable value
 */
record Card(String keyword, @Nullable Object value) {
    private static final Pattern STRING = Pattern.compile(" *'((?:[^']|'')*)' *(?:/.*)?");
    private static final Pattern INTEGER = Pattern.compile(" *([+-]?\\d+) *(?:/.*)?");
    private static final Pattern REAL =
            Pattern.compile(" *([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[ED][+-]?\\d+)?) *(?:/.*)?");
    private static final Pattern LOGICAL = Pattern.compile(" *([TF]) *(?:/.*)?");
    private static final Pattern KEYWORD = Pattern.compile("[A-Z0-9_-]{1,8}");
    private static final Pattern HIERARCH = Pattern.compile("HIERARCH ([A-Za-z0-9_.-]+(?: [A-Za-z0-9_.-]+)*) *=");

    /** Reads one 80-character card; a card that breaks the standard has no value. */
    static Card parse(String card) {
        Matcher hierarch = HIERARCH.matcher(card);
        if (hierarch.lookingAt()) {
            return new Card(hierarch.group(1).toUpperCase(Locale.ROOT), value(card.substring(hierarch.end())));
        }
        String keyword = card.substring(0, Math.min(8, card.length())).stripTrailing();
        boolean hasValue = card.startsWith("= ", 8) && KEYWORD.matcher(keyword).matches();
        return new Card(keyword, hasValue ? value(card.substring(10)) : null);
    }

    /** Reads a card and the CONTINUE cards behind it. */
    static Card parse(List<String> cards) {
        Card first = parse(cards.get(0));
        if (cards.size() == 1 || !(first.value instanceof String start)) {
            return first;
        }
        StringBuilder text = new StringBuilder(start);
        for (String more : cards.subList(1, cards.size())) {
            text.setLength(text.length() - 1); // the ampersand
            text.append(continued(more));
        }
        return new Card(first.keyword, text.toString());
    }

    /** Whether the value goes on in a CONTINUE card. */
    static boolean isContinued(String card) {
        Object value = card.startsWith("CONTINUE") ? continued(card) : parse(card).value;
        return value instanceof String text && text.endsWith("&");
    }

    private static String continued(String card) {
        return card.length() > 8 && value(card.substring(8)) instanceof String text ? text : "";
    }

    private static @Nullable Object value(String text) {
        Matcher string = STRING.matcher(text);
        if (string.matches()) {
            return string.group(1).replace("''", "'").stripTrailing();
        }
        Matcher logical = LOGICAL.matcher(text);
        if (logical.matches()) {
            return logical.group(1).equals("T");
        }
        Matcher integer = INTEGER.matcher(text);
        if (integer.matches() && integer.group(1).length() < 19) {
            return Long.valueOf(integer.group(1));
        }
        Matcher real = REAL.matcher(text);
        return real.matches() ? Double.valueOf(real.group(1).replace('D', 'E')) : null;
    }
}
