package io.spectractor.serve.data;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What LSDB asks of a server of Parquet files: columns with commas between, and conditions {@code column op value} with
 * commas for AND and semicolons for OR.
 */
public final class ParquetFilter {
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.]*)\\s*(<=|>=|==|!=|=|<|>)\\s*(\\S.*?)\\s*");
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private ParquetFilter() {}

    /**
     * The engine's SQL for a part of a file.
     *
     * @throws QueryRejectedException if it is no such part
     */
    public static String sql(Path file, @Nullable String columns, @Nullable String filters) {
        return "SELECT " + (columns == null || columns.isBlank() ? "*" : columns(columns)) + " FROM read_parquet("
                + Names.literal(file.toAbsolutePath().toString()) + ", hive_partitioning=false)"
                + (filters == null || filters.isBlank() ? "" : " WHERE " + conditions(filters));
    }

    /** The engine's SQL for all rows of some files. */
    public static String all(List<Path> files) {
        return files.stream()
                .map(file -> Names.literal(file.toAbsolutePath().toString()))
                .collect(Collectors.joining(
                        ", ", "SELECT * FROM read_parquet([", "], hive_partitioning=false) ORDER BY \"_healpix_29\""));
    }

    private static String columns(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            names.add(column(name.strip()));
        }
        return names.stream().distinct().collect(Collectors.joining(", "));
    }

    private static String column(String name) {
        if (!COLUMN.matcher(name).matches()) {
            throw new QueryRejectedException("'" + name + "' is not a column");
        }
        // a field of a struct comes with the whole of it
        int dot = name.indexOf('.');
        return Names.quoted(dot < 0 ? name : name.substring(0, dot));
    }

    private static String conditions(String text) {
        List<String> alternatives = new ArrayList<>();
        for (String alternative : text.split(";", -1)) {
            List<String> all = new ArrayList<>();
            for (String condition : alternative.split(",", -1)) {
                all.add(condition(condition));
            }
            alternatives.add("(" + String.join(" AND ", all) + ")");
        }
        return String.join(" OR ", alternatives);
    }

    private static String condition(String text) {
        Matcher parts = CONDITION.matcher(text);
        if (!parts.matches()) {
            throw new QueryRejectedException(
                    "'" + text + "' is not a condition: column, one of < <= > >= == !=, value");
        }
        String operator = parts.group(2).equals("==") ? "=" : parts.group(2).equals("!=") ? "<>" : parts.group(2);
        return column(parts.group(1)) + " " + operator + " " + value(parts.group(3));
    }

    private static String value(String text) {
        if (text.matches("[+-]?[0-9]{1,18}")) {
            return text;
        }
        if (text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            return "CAST(" + Names.literal(text) + " AS DOUBLE)";
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text;
        }
        return Names.literal(text.replaceFirst("^['\"](.*)['\"]$", "$1"));
    }

    /** Writes what the SQL selects. */
    public static void copy(Engine.Session session, String sql, Path file) throws SQLException {
        session.statement()
                .execute("COPY (" + sql + ") TO "
                        + Names.literal(file.toAbsolutePath().toString()) + " (FORMAT parquet)");
    }
}
