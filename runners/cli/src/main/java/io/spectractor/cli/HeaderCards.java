package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.core.observation.HeaderPeek;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The cards of a file: a FITS file, or a header alone as YAML or JSON, as lsst/obs_lsst and astro_metadata_translator
 * keep them.
 *
 * @param cards value by keyword, null where there is none
 * @param isImage whether there are pixels too
 */
record HeaderCards(Function<String, @Nullable String> cards, boolean isImage) {
    /** A class of LSST's own, as in {@code !<lsst.daf.base.PropertyList>}, which says nothing here. */
    private static final Pattern TAG = Pattern.compile("!<[^>]*>|!lsst\\S*");

    /**
     * Reads them.
     *
     * @throws UsageException if there are none
     */
    static HeaderCards read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            Map<String, String> values = dump(file);
            return new HeaderCards(card -> values.get(card.toUpperCase(Locale.ROOT)), false);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            HeaderPeek.FileHeader header = HeaderPeek.header(stream)
                    .orElseThrow(() -> new UsageException(file + " is not a FITS file, or a damaged one"));
            return new HeaderCards(header::text, true);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + FileReason.of(e), e);
        }
    }

    private static void put(Map<String, String> values, @Nullable Object key, @Nullable Object value) {
        String text = text(value);
        if (!text.isEmpty()) {
            values.put(String.valueOf(key).toUpperCase(Locale.ROOT), text);
        }
    }

    /** A value, also where it stands with its type and comment, or as the last of several. */
    private static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> described) {
            return text(described.get("value"));
        }
        if (value instanceof List<?> several) {
            return several.isEmpty() ? "" : text(several.get(several.size() - 1));
        }
        return value == null ? "" : String.valueOf(value).strip();
    }

    private static Map<String, String> dump(Path file) {
        try {
            Object root = new Load(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setAllowDuplicateKeys(true)
                            .build())
                    .loadFromString(TAG.matcher(TextFiles.read(file)).replaceAll(" "));
            Map<String, String> values = new TreeMap<>();
            if (root instanceof Map<?, ?> map) {
                map.forEach((key, value) -> put(values, key, value));
            } else if (root instanceof List<?> list) {
                // keyword, type, value, comment
                list.forEach(card -> {
                    if (card instanceof List<?> fields && fields.size() > 2) {
                        put(values, fields.get(0), fields.get(2));
                    }
                });
            }
            if (values.isEmpty()) {
                throw new UsageException(file + " holds no cards; expected 'KEYWORD: value'");
            }
            return values;
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new UsageException(file + " is not valid YAML: " + e.getMessage(), e);
        }
    }
}
