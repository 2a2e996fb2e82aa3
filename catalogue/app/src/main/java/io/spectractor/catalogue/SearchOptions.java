package io.spectractor.catalogue;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.Region;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What searches of all kinds share: which rows, which columns, where to. */
final class SearchOptions {
    /** Of pixels on a region's border; a finer one reads hardly less, as row groups are larger. */
    private static final int COVER_ORDER = 11;

    @Mixin
    private NamedTable table = new NamedTable();

    @Option(names = "--where", paramLabel = "CONDITION", description = "SQL condition on columns, e.g. \"mag < 15\".")
    private @Nullable String where;

    @Option(names = "--columns", split = ",", description = "Columns wanted, with commas between; all if not given.")
    private @Nullable List<String> columns;

    @Option(names = "--to", paramLabel = "FILE", description = "Write to a file: .csv, .fits, .vot or .parquet.")
    private @Nullable Path to;

    int search(Region region) {
        if (to != null) {
            TableFiles.format(to);
        }
        PrintWriter out = table.out();
        HatsCatalogue opened = table.open();
        Filter filter = where == null ? null : new Filter(where);
        List<String> needed = columns;
        if (columns != null && filter != null) {
            TreeSet<String> more = new TreeSet<>(filter.columns());
            more.removeAll(columns);
            needed = new ArrayList<>(columns);
            needed.addAll(more);
        }
        List<String> read = needed;
        PixelCoverage coverage = PixelCoverage.of(region, COVER_ORDER);
        HeldRows held = HeldRows.of(opened, read, coverage, Runtime.getRuntime().maxMemory());
        table.err().println(held.line());
        if (filter == null) {
            held.checkAll();
        }
        List<Table> parts = opened.partitions(coverage).parallelStream()
                .map(partition -> {
                    Table inside = opened.read(partition, read, region, coverage);
                    Table wanted = filter == null ? inside : filter.apply(inside);
                    held.take(wanted.bytes());
                    return wanted;
                })
                .toList();
        Table found = parts.isEmpty() ? ParquetTables.empty(opened.schema()) : Table.joined(parts);
        if (columns != null) {
            found = found.columns(columns);
        }
        if (to == null) {
            TableFiles.print(found, 20, out);
            out.println(
                    found.rows() + " rows" + (found.rows() > 20 ? ", the first 20 shown; --to FILE writes all" : ""));
        } else {
            TableFiles.write(found, to);
            out.println(found.rows() + " rows to " + to);
        }
        return 0;
    }
}
