package io.spectractor.catalogue;

import io.spectractor.catalogue.engine.EngineFactory;
import io.spectractor.catalogue.engine.LocalEngine;
import io.spectractor.catalogue.engine.PartitionEngine;
import io.spectractor.hats.CatalogueException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who does the work on the partitions. */
final class EngineOptions {
    @Option(
            names = "--engine",
            defaultValue = "local",
            paramLabel = "ENGINE",
            description = "local, this process, or spark; the rows are the same to the last bit (${DEFAULT-VALUE}).")
    private String engine = "local";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "With --engine spark: where the cluster is, as spark://host:7077; Spark in this process if not"
                            + " given. All its machines see the catalogue's folder under the same name.")
    private @Nullable String master;

    @Option(
            names = "--conf",
            paramLabel = "NAME=VALUE",
            description = "With --engine spark: a property of Spark, such as spark.executor.memory=4g.")
    private Map<String, String> properties = new TreeMap<>();

    PartitionEngine make() {
        if (engine.equals("local")) {
            if (master != null || !properties.isEmpty()) {
                throw new CatalogueException("--master and --conf are for --engine spark");
            }
            return new LocalEngine();
        }
        if (!engine.equals("spark")) {
            throw new CatalogueException("--engine " + engine + ": it is local or spark");
        }
        Map<String, String> settings = new TreeMap<>(properties);
        if (master != null) {
            settings.put("master", master);
        }
        for (EngineFactory factory : ServiceLoader.load(EngineFactory.class)) {
            if (factory.name().equals(engine)) {
                return factory.create(settings);
            }
        }
        throw new CatalogueException(
                "--engine spark: Spark is not on the class path; './spectractor catalogue' brings it along");
    }
}
