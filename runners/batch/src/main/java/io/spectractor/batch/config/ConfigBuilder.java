package io.spectractor.batch.config;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ConfigException;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.Setting;
import io.spectractor.core.config.SettingsApplier;
import io.spectractor.core.instrument.DescriptionException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Turns settings into a configuration: those of an instrument, and what somebody wants otherwise. */
public final class ConfigBuilder {
    private static final String DESCRIPTION = "instrument.description";

    private ConfigBuilder() {}

    /**
     * The configuration of the instrument that a setting describes, CTIO's if none does, with the settings applied in
     * their order.
     *
     * @throws UsageException if a key is unknown, a value is of the wrong type, or a record refuses it
     */
    public static ExtractionConfig build(List<Setting> settings) {
        return build(instrument(settings).orElseGet(Instruments::ctio), settings);
    }

    /**
     * The instrument that settings name, or nothing.
     *
     * @throws UsageException if its description can't be used
     */
    static Optional<Instrument> instrument(List<Setting> settings) {
        Setting described = last(settings, DESCRIPTION);
        if (described != null) {
            try {
                return Optional.of(Instrument.parse(described.origin(), described.value()));
            } catch (DescriptionException e) {
                throw new UsageException(e.getMessage(), e);
            }
        }
        Setting site = last(settings, "site.name");
        return site == null ? Optional.empty() : Instruments.named(site.value());
    }

    private static @Nullable Setting last(List<Setting> settings, String key) {
        return settings.stream()
                .filter(s -> s.key().equals(key) && !s.value().isBlank())
                .reduce((a, b) -> b)
                .orElse(null);
    }

    /**
     * The configuration of an instrument with settings applied in their order.
     *
     * @throws UsageException as {@link #build(List)}
     */
    public static ExtractionConfig build(Instrument instrument, List<Setting> settings) {
        try {
            return SettingsApplier.apply(
                    instrument.config(),
                    settings.stream().filter(s -> !s.key().equals(DESCRIPTION)).toList());
        } catch (ConfigException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** Rebuilds a configuration from its canonical text, e.g. on another machine. */
    public static ExtractionConfig fromCanonical(SortedMap<String, String> canonical) {
        return build(canonical.entrySet().stream()
                .map(e -> new Setting(e.getKey(), e.getValue(), "the stored configuration"))
                .toList());
    }
}
