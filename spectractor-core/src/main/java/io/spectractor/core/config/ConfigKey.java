package io.spectractor.core.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One configuration key as the records declare it.
 *
 * @param section name of its section
 * @param name {@code section.key}
 * @param type type of the value
 * @param doc meaning, one line
 * @param unit unit, empty for none
 * @param ini name in Spectractor's ini files, empty for none
 * @param scalesWithBinning whether the value counts unbinned pixels
 * @param defaultText its default as text
 */
public record ConfigKey(
        String section,
        String name,
        Class<?> type,
        String doc,
        String unit,
        String ini,
        boolean scalesWithBinning,
        String defaultText) {

    private static final Map<String, String> SECTION_DOCS = sectionDocs();
    private static final SortedMap<String, ConfigKey> ALL = all();

    /** Every key by its name. */
    public static SortedMap<String, ConfigKey> byName() {
        return ALL;
    }

    /** Every section with its meaning, in the order of the records. */
    public static Map<String, String> sections() {
        return SECTION_DOCS;
    }

    /** The keys of a section in the order of the records. */
    public static List<ConfigKey> ofSection(String section) {
        return Arrays.stream(ExtractionConfig.class.getRecordComponents())
                .filter(c -> RecordFields.keyName(c).equals(section))
                .flatMap(c -> Arrays.stream(c.getType().getRecordComponents())
                        .map(k -> ALL.get(section + "." + RecordFields.keyName(k))))
                .toList();
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException with a message that says what was expected
     */
    public Object parse(String text) {
        String word = text.strip();
        if (type == String.class) {
            return word;
        }
        if (type == boolean.class) {
            return parseBoolean(word);
        }
        if (type.isEnum()) {
            return parseWord(word);
        }
        try {
            return type == int.class ? (Object) Integer.valueOf(word) : (Object) Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected " + expected(), e);
        }
    }

    /** What a value must look like, for people. */
    public String expected() {
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == int.class) {
            return "a whole number" + (unit.isEmpty() ? "" : " (" + unit + ")");
        }
        if (type == double.class) {
            return "a number" + (unit.isEmpty() ? "" : " (" + unit + ")");
        }
        return type.isEnum() ? "one of " + String.join(", ", words()) : "a word";
    }

    /** The allowed words of an enumeration, empty for other types. */
    public List<String> words() {
        Object[] constants = type.getEnumConstants();
        return constants == null
                ? List.of()
                : Arrays.stream(constants).map(ConfigText::valueText).toList();
    }

    private Object parseBoolean(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected " + expected());
        };
    }

    private Object parseWord(String word) {
        for (Object constant : type.getEnumConstants()) {
            if (plain(ConfigText.valueText(constant)).equals(plain(word))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("expected "
                + expected()
                + NearestMatch.of(word, words())
                        .map(w -> "; did you mean " + w + "?")
                        .orElse(""));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }

    private static Map<String, String> sectionDocs() {
        return Arrays.stream(ExtractionConfig.class.getRecordComponents())
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(
                                RecordFields::keyName,
                                c -> c.getAnnotation(Key.class).doc(),
                                (a, b) -> a,
                                java.util.LinkedHashMap::new),
                        Collections::unmodifiableMap));
    }

    private static SortedMap<String, ConfigKey> all() {
        SortedMap<String, String> defaults = ConfigText.all(ExtractionConfig.defaults());
        SortedMap<String, ConfigKey> keys = new TreeMap<>();
        for (RecordComponent section : ExtractionConfig.class.getRecordComponents()) {
            String sectionName = RecordFields.keyName(section);
            for (RecordComponent component : section.getType().getRecordComponents()) {
                String name = sectionName + "." + RecordFields.keyName(component);
                Key key = component.getAnnotation(Key.class);
                keys.put(
                        name,
                        new ConfigKey(
                                sectionName,
                                name,
                                component.getType(),
                                key.doc(),
                                key.unit(),
                                key.ini(),
                                key.scalesWithBinning(),
                                defaults.getOrDefault(name, "")));
            }
        }
        return Collections.unmodifiableSortedMap(keys);
    }
}
