package io.spectractor.core.config;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns settings into a configuration; later settings win over earlier ones. */
public final class SettingsApplier {
    private SettingsApplier() {}

    /**
     * A configuration with settings applied to it in their order.
     *
     * @param base the values of keys that no setting names
     * @param settings what somebody wrote
     * @throws ConfigException if a key is unknown, a value is of the wrong type, or a record refuses it
     */
    public static ExtractionConfig apply(ExtractionConfig base, List<Setting> settings) {
        Map<String, Setting> last = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        for (Setting setting : settings) {
            ConfigKey key = known(setting);
            values.put(key.name(), parse(key, setting));
            last.put(key.name(), setting);
        }
        return rebuilt(base, values, last);
    }

    private static ConfigKey known(Setting setting) {
        ConfigKey key = ConfigKey.byName().get(setting.key());
        if (key == null) {
            throw new ConfigException(setting.origin() + ": unknown key '" + setting.key() + "'"
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
            throw new ConfigException(
                    setting.origin() + ": " + key.name() + " = '" + setting.value() + "': " + e.getMessage(), e);
        }
    }

    private static ExtractionConfig rebuilt(
            ExtractionConfig base, Map<String, Object> values, Map<String, Setting> origins) {
        try {
            return RecordFields.map(
                    ExtractionConfig.class, base, (section, defaults) -> section(section, defaults, values));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(originOf(String.valueOf(e.getMessage()), origins) + e.getMessage(), e);
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
