package io.spectractor.serve.vo;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.ColumnType;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.table.StarTable;
import uk.ac.starlink.table.StarTableFactory;
import uk.ac.starlink.table.StoragePolicy;
import uk.ac.starlink.util.ByteArrayDataSource;
import uk.ac.starlink.votable.VOTableBuilder;

/**
 * A table that came with a query; it lives in the query's session, and goes with it.
 *
 * @param table what a query sees of it
 * @param rows its rows
 */
public record Upload(TableSpec table, StarTable rows) {
    private static final int BATCH = 2000;

    /**
     * Reads one.
     *
     * @param name its name behind {@code TAP_UPLOAD.}
     * @param votable the document
     * @throws QueryRejectedException if it is not a table
     */
    static Upload read(String name, byte[] votable) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,60}")) {
            throw new QueryRejectedException(
                    "an uploaded table cannot be called '" + name + "'; letters, digits and _ only");
        }
        VoTableCheck.check("the uploaded table " + name, votable);
        try {
            StarTableFactory factory = new StarTableFactory();
            factory.setStoragePolicy(StoragePolicy.ADAPTIVE);
            StarTable table = new VOTableBuilder()
                    .makeStarTable(new ByteArrayDataSource(name, votable), false, StoragePolicy.ADAPTIVE);
            return of(name, factory.randomTable(table));
        } catch (IOException | RuntimeException e) {
            throw new QueryRejectedException("the uploaded table " + name + " is not a VOTable: " + e.getMessage(), e);
        }
    }

    private static Upload of(String name, StarTable rows) {
        List<ColumnSpec> columns = new ArrayList<>();
        for (int i = 0; i < rows.getColumnCount(); i++) {
            ColumnInfo info = rows.getColumnInfo(i);
            columns.add(ColumnSpec.of(
                    info.getName(),
                    type(info),
                    text(info.getUnitString()),
                    text(info.getUCD()),
                    text(info.getDescription()),
                    "t.c" + i));
        }
        return new Upload(
                new TableSpec("TAP_UPLOAD", name, "uploaded", "", columns, coverage -> inside(name) + " t", null),
                rows);
    }

    private static String inside(String name) {
        return Names.quoted("upload_" + name);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static ColumnType type(ColumnInfo info) {
        Class<?> content = info.getContentClass();
        if (content == String.class && "timestamp".equals(info.getXtype())) {
            return ColumnType.TIMESTAMP;
        }
        if (content == Byte.class) {
            return ColumnType.SHORT;
        }
        for (ColumnType type : ColumnType.values()) {
            if (type.content() == content
                    && !type.isArray()
                    && type != ColumnType.TIMESTAMP
                    && type != ColumnType.REGION) {
                return type;
            }
        }
        // arrays and the like as text
        return ColumnType.TEXT;
    }

    /** Puts it into a session. */
    void fill(Engine.Session session) throws SQLException, IOException {
        List<ColumnSpec> columns = table.columns();
        String declared = java.util.stream.IntStream.range(0, columns.size())
                .mapToObj(i -> "c" + i + " " + columns.get(i).type().sql())
                .collect(Collectors.joining(", "));
        session.statement().execute("CREATE TEMP TABLE " + inside(table.name()) + " (" + declared + ")");
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert = session.connection()
                        .prepareStatement("INSERT INTO " + inside(table.name()) + " VALUES (" + marks + ")");
                RowSequence sequence = rows.getRowSequence()) {
            int pending = 0;
            while (sequence.next()) {
                Object[] row = sequence.getRow();
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, value(row[i], columns.get(i).type()));
                }
                insert.addBatch();
                if (++pending == BATCH) {
                    insert.executeBatch();
                    pending = 0;
                }
            }
            if (pending > 0) {
                insert.executeBatch();
            }
        }
    }

    private static @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null || (value instanceof Number number && Double.isNaN(number.doubleValue()))) {
            return null;
        }
        return type == ColumnType.TEXT || type == ColumnType.TIMESTAMP ? plain(value) : value;
    }

    private static String plain(Object value) {
        return value.getClass().isArray() ? java.util.Arrays.deepToString(new Object[] {value}) : value.toString();
    }
}
