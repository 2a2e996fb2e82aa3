package io.spectractor.catalogue;

import io.spectractor.catalogue.series.LightCurve;
import io.spectractor.catalogue.series.SeriesFunction;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.LeafWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.RowGroups;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A function over the light curves of a partition, a row group at a time. */
final class SeriesWork implements CatalogueWork {
    private static final long serialVersionUID = 1;

    private final String folder;
    private final FunctionSource source;
    private final SeriesOptions series;
    private final @Nullable String keep;
    private final @Nullable String out;
    private transient volatile @Nullable Opened opened;

    /**
     * @param table folder of the table with the light curves
     * @param keep condition on results and columns for rows to keep, null for all
     * @param out folder of the table of results; null if the rows are only counted
     */
    SeriesWork(Path table, FunctionSource source, SeriesOptions series, @Nullable String keep, @Nullable Path out) {
        this.folder = table.toString();
        this.source = source;
        this.series = series;
        this.keep = keep;
        this.out = out == null ? null : out.toString();
    }

    /** What the work needs, made once in each process. */
    private record Opened(
            RowGroups rows,
            SeriesFunction function,
            @Nullable Filter filter) {}

    private Opened opened() {
        Opened all = opened;
        if (all == null) {
            all = new Opened(
                    new RowGroups(HatsCatalogue.open(Path.of(folder)), null),
                    source.make(),
                    keep == null ? null : new Filter(keep));
            opened = all;
        }
        return all;
    }

    @Override
    public HatsCatalogue table() {
        return opened().rows().catalogue();
    }

    @Override
    public MessageType schema() {
        return results(ParquetTables.empty(opened().rows().schema())).schema();
    }

    @Override
    public HatsWriter writer(String name) {
        return new HatsWriter(
                Path.of(java.util.Objects.requireNonNull(out)),
                name,
                table().properties().getOrDefault("dataproduct_type", "object"),
                table().raColumn(),
                table().decColumn(),
                false);
    }

    @Override
    public long memory(Partition partition, long allowed) {
        RowGroups rows = opened().rows();
        long result = Long.BYTES * (long) opened().function().results().size();
        long writing = out == null ? 0 : LeafWriter.memory(rows.width(partition) + result);
        return rows.largest(partition) + writing;
    }

    @Override
    public long run(Partition partition, long allowed) {
        RowGroups rows = opened().rows();
        if (out == null) {
            long[] sum = new long[1];
            rows.read(
                    partition,
                    partition.first(),
                    partition.end(),
                    piece -> sum[0] += results(piece).rows());
            return sum[0];
        }
        try (LeafWriter leaf = writer("").leaf(partition)) {
            rows.read(partition, partition.first(), partition.end(), piece -> {
                Table results = results(piece);
                if (results.rows() > 0) {
                    leaf.add(results);
                }
            });
            leaf.finish();
            return leaf.rows();
        }
    }

    private Table results(Table rows) {
        SeriesFunction function = opened().function();
        List<String> names = function.results();
        double[][] found = new double[names.size()][rows.rows()];
        IntFunction<Table> curves = rows.series(series.struct());
        for (int row = 0; row < rows.rows(); row++) {
            LightCurve curve = series.lightCurve(curves.apply(row));
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
        Filter filter = opened().filter();
        return filter == null ? all : filter.apply(all);
    }
}
