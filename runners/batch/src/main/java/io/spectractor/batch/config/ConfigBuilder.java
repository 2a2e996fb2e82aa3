package io.spectractor.batch.config;

import io.spectractor.core.config.Setting;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.config.ConfigKey;
import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.RecordFields;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Turns settings into a configuration; later settings win over earlier ones. */
public final class ConfigBuilder {
    private ConfigBuilder() {}

    /**
     * The defaults with the settings applied in their order.
     *
     * @throws UsageException if a key is unknown, a value is of the wrong type, or a record refuses it
     */
    public static ExtractionConfig build(List<Setting> settings) {
        Map<String, Setting> last = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        for (Setting setting : settings) {
            ConfigKey key = known(setting);
            values.put(key.name(), parse(key, setting));
            last.put(key.name(), setting);
        }
        return apply(values, last);
    }

    /** Rebuilds a configuration from its canonical text, e.g. on another machine. */
    public static ExtractionConfig fromCanonical(SortedMap<String, String> canonical) {
        return build(canonical.entrySet().stream()
                .map(e -> new Setting(e.getKey(), e.getValue(), "the stored configuration"))
                .toList());
    }

    private static ConfigKey known(Setting setting) {
        ConfigKey key = ConfigKey.byName().get(setting.key());
        if (key == null) {
            throw new UsageException(setting.origin() + ": unknown key '" + setting.key() + "'"
                    + NearestMatch.ofKey(setting.key(), ConfigKey.byName().keySet())
                            .map(k -> "; did you mean " + k + "?")
                            .orElse("; 'spectractor config keys' lists all"));
        }
        return key;
    }

    private static Object parse(ConfigKey key, Setting setting) {
        try {
            return key.parse(setting.value());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    setting.origin() + ": " + key.name() + " = '" + setting.value() + "': " + e.getMessage(), e);
        }
    }

    private static ExtractionConfig apply(Map<String, Object> values, Map<String, Setting> origins) {
        try {
            return RecordFields.map(
                    ExtractionConfig.class,
                    ExtractionConfig.ctio(),
                    (section, defaults) -> section(section, defaults, values));
        } catch (IllegalArgumentException e) {
            throw new UsageException(originOf(String.valueOf(e.getMessage()), origins) + e.getMessage(), e);
        }
    }

    private static Object section(RecordComponent section, Object defaults, Map<String, Object> values) {
        return copy(defaults.getClass(), defaults, RecordFields.keyName(section), values);
    }

    private static <R> R copy(Class<R> type, Object source, String section, Map<String, Object> values) {
        return RecordFields.map(
                type,
                type.cast(source),
                (key, value) -> values.getOrDefault(section + "." + RecordFields.keyName(key), value));
    }

    /** The records' messages start with the key. */
    private static String originOf(String message, Map<String, Setting> origins) {
        String key = message.split("[ =:]", 2)[0];
        Setting setting = origins.get(key);
        if (setting != null) {
            return setting.origin() + ": ";
        }
        // another key of the same section moved a limit that a default now breaks
        String section = key.split("\\.", 2)[0] + ".";
        return origins.keySet().stream()
                .filter(k -> k.startsWith(section))
                .sorted()
                .findFirst()
                .map(k -> origins.get(k).origin() + ": ")
                .orElse("");
    }
}
