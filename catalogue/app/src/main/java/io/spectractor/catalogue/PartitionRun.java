package io.spectractor.catalogue;

import io.spectractor.catalogue.engine.PartitionEngine;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.Partition;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Work on all partitions of a table.
 *
 * @param engine who does it
 * @param says takes a line on memory before the work begins
 */
record PartitionRun(PartitionEngine engine, Consumer<String> says) {
    /** Makes a catalogue of what comes out; returns the number of its rows. */
    long write(CatalogueWork work, String name, Map<String, String> provenance) {
        List<Partition> partitions = work.table().partitions();
        List<Long> rows = engine.run(work, partitions, says);
        HatsWriter writer = work.writer(name);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) > 0) {
                writer.take(partitions.get(i));
            }
        }
        writer.finish(work.schema(), provenance);
        return rows.stream().mapToLong(Long::longValue).sum();
    }

    /** Counts the rows that come out; work that writes nothing. */
    long count(CatalogueWork work) {
        return engine.run(work, work.table().partitions(), says).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
