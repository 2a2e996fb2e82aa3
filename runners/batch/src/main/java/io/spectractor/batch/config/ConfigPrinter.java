package io.spectractor.batch.config;

import io.spectractor.core.config.ConfigKey;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import java.util.SortedMap;

/** Prints configurations and the documentation of their keys. */
public final class ConfigPrinter {
    private ConfigPrinter() {}

    /** A configuration file with every key and, as comments, units and meanings; reading it back gives the same values. */
    public static String yaml(ExtractionConfig config) {
        SortedMap<String, String> values = ConfigText.all(config);
        StringBuilder text = new StringBuilder();
        ConfigKey.sections().forEach((section, doc) -> {
            text.append(text.isEmpty() ? "" : "\n").append("# ").append(doc).append('\n');
            text.append(section).append(":\n");
            for (ConfigKey key : ConfigKey.ofSection(section)) {
                String name = key.name().substring(section.length() + 1);
                String value = values.getOrDefault(key.name(), "");
                text.append("  # ").append(key.doc()).append(unit(key)).append('\n');
                text.append("  ").append(name).append(": ");
                text.append(key.type() == String.class ? quoted(value) : value).append('\n');
            }
        });
        return text.toString();
    }

    /** The documentation of all keys as a Markdown page. */
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Configuration\n\n");
        text.append(
                "Values are taken from `--set section.key=value`, else from the file of `--config` (YAML, or an ini\n");
        text.append(
                "file of the Python package Spectractor), else from the instrument's description ([instruments.md](instruments.md)),\n");
        text.append("else from the defaults below. An unknown key is an error.\n");
        text.append("`spectractor config show` prints the values that a command would use; every run stores them in\n");
        text.append("`_runs/<run-id>/config.yaml`, which can be given to `--config` again.\n\n");
        text.append("Lengths in pixels are those of unbinned pixels; the keys marked * are divided by `ccd.rebin`.\n");
        text.append("This page is written by `spectractor config keys`.\n");
        ConfigKey.sections().forEach((section, doc) -> {
            text.append("\n## ").append(section).append(": ").append(doc).append("\n\n");
            text.append("| key | default | unit | meaning | Spectractor's name |\n|---|---|---|---|---|\n");
            for (ConfigKey key : ConfigKey.ofSection(section)) {
                text.append("| `").append(key.name()).append('`').append(key.scalesWithBinning() ? " *" : "");
                text.append(" | `").append(key.defaultText()).append("` | ").append(key.unit());
                text.append(" | ").append(meaning(key)).append(" | ");
                text.append(key.ini().isEmpty() ? "" : "`" + key.ini() + "`").append(" |\n");
            }
        });
        return text.toString();
    }

    private static String meaning(ConfigKey key) {
        return key.words().isEmpty() ? key.doc() : key.doc() + " (" + String.join(", ", key.words()) + ")";
    }

    private static String unit(ConfigKey key) {
        String words = key.words().isEmpty() ? "" : " (" + String.join(", ", key.words()) + ")";
        return (key.unit().isEmpty() ? "" : " [" + key.unit() + "]") + words;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
