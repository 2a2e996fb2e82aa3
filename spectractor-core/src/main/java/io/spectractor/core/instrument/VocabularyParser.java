package io.spectractor.core.instrument;

import io.spectractor.core.instrument.NumberRule.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code header} of a description. */
final class VocabularyParser {
    private static final String POSITION = "position";

    private static final Pattern DATE =
            Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?)?)?)?");

    private static final String[] NUMBER_KEYS = {
        "card",
        "mean",
        "unit",
        "valid",
        "times",
        "plus",
        "when",
        "from",
        "until",
        "differs_from",
        "assume",
        "value",
        "sine_of_altitude",
        "compute"
    };
    private static final String[] LABEL_KEYS = {"card", "value", "none", "prefix", "names", "when"};

    private VocabularyParser() {}

    static Vocabulary parse(YamlMapping header) {
        header.allow(Stream.of(
                        Arrays.stream(Quantity.values()).map(Quantity::key),
                        Arrays.stream(Label.values()).map(Label::key),
                        Stream.of("required"))
                .flatMap(s -> s)
                .toArray(String[]::new));
        Map<Quantity, List<NumberRule>> numbers = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            List<NumberRule> rules = new ArrayList<>();
            header.mappings(quantity.key()).forEach(rule -> rules.add(number(quantity, rule)));
            numbers.put(quantity, rules);
        }
        Map<Label, List<LabelRule>> labels = new EnumMap<>(Label.class);
        for (Label label : Label.values()) {
            labels.put(
                    label,
                    header.mappings(label.key()).stream()
                            .map(VocabularyParser::label)
                            .toList());
        }
        Set<Quantity> required = EnumSet.noneOf(Quantity.class);
        Set<Label> requiredLabels = EnumSet.noneOf(Label.class);
        for (String name : header.texts("required")) {
            boolean known = false;
            for (Quantity quantity : Quantity.values()) {
                known |= quantity.key().equals(name) && required.add(quantity);
            }
            for (Label label : Label.values()) {
                known |= label.key().equals(name) && requiredLabels.add(label);
            }
            if (!known) {
                throw header.wrong("required", "'" + name + "' is nothing that a header can say, or is named twice");
            }
        }
        return new Vocabulary(numbers, labels, required, requiredLabels);
    }

    private static NumberRule number(Quantity quantity, YamlMapping rule) {
        rule.allow(NUMBER_KEYS);
        Source source = source(quantity, rule);
        if (source == Source.COMPUTED && !rule.text("compute").equals(POSITION)) {
            throw rule.wrong(
                    "compute",
                    "compute = '" + rule.text("compute") + "': what can be computed is of the " + POSITION
                            + ", with the time and the site");
        }
        if (source == Source.COMPUTED && quantity != Quantity.HOUR_ANGLE && quantity != Quantity.AIRMASS) {
            throw rule.wrong("compute", quantity.key() + " can't be computed; hour_angle and airmass can");
        }
        String unit = rule.text("unit", source == Source.FROM_ALTITUDE ? "deg" : quantity.unit());
        Quantity counted = source == Source.FROM_ALTITUDE ? Quantity.DECLINATION : quantity;
        if (!CardUnit.fits(counted, unit)) {
            throw rule.wrong(
                    "unit",
                    "'" + unit + "' is not a unit of " + quantity.key() + ", which can be "
                            + CardUnit.of(counted, ", "));
        }
        double[] valid = rule.has("valid")
                ? rule.range("valid")
                : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        if (!(valid[0] <= valid[1])) {
            throw rule.wrong("valid", "valid starts at " + valid[0] + " and ends before it, at " + valid[1]);
        }
        double constant = source == Source.ASSUMED || source == Source.CONSTANT ? constant(quantity, source, rule) : 0;
        if (rule.number("times", 1) == 0) {
            throw rule.wrong("times", "times = 0 would make " + quantity.key() + " the same whatever the card says");
        }
        return new NumberRule(
                source,
                cards(source, rule),
                unit.toLowerCase(Locale.ROOT),
                valid[0],
                valid[1],
                rule.number("times", 1),
                rule.number("plus", 0) + constant,
                conditions(rule),
                date(rule, "from"),
                date(rule, "until"),
                rule.has("differs_from") ? rule.text("differs_from") : null);
    }

    /** A constant that the quantity can have. */
    private static double constant(Quantity quantity, Source source, YamlMapping rule) {
        String key = source == Source.ASSUMED ? "assume" : "value";
        double value = rule.number(key);
        if (!quantity.canBe(value)) {
            throw rule.wrong(
                    key,
                    key + " = " + value + " is no " + quantity.key() + "; " + quantity.possible() + " is possible");
        }
        return value;
    }

    private static String date(YamlMapping rule, String key) {
        String text = rule.text(key, "");
        if (!text.isEmpty() && !DATE.matcher(text).matches()) {
            throw rule.wrong(key, key + " = '" + text + "' is no date as 2020-01-28 or 2020-01-28T22:00:00");
        }
        return text;
    }

    private static Source source(Quantity quantity, YamlMapping rule) {
        Map<String, Source> keys = new LinkedHashMap<>();
        keys.put("card", Source.CARD);
        keys.put("mean", Source.CARD);
        keys.put("assume", Source.ASSUMED);
        keys.put("value", Source.CONSTANT);
        keys.put("sine_of_altitude", Source.FROM_ALTITUDE);
        keys.put("compute", Source.COMPUTED);
        List<String> given = keys.keySet().stream().filter(rule::has).toList();
        if (given.size() != 1) {
            throw rule.wrong(
                    given.isEmpty() ? "" : given.get(1),
                    quantity.key() + " needs one of " + String.join(", ", keys.keySet())
                            + (given.isEmpty() ? "" : ", not " + String.join(" and ", given)));
        }
        return keys.get(given.get(0));
    }

    private static List<String> cards(Source source, YamlMapping rule) {
        return switch (source) {
            case CARD -> rule.texts(rule.has("card") ? "card" : "mean");
            case FROM_ALTITUDE -> rule.texts("sine_of_altitude");
            case ASSUMED, CONSTANT, COMPUTED -> List.of();
        };
    }

    private static LabelRule label(YamlMapping rule) {
        rule.allow(LABEL_KEYS);
        if (rule.has("card") == rule.has("value")) {
            throw rule.wrong("card", "needs a card or a value, and not both");
        }
        Map<String, String> names = new LinkedHashMap<>();
        if (rule.has("names")) {
            YamlMapping map = rule.mapping("names");
            map.keys().forEach(k -> names.put(k.toLowerCase(Locale.ROOT), map.text(k)));
        }
        @Nullable String constant = rule.has("value") ? rule.text("value") : null;
        return new LabelRule(
                rule.text("card", ""), constant, rule.texts("none"), rule.text("prefix", ""), names, conditions(rule));
    }

    private static List<CardPattern> conditions(YamlMapping rule) {
        return rule.has("when") ? patterns(rule.mapping("when")) : List.of();
    }

    /** Cards with what their values must be. */
    static List<CardPattern> patterns(YamlMapping cards) {
        for (String card : cards.keys()) {
            for (String word : cards.texts(card)) {
                if (CardPattern.isBrokenComparison(word)) {
                    throw cards.wrong(
                            card, card + ": '" + word + "' compares with no number; write \"<90\" or \">=2\"");
                }
            }
        }
        return cards.keys().stream()
                .map(card -> new CardPattern(card, cards.texts(card)))
                .toList();
    }
}
