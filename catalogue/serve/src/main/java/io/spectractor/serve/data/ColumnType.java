package io.spectractor.serve.data;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column holds: how VOTable names it, how STIL holds it, and how the engine does. */
public enum ColumnType {
    BOOLEAN("boolean", null, null, Boolean.class, "BOOLEAN"),
    SHORT("short", null, null, Short.class, "SMALLINT"),
    INT("int", null, null, Integer.class, "INTEGER"),
    LONG("long", null, null, Long.class, "BIGINT"),
    FLOAT("float", null, null, Float.class, "FLOAT"),
    DOUBLE("double", null, null, Double.class, "DOUBLE"),
    TEXT("char", "*", null, String.class, "VARCHAR"),
    TIMESTAMP("char", "*", "timestamp", String.class, "TIMESTAMP"),
    REGION("char", "*", "adql:REGION", String.class, "VARCHAR"),
    INTS("int", "*", null, int[].class, "INTEGER[]"),
    LONGS("long", "*", null, long[].class, "BIGINT[]"),
    FLOATS("float", "*", null, float[].class, "FLOAT[]"),
    DOUBLES("double", "*", null, double[].class, "DOUBLE[]");

    private final String datatype;
    private final @Nullable String arraysize;
    private final @Nullable String xtype;
    private final Class<?> content;
    private final String sql;

    ColumnType(String datatype, @Nullable String arraysize, @Nullable String xtype, Class<?> content, String sql) {
        this.datatype = datatype;
        this.arraysize = arraysize;
        this.xtype = xtype;
        this.content = content;
        this.sql = sql;
    }

    /** VOTable's datatype. */
    public String datatype() {
        return datatype;
    }

    /** VOTable's arraysize, null for a single value. */
    public @Nullable String arraysize() {
        return arraysize;
    }

    /** VOTable's xtype, null if it has none. */
    public @Nullable String xtype() {
        return xtype;
    }

    /** Class of a value. */
    public Class<?> content() {
        return content;
    }

    /** The engine's name of it. */
    public String sql() {
        return sql;
    }

    /** Whether a value is an array of numbers. */
    public boolean isArray() {
        return sql.endsWith("[]");
    }

    /** Whether a value is a number. */
    public boolean isNumber() {
        return switch (this) {
            case SHORT, INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /**
     * The type for one of the engine's.
     *
     * @param name as the engine names it
     * @return null if values of it cannot be returned
     */
    public static @Nullable ColumnType ofSql(String name) {
        String type = name.toUpperCase(Locale.ROOT);
        if (type.endsWith("[]")) {
            ColumnType element = ofSql(type.substring(0, type.length() - 2));
            return element == null ? null : element.array();
        }
        if (type.startsWith("DECIMAL")) {
            return DOUBLE;
        }
        return switch (type) {
            case "BOOLEAN" -> BOOLEAN;
            case "TINYINT", "UTINYINT", "SMALLINT" -> SHORT;
            case "USMALLINT", "INTEGER" -> INT;
            case "UINTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UHUGEINT" -> LONG;
            case "FLOAT" -> FLOAT;
            case "DOUBLE" -> DOUBLE;
            case "VARCHAR", "\"NULL\"" -> TEXT;
            case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
                TIMESTAMP;
            default -> null;
        };
    }

    /** The type of an array of this, null if there is none. */
    public @Nullable ColumnType array() {
        return switch (this) {
            case SHORT, INT -> INTS;
            case LONG -> LONGS;
            case FLOAT -> FLOATS;
            case DOUBLE -> DOUBLES;
            default -> null;
        };
    }
}
