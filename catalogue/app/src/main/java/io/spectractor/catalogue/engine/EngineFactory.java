package io.spectractor.catalogue.engine;

import java.util.Map;

/** Makes an engine that is not part of this program, found by {@link java.util.ServiceLoader}. */
public interface EngineFactory {
    /** What the engine is called on the command line. */
    String name();

    /**
     * Makes it.
     *
     * @param settings {@code master} and the engine's own properties by their names
     * @throws io.spectractor.hats.CatalogueException if a setting makes no sense
     */
    PartitionEngine create(Map<String, String> settings);
}
