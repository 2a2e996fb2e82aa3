package io.spectractor.spark;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.result.SummaryCsv;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements that make the table of outcomes known to Hive's metastore by a name. They only describe files: dropping the
 * table leaves these alone.
 */
final class HiveTable {
    private static final String NAME = "outcomes";

    private HiveTable() {}

    /**
     * Statements for {@code spark-sql -f} and Hive.
     *
     * @param table folder of the Parquet files
     * @param partitions columns that are names of folders
     */
    static String sql(Path table, List<String> partitions) {
        String columns = SummaryCsv.types().entrySet().stream()
                .filter(column -> !partitions.contains(column.getKey()))
                .map(HiveTable::column)
                .collect(Collectors.joining(",\n"));
        String folders =
                partitions.stream().map(name -> quoted(name) + " STRING").collect(Collectors.joining(", "));
        return "-- The outcomes of this run as a table of Hive: spark-sql -f, or beeline -f. The files stay where they are.\n"
                + "DROP TABLE IF EXISTS " + NAME + ";\n"
                + "CREATE EXTERNAL TABLE " + NAME + " (\n" + columns + "\n)\n"
                + "PARTITIONED BY (" + folders + ")\n"
                + "STORED AS PARQUET\n"
                + "LOCATION '" + location(table) + "';\n"
                + "MSCK REPAIR TABLE " + NAME + ";\n";
    }

    private static String column(Map.Entry<String, Class<?>> column) {
        String type;
        if (column.getValue() == double.class) {
            type = "DOUBLE";
        } else if (column.getValue() == int.class) {
            type = "INT";
        } else if (column.getValue() == boolean.class) {
            type = "BOOLEAN";
        } else {
            type = "STRING";
        }
        return "  " + quoted(column.getKey()) + " " + type;
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }

    /** As a name of Hadoop, in which a per cent sign is one; not as a URI. */
    private static String location(Path table) {
        String name = PathResolver.isForeign(table.toString()) ? table.toString() : "file://" + table.toAbsolutePath();
        return name.replace("\\", "\\\\").replace("'", "\\'");
    }
}
