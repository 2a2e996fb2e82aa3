package io.spectractor.core.observation;

import io.spectractor.core.instrument.CardUnit;
import io.spectractor.core.instrument.Label;
import io.spectractor.core.instrument.NumberRule;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.instrument.Vocabulary;
import io.spectractor.core.observation.HeaderValue.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the numbers of a header by the rules of a vocabulary. */
final class NumberFinder {
    /** Optional sign, degrees or hours, minutes, seconds. */
    private static final Pattern SEXAGESIMAL =
            Pattern.compile("([+-]?)(\\d{1,3})[: ]+(\\d{1,2})[: ]+(\\d{1,2}(?:\\.\\d*)?)");

    private final Vocabulary vocabulary;
    private final Function<String, @Nullable String> cards;
    private final HeaderReading reading;

    NumberFinder(Vocabulary vocabulary, Function<String, @Nullable String> cards, HeaderReading reading) {
        this.vocabulary = vocabulary;
        this.cards = cards;
        this.reading = reading;
    }

    /** The first value that a rule gives; what the rules before it found wrong goes into the line about it. */
    HeaderValue<Double> find(Quantity quantity) {
        List<String> faults = new ArrayList<>();
        String missing = null;
        for (NumberRule rule : vocabulary.of(quantity)) {
            if (!applies(rule)) {
                continue;
            }
            HeaderValue<Double> found = switch (rule.source()) {
                case CARD, FROM_ALTITUDE -> ofCards(quantity, rule);
                case CONSTANT -> new HeaderValue<>(rule.plus(), Status.FOUND, "always so with this instrument");
                case ASSUMED -> new HeaderValue<>(rule.plus(), Status.ASSUMED, "assumed");
                case COMPUTED -> new Pointing(reading).compute(quantity);
            };
            Double value = found.value();
            if (value != null) {
                String how = faults.isEmpty() ? found.how() : found.how() + "; " + String.join("; ", faults);
                return new HeaderValue<>(value, found.status(), how);
            }
            if (found.status() == Status.IMPOSSIBLE) {
                faults.add(found.how());
            } else if (missing == null) {
                missing = found.how();
            }
        }
        if (!faults.isEmpty()) {
            return new HeaderValue<>(null, Status.IMPOSSIBLE, String.join("; ", faults));
        }
        return new HeaderValue<>(null, Status.MISSING, missing == null ? "no card for it" : missing);
    }

    private boolean applies(NumberRule rule) {
        if (!rule.conditions().stream().allMatch(c -> c.fits(cards.apply(c.card())))) {
            return false;
        }
        boolean always = rule.from().isEmpty() && rule.until().isEmpty();
        return always || rule.holdsAt(reading.label(Label.DATE).value());
    }

    private HeaderValue<Double> ofCards(Quantity quantity, NumberRule rule) {
        boolean altitude = rule.source() == NumberRule.Source.FROM_ALTITUDE;
        Quantity counted = altitude ? Quantity.DECLINATION : quantity;
        double sum = 0;
        StringBuilder how = new StringBuilder();
        for (String card : rule.cards()) {
            String text = cards.apply(card);
            if (text == null) {
                return new HeaderValue<>(null, Status.MISSING, "card " + card + " is missing or blank");
            }
            String other = rule.differsFrom();
            if (other != null && text.equals(cards.apply(other))) {
                return impossible(
                        card + " = " + UnprocessableFile.quote(text) + " equals " + other + ": no measurement");
            }
            Double written = parse(text, rule.unit());
            if (written == null) {
                return impossible(card + " = '" + UnprocessableFile.quote(text) + "' is not " + expected(rule.unit()));
            }
            double value = CardUnit.convert(counted, rule.unit(), written);
            if (!rule.isValid(value)) {
                return impossible(outside(card, written, counted, rule, value));
            }
            sum += value;
            how.append(how.isEmpty() ? "card " : ", ")
                    .append(card)
                    .append(" = ")
                    .append(UnprocessableFile.quote(text));
        }
        if (!rule.unit().isEmpty()) {
            how.append(' ').append(rule.unit());
        }
        double mean = sum / rule.cards().size();
        double value = altitude ? 1 / Math.sin(Math.toRadians(mean)) : mean;
        return new HeaderValue<>(wrapped(quantity, rule.times() * value + rule.plus()), Status.FOUND, how.toString());
    }

    private static String outside(String card, double written, Quantity quantity, NumberRule rule, double value) {
        String unit = quantity.unit().isEmpty() ? "" : " " + quantity.unit();
        String converted = written == value ? "" : " (" + rule.unit() + "), " + shortest(value) + unit + ",";
        return card + " = " + written + converted + " lies outside " + shortest(rule.lowest()) + " to "
                + shortest(rule.highest()) + unit;
    }

    private static String shortest(double value) {
        return String.format(Locale.ROOT, "%.6g", value)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
    }

    /** Angles that are only known up to whole turns. */
    private static double wrapped(Quantity quantity, double value) {
        if (quantity == Quantity.HOUR_ANGLE || quantity == Quantity.CAMERA_ROTATION) {
            return value > 180 || value <= -180 ? value - 360 * Math.ceil((value - 180) / 360) : value;
        }
        return value;
    }

    private static HeaderValue<Double> impossible(String how) {
        return new HeaderValue<>(null, Status.IMPOSSIBLE, how);
    }

    private static String expected(String unit) {
        return isSexagesimal(unit) ? "sexagesimal (as 12:34:56.7)" : "a number";
    }

    private static boolean isSexagesimal(String unit) {
        return unit.equals(CardUnit.HMS) || unit.equals(CardUnit.DMS);
    }

    static @Nullable Double parse(String text, String unit) {
        if (isSexagesimal(unit)) {
            return sexagesimal(text);
        }
        try {
            double value = Double.parseDouble(text.replace('D', 'E').replace('d', 'e'));
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double sexagesimal(String text) {
        Matcher parts = SEXAGESIMAL.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        double minutes = Double.parseDouble(parts.group(3));
        double seconds = Double.parseDouble(parts.group(4));
        if (minutes >= 60 || seconds >= 60.01) {
            return null;
        }
        double size = Double.parseDouble(parts.group(2)) + minutes / 60 + seconds / 3600;
        // The sign counts for -00:12:30 too.
        return "-".equals(parts.group(1)) ? -size : size;
    }
}
