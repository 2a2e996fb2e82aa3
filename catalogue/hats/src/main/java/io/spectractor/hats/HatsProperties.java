package io.spectractor.hats;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The text of a catalogue's properties: Java's own format, in a fixed order and without a date. */
final class HatsProperties {
    private HatsProperties() {}

    static Map<String, String> read(Path folder) {
        Path file = folder.resolve(HatsLayout.PROPERTIES);
        if (!Files.exists(file)) {
            file = folder.resolve(HatsLayout.SAME_PROPERTIES);
        }
        if (!Files.exists(file)) {
            throw new CatalogueException(folder + " is not a HATS catalogue: it has no " + HatsLayout.PROPERTIES);
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new CatalogueException(file + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> map = new LinkedHashMap<>();
        properties.stringPropertyNames().stream().sorted().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }

    static void write(Path file, Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(key)
                .append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n'));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
