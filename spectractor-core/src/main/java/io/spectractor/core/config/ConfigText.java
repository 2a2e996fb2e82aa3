package io.spectractor.core.config;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The canonical text of a configuration: what provenance records and what its hash is taken of.
 *
 * <p>Two configurations have the same text if and only if all their values are equal, in whatever way they were written.
 */
public final class ConfigText {
    private ConfigText() {}

    /**
     * The keys, {@code section.key}, with their values as text; those of sections that are silent by default only where they
     * have another value than that.
     */
    public static SortedMap<String, String> of(ExtractionConfig config) {
        SortedMap<String, String> text = new TreeMap<>(all(config));
        SortedMap<String, String> defaults = all(ExtractionConfig.defaults());
        for (RecordComponent section : ExtractionConfig.class.getRecordComponents()) {
            Key key = section.getAnnotation(Key.class);
            if (key != null && key.silentByDefault()) {
                String prefix = RecordFields.keyName(section) + ".";
                text.entrySet()
                        .removeIf(e ->
                                e.getKey().startsWith(prefix) && e.getValue().equals(defaults.get(e.getKey())));
            }
        }
        return Collections.unmodifiableSortedMap(text);
    }

    /** All keys with their values as text. */
    public static SortedMap<String, String> all(ExtractionConfig config) {
        SortedMap<String, String> text = new TreeMap<>();
        for (RecordComponent section : ExtractionConfig.class.getRecordComponents()) {
            Object values = RecordFields.value(section, config);
            for (RecordComponent key : section.getType().getRecordComponents()) {
                text.put(
                        RecordFields.keyName(section) + "." + RecordFields.keyName(key),
                        valueText(RecordFields.value(key, values)));
            }
        }
        return Collections.unmodifiableSortedMap(text);
    }

    /** SHA-256 of the canonical text ({@code key=value}, one per line, keys in order), 64 hexadecimal digits. */
    public static String sha256(ExtractionConfig config) {
        StringBuilder lines = new StringBuilder();
        of(config)
                .forEach((key, value) ->
                        lines.append(key).append('=').append(value).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A single value as it is written: words of enumerations in lower case, numbers in Java's shortest form. */
    public static String valueText(Object value) {
        return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : String.valueOf(value);
    }
}
