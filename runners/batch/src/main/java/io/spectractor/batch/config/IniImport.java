package io.spectractor.batch.config;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ConfigKey;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.config.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Imports an ini file of the Python package Spectractor. Only what the file says is taken; everything else keeps this
 * program's defaults. Parameters that exist there and have no counterpart here are listed, unknown ones are errors.
 */
public final class IniImport {
    private static final Map<String, ConfigKey> KEYS = keysByIniName();

    private final List<Setting> settings = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private IniImport() {}

    /**
     * The settings of an ini file.
     *
     * @param settings values for our keys
     * @param ignored parameters without a counterpart, one line each with the reason
     */
    public record Imported(List<Setting> settings, List<String> ignored) {}

    /**
     * Reads a file.
     *
     * @throws UsageException if it cannot be read or holds something that is not understood
     */
    public static Imported read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UsageException("configuration file " + file + " cannot be read: " + e, e);
        }
    }

    /** Reads the text of a file. */
    public static Imported parse(String fileName, String text) {
        IniImport reader = new IniImport();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            reader.readLine(lines[i].strip(), fileName + " line " + (i + 1));
        }
        return new Imported(List.copyOf(reader.settings), List.copyOf(reader.ignored));
    }

    private void readLine(String line, String origin) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";") || line.startsWith("[")) {
            return;
        }
        int separator = separator(line);
        if (separator < 1) {
            throw new UsageException(origin + ": expected NAME = value, found '" + line + "'");
        }
        String name = line.substring(0, separator).strip().toUpperCase(Locale.ROOT);
        String value = line.substring(separator + 1).strip();
        ConfigKey key = KEYS.get(name);
        if (key != null) {
            settings.add(new Setting(key.name(), IniValues.translate(key, value, origin), origin));
        } else if (IniValues.WITHOUT_COUNTERPART.containsKey(name)) {
            ignored.add(name + " = " + value + ": " + IniValues.WITHOUT_COUNTERPART.get(name));
        } else {
            throw unknown(name, origin);
        }
    }

    private static int separator(String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
    }

    private static UsageException unknown(String name, String origin) {
        TreeSet<String> names = new TreeSet<>(KEYS.keySet());
        names.addAll(IniValues.WITHOUT_COUNTERPART.keySet());
        return new UsageException(origin + ": unknown parameter " + name
                + NearestMatch.of(name, names)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("; it is none of Spectractor's"));
    }

    private static Map<String, ConfigKey> keysByIniName() {
        Map<String, ConfigKey> keys = new TreeMap<>();
        for (ConfigKey key : ConfigKey.byName().values()) {
            if (!key.ini().isEmpty()) {
                keys.put(key.ini(), key);
            }
        }
        return keys;
    }
}
