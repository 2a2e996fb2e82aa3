package io.spectractor.serve.adql;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.ColumnType;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.Result;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Evaluates translated queries: as a whole into a table of the session, so that what fails does so before an answer begins. */
public final class Queries {
    private static final String TABLE = "answer";
    private static final String LONG = "BIGINT";
    private static final Set<String> WIDE = Set.of("HUGEINT", "UHUGEINT", "UBIGINT");

    private Queries() {}

    /**
     * @param rows how many rows are wanted at most
     */
    public static Result evaluate(Engine.Session session, TranslatedQuery query, long rows) throws SQLException {
        int n = query.columns().size();
        String names = IntStream.range(0, n).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        session.statement()
                .execute("CREATE TEMP TABLE " + TABLE + " AS SELECT * FROM (" + query.sql() + ") AS q(" + names
                        + ") LIMIT " + (rows + 1));
        List<String> types = new ArrayList<>();
        try (ResultSet none = session.statement().executeQuery("SELECT * FROM " + TABLE + " LIMIT 0")) {
            ResultSetMetaData data = none.getMetaData();
            for (int i = 0; i < n; i++) {
                types.add(data.getColumnTypeName(i + 1));
            }
        }
        List<ColumnSpec> columns = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String type = WIDE.contains(types.get(i)) && !fitsLong(session, "c" + i) ? "DOUBLE" : types.get(i);
            columns.add(column(query.columns().get(i), "c" + i, types.get(i), type));
        }
        long count;
        try (ResultSet counted = session.statement().executeQuery("SELECT count(*) FROM " + TABLE)) {
            counted.next();
            count = counted.getLong(1);
        }
        boolean overflow = count > rows;
        String from = overflow ? "(SELECT * FROM " + TABLE + " LIMIT " + rows + ")" : TABLE;
        return new Result(from, columns, Math.min(count, rows), overflow);
    }

    /** Sums of whole numbers have more digits than a long of VOTable or FITS, and hardly ever need them. */
    private static boolean fitsLong(Engine.Session session, String column) throws SQLException {
        try (ResultSet larger = session.statement()
                .executeQuery("SELECT count(*) FROM " + TABLE + " WHERE " + column + " IS NOT NULL AND TRY_CAST("
                        + column + " AS " + LONG + ") IS NULL")) {
            larger.next();
            return larger.getLong(1) == 0;
        }
    }

    /**
     * @param engineType as the engine has it
     * @param wanted the engine's type that it is given in, if there is one for it
     */
    private static ColumnSpec column(Output output, String column, String engineType, String wanted) {
        ColumnType type = ColumnType.ofSql(wanted);
        if (type == null) {
            throw new QueryRejectedException(
                    "column " + output.name() + " is " + engineType + ", which cannot be returned");
        }
        ColumnSpec origin = output.origin();
        if (origin != null && origin.type() == ColumnType.REGION) {
            type = ColumnType.REGION;
        }
        return new ColumnSpec(
                output.name(),
                type,
                part(origin == null ? null : origin.unit()),
                part(origin == null ? null : origin.ucd()),
                part(origin == null ? null : origin.utype()),
                part(origin == null ? null : origin.description()),
                plain(type, column, engineType) + " AS " + Names.quoted(column),
                null);
    }

    private static String part(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Times in ISO 8601, and numbers of unusual types as usual ones. */
    private static String plain(ColumnType type, String column, String engineType) {
        if (type == ColumnType.TIMESTAMP) {
            return "strftime(CAST(" + column + " AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%g')";
        }
        return type.sql().equalsIgnoreCase(engineType) ? column : "CAST(" + column + " AS " + type.sql() + ")";
    }
}
