package io.spectractor.serve.data;

import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.AbstractStarTable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.DefaultValueInfo;
import uk.ac.starlink.table.DescribedValue;
import uk.ac.starlink.table.RowSequence;
import uk.ac.starlink.votable.VOStarTable;

/** A result as STIL reads it: row by row, as often as is asked, without holding it in memory. */
public final class ResultRows extends AbstractStarTable {
    private final Engine.Session session;
    private final Result result;

    public ResultRows(Engine.Session session, Result result) {
        this.session = session;
        this.result = result;
        setName("result");
    }

    @Override
    public int getColumnCount() {
        return result.columns().size();
    }

    @Override
    public long getRowCount() {
        return result.rows();
    }

    @Override
    public ColumnInfo getColumnInfo(int index) {
        return info(result.columns().get(index));
    }

    /** A column as STIL describes it. */
    public static ColumnInfo info(ColumnSpec column) {
        DefaultValueInfo value = new DefaultValueInfo(
                column.name(), column.type().content(), column.description().isEmpty() ? null : column.description());
        value.setUnitString(column.unit().isEmpty() ? null : column.unit());
        value.setUCD(column.ucd().isEmpty() ? null : column.ucd());
        value.setUtype(column.utype().isEmpty() ? null : column.utype());
        value.setXtype(column.type().xtype());
        value.setNullable(column.type() != ColumnType.DOUBLE && column.type() != ColumnType.FLOAT);
        if (column.type().isArray()) {
            value.setShape(new int[] {-1});
        }
        ColumnInfo info = new ColumnInfo(value);
        if (column.type().content() == String.class) {
            info.setAuxDatum(new DescribedValue(VOStarTable.DATATYPE_INFO, "char"));
        }
        return info;
    }

    /** The result's rows in the engine's SQL, each value of the class that its column tells. */
    String sql() {
        return result.columns().stream()
                .map(column -> column.expression())
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + result.table()));
    }

    @Override
    public RowSequence getRowSequence() throws IOException {
        try {
            Statement statement = session.connection().createStatement();
            return new Rows(statement, statement.executeQuery(sql()));
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private final class Rows implements RowSequence {
        private final Statement statement;
        private final ResultSet rows;
        private long count;

        Rows(Statement statement, ResultSet rows) {
            this.statement = statement;
            this.rows = rows;
        }

        @Override
        public boolean next() throws IOException {
            if ((++count & 1023) == 0 && session.isStopped()) {
                throw new IOException("the query was stopped");
            }
            try {
                return rows.next();
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public @Nullable Object getCell(int index) throws IOException {
            try {
                return value(result.columns().get(index).type(), rows, index + 1);
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public Object[] getRow() throws IOException {
            Object[] row = new Object[result.columns().size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = getCell(i);
            }
            return row;
        }

        @Override
        public void close() throws IOException {
            try {
                statement.close();
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private static @Nullable Object value(ColumnType type, ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof Array array) {
            return numbers(type, (Object[]) array.getArray());
        }
        return value == null || type.content().isInstance(value) ? value : String.valueOf(value);
    }

    private static Object numbers(ColumnType type, Object[] elements) {
        Object array = java.lang.reflect.Array.newInstance(type.content().getComponentType(), elements.length);
        for (int i = 0; i < elements.length; i++) {
            Number number = (Number) elements[i];
            switch (type) {
                case INTS ->
                    java.lang.reflect.Array.setInt(array, i, number == null ? Integer.MIN_VALUE : number.intValue());
                case LONGS ->
                    java.lang.reflect.Array.setLong(array, i, number == null ? Long.MIN_VALUE : number.longValue());
                case FLOATS ->
                    java.lang.reflect.Array.setFloat(array, i, number == null ? Float.NaN : number.floatValue());
                default ->
                    java.lang.reflect.Array.setDouble(array, i, number == null ? Double.NaN : number.doubleValue());
            }
        }
        return array;
    }
}
