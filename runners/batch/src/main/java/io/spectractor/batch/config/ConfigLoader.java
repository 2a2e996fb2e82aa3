package io.spectractor.batch.config;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.Setting;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves a configuration: the command line wins over the file, the file over the defaults. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * A configuration and what there is to say about how it came about.
     *
     * @param config the values
     * @param ignored parameters of an imported ini file that have no counterpart, one line each
     */
    public record Loaded(ExtractionConfig config, List<String> ignored) {}

    /**
     * Resolves a configuration.
     *
     * @param file a YAML file, or one of Spectractor's ini files (told by its ending), or null for none
     * @param overrides {@code section.key=value}, later ones win
     * @throws UsageException if a key is unknown, a value wrong, or the file unreadable
     */
    public static Loaded load(@Nullable Path file, List<String> overrides) {
        Written written = read(file, overrides);
        return written.of(written.instrument().orElseGet(Instruments::ctio));
    }

    /**
     * What somebody wrote, before the instrument is known.
     *
     * @param settings the values in their order
     * @param ignored parameters of an imported ini file that have no counterpart, one line each
     */
    public record Written(List<Setting> settings, List<String> ignored) {
        public Written {
            settings = List.copyOf(settings);
            ignored = List.copyOf(ignored);
        }

        /**
         * The instrument that the settings name: by its description, as the configuration of a run does, or as
         * site.name, as Spectractor's ini files do.
         *
         * @throws UsageException if the description can't be used
         */
        public Optional<Instrument> instrument() {
            return ConfigBuilder.instrument(settings);
        }

        /** The configuration of an instrument with these settings. */
        public Loaded of(Instrument instrument) {
            return new Loaded(ConfigBuilder.build(instrument, settings), ignored);
        }
    }

    /**
     * Reads what somebody wrote; arguments and exceptions as those of {@link #load}.
     */
    public static Written read(@Nullable Path file, List<String> overrides) {
        List<Setting> settings = new ArrayList<>();
        List<String> ignored = List.of();
        if (file != null) {
            requireFile(file);
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".ini")) {
                IniImport.Imported imported = IniImport.read(file);
                settings.addAll(imported.settings());
                ignored = imported.ignored();
            } else {
                settings.addAll(YamlSettings.read(file));
            }
        }
        overrides.forEach(o -> settings.add(override(o)));
        return new Written(settings, ignored);
    }

    /**
     * A configuration that was written as YAML before.
     *
     * @param name what messages call it
     * @throws UsageException as {@link #load}
     */
    public static Loaded parse(String name, String yaml) {
        return new Loaded(ConfigBuilder.build(YamlSettings.parse(name, yaml)), List.of());
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("configuration file " + file + " does not exist");
        }
    }

    private static Setting override(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--set " + text + ": expected section.key=value, e.g. ccd.rebin=2");
        }
        return new Setting(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip(), "--set " + text);
    }
}
