package io.spectractor.wronghouse.observation;

import org.snakeyaml.engine.v2.api.LoadSettings;

/** A room other than that of instruments which reads YAML. */
public final class YamlFault {
    /** Reaches for the library. */
    public static LoadSettings reach() {
        return LoadSettings.builder().build();
    }

    private YamlFault() {}
}
