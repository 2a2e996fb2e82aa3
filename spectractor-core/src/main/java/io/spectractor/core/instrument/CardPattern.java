package io.spectractor.core.instrument;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a card must be: words in which {@code *} stands for anything, without regard to case; comparisons
 * such as {@code <90} or {@code >=2}; {@code absent} for no value.
 *
 * @param card keyword
 * @param alternatives one of these has to fit
 */
public record CardPattern(String card, List<String> alternatives) {
    /** The word for a card that is missing, blank or null. */
    static final String ABSENT = "absent";

    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>)\\s*([-+0-9.eE]+)");

    public CardPattern {
        alternatives = List.copyOf(alternatives);
    }

    /** Whether a word begins as a comparison, but compares with no number. */
    static boolean isBrokenComparison(String alternative) {
        if (!alternative.startsWith("<") && !alternative.startsWith(">")) {
            return false;
        }
        try {
            var comparison = COMPARISON.matcher(alternative);
            return !comparison.matches() || !Double.isFinite(Double.parseDouble(comparison.group(2)));
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** Whether a value fits; null stands for a card without one. */
    public boolean fits(@Nullable String value) {
        return alternatives.stream().anyMatch(a -> fits(a, value));
    }

    private static boolean fits(String alternative, @Nullable String value) {
        if (alternative.equalsIgnoreCase(ABSENT)) {
            return value == null;
        }
        if (value == null) {
            return false;
        }
        var comparison = COMPARISON.matcher(alternative);
        if (comparison.matches()) {
            return compares(comparison.group(1), value, Double.parseDouble(comparison.group(2)));
        }
        String regex = "\\Q" + alternative.toLowerCase(Locale.ROOT).replace("*", "\\E.*\\Q") + "\\E";
        return value.strip().toLowerCase(Locale.ROOT).matches(regex);
    }

    private static boolean compares(String sign, String value, double limit) {
        try {
            double number = Double.parseDouble(value.strip());
            return switch (sign) {
                case "<" -> number < limit;
                case "<=" -> number <= limit;
                case ">" -> number > limit;
                default -> number >= limit;
            };
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return card + " = " + String.join(" or ", alternatives);
    }
}
