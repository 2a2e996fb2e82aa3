package io.spectractor.catalogue;

import io.spectractor.catalogue.engine.MemoryPlan;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.LeafWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.RowGroups;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description =
                "Put the numbers of a table of times, as hourly tables of MERRA-2, beside each row, interpolated to its time.")
final class JoinCommand implements Callable<Integer> {
    @Mixin
    private NamedTable table = new NamedTable();

    @Option(
            names = "--with",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "CSV, plain or .gz; the first column is the time (ISO 8601 in UTC, or MJD).")
    private List<Path> files = List.of();

    @Option(names = "--time", defaultValue = "mjd", description = "The rows' times, MJD in UTC (${DEFAULT-VALUE}).")
    private String time = "mjd";

    @Option(names = "--columns", split = ",", paramLabel = "NAMES", description = "Columns to take (all).")
    private List<String> columns = List.of();

    @Option(names = "--prefix", defaultValue = "", description = "Prefix of their names.")
    private String prefix = "";

    @Option(
            names = "--within",
            defaultValue = "3",
            paramLabel = "HOURS",
            description = "Between times that are further from each other nothing is known (${DEFAULT-VALUE}).")
    private double within = 3;

    @Option(
            names = "--save",
            required = true,
            paramLabel = "NEW",
            description = "Name of the table with the new columns.")
    private String save = "";

    @Override
    public Integer call() {
        if (!(within > 0)) {
            throw new CatalogueException("--within " + within + ": it is more than 0 hours");
        }
        CatalogueFolder catalogue = table.catalogue();
        HatsCatalogue rows = catalogue.table(table.name());
        TimeTable times = TimeTable.read(files);
        List<String> taken = columns.isEmpty() ? times.names() : columns;
        MessageType schema = rows.schema();
        if (!schema.containsField(time)) {
            throw new CatalogueException(table.name() + " has no column " + time + "; --time names that of the times");
        }
        for (String column : taken) {
            if (schema.containsField(prefix + column)) {
                throw new CatalogueException(
                        table.name() + " has a column " + prefix + column + " already; --prefix makes another name");
            }
        }
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put(
                "spectractor_made_by",
                "catalogue join " + table.name() + " --with "
                        + files.stream()
                                .map(file -> file.getFileName().toString())
                                .collect(Collectors.joining(" ")));
        provenance.put("spectractor_parents", table.name());
        catalogue.put(save, false, folder -> write(folder, rows, times, taken, provenance));
        return 0;
    }

    private void write(
            Path folder, HatsCatalogue rows, TimeTable times, List<String> taken, Map<String, String> provenance) {
        HatsWriter writer = new HatsWriter(
                folder,
                save,
                rows.properties().getOrDefault("dataproduct_type", "object"),
                rows.raColumn(),
                rows.decColumn(),
                false);
        AtomicLong known = new AtomicLong();
        RowGroups groups = new RowGroups(rows, null);
        long needed = 0;
        for (var partition : rows.partitions()) {
            // a row group, its rows with the new columns, and those that wait to be written
            needed = Math.max(needed, 2 * groups.largest(partition) + LeafWriter.memory(groups.width(partition)));
        }
        table.out()
                .println(
                        new MemoryPlan(needed, 1, needed).line(rows.partitions().size()));
        for (var partition : rows.partitions()) {
            try (LeafWriter leaf = writer.leaf(partition)) {
                groups.read(
                        partition,
                        partition.first(),
                        partition.end(),
                        piece -> leaf.add(joined(piece, times, taken, known)));
                if (leaf.finish() != null) {
                    writer.take(partition);
                }
            }
        }
        writer.finish(
                joined(ParquetTables.empty(rows.schema()), times, taken, known).schema(), provenance);
        table.out()
                .println(known.get() + " of " + rows.rows() + " rows have values of " + String.join(", ", taken)
                        + "; saved as " + save);
    }

    private Table joined(Table rows, TimeTable times, List<String> taken, AtomicLong known) {
        double[] at = rows.doubles(time);
        TableBuilder fresh = new TableBuilder();
        List<double[]> values = new ArrayList<>();
        for (String column : taken) {
            values.add(times.at(column, at, within / 24));
            fresh.add(prefix + column, values.get(values.size() - 1));
        }
        for (int i = 0; i < at.length; i++) {
            int row = i;
            known.addAndGet(values.stream().anyMatch(one -> Double.isFinite(one[row])) ? 1 : 0);
        }
        return rows.beside(fresh.build());
    }
}
