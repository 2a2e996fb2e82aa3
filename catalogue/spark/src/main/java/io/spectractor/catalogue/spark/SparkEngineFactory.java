package io.spectractor.catalogue.spark;

import io.spectractor.catalogue.engine.EngineFactory;
import io.spectractor.catalogue.engine.PartitionEngine;
import io.spectractor.hats.CatalogueException;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Makes the engine on Spark. */
public final class SparkEngineFactory implements EngineFactory {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public PartitionEngine create(Map<String, String> settings) {
        SparkConf conf = new SparkConf();
        settings.forEach((name, value) -> {
            if (name.equals("master")) {
                conf.setMaster(value);
            } else if (name.startsWith("spark.")) {
                conf.set(name, value);
            } else {
                throw new CatalogueException("--conf " + name + ": properties of Spark begin with spark.");
            }
        });
        return new SparkEngine(conf);
    }
}
