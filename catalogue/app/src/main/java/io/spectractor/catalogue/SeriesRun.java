package io.spectractor.catalogue;

import io.spectractor.catalogue.series.LightCurve;
import io.spectractor.catalogue.series.SeriesFunction;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A function over all light curves of a table, a partition at a time: memory is that of a few partitions. */
final class SeriesRun {
    private final HatsCatalogue table;
    private final SeriesFunction function;
    private final SeriesOptions series;
    private final @Nullable Filter keep;

    /**
     * @param keep which rows to keep by the results and the other columns, null for all
     */
    SeriesRun(HatsCatalogue table, SeriesFunction function, SeriesOptions series, @Nullable Filter keep) {
        this.table = table;
        this.function = function;
        this.series = series;
        this.keep = keep;
    }

    /** Writes a table with the rows that are kept and the results beside them; returns their number. */
    long write(Path folder, String name, Map<String, String> provenance) {
        HatsWriter writer = new HatsWriter(
                folder,
                name,
                table.properties().getOrDefault("dataproduct_type", "object"),
                table.raColumn(),
                table.decColumn(),
                false);
        AtomicLong kept = new AtomicLong();
        table.partitions().parallelStream().forEach(partition -> {
            Table rows = results(table.read(partition, null, null));
            if (rows.rows() > 0) {
                writer.write(partition, "", rows);
            }
            kept.addAndGet(rows.rows());
        });
        writer.finish(results(ParquetTables.empty(table.schema())).schema(), provenance);
        return kept.get();
    }

    /** Counts the rows that would be kept. */
    long count() {
        return table.partitions().parallelStream()
                .mapToLong(
                        partition -> results(table.read(partition, null, null)).rows())
                .sum();
    }

    private Table results(Table rows) {
        List<String> names = function.results();
        double[][] found = new double[names.size()][rows.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            LightCurve curve = series.lightCurve(rows.series(row, series.struct()));
            double[] values = function.apply(curve);
            if (values.length != found.length) {
                throw new IllegalArgumentException(function.getClass().getName() + " says that it finds " + found.length
                        + " values, and finds " + values.length);
            }
            for (int k = 0; k < found.length; k++) {
                found[k][row] = values[k];
            }
        }
        TableBuilder columns = new TableBuilder();
        for (int k = 0; k < found.length; k++) {
            columns.add(names.get(k), found[k]);
        }
        List<String> others =
                rows.names().stream().filter(name -> !names.contains(name)).toList();
        Table all = rows.columns(others).beside(columns.build());
        return keep == null ? all : keep.apply(all);
    }
}
