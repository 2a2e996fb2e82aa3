package io.spectractor.serve.vo;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.ColumnType;
import io.spectractor.serve.data.MemoryTable;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** TAP_SCHEMA of TAP 1.1: the tables that tell of all tables, themselves among them. */
final class TapSchema {
    static final String SCHEMA = "TAP_SCHEMA";
    private static final Map<String, String> SCHEMAS = Map.of(
            SCHEMA,
            "what tables and columns there are",
            "catalogue",
            "the tables of this catalogue",
            "ivoa",
            "data models of the Virtual Observatory");

    /**
     * A foreign key among the tables of TAP_SCHEMA.
     *
     * @param from table that has it
     * @param column its column
     * @param target table that it is of
     * @param of the column there
     */
    record Key(String from, String column, String target, String of) {}

    static final List<Key> KEYS = List.of(
            new Key("tables", "schema_name", "schemas", "schema_name"),
            new Key("columns", "table_name", "tables", "table_name"),
            new Key("keys", "from_table", "tables", "table_name"),
            new Key("keys", "target_table", "tables", "table_name"),
            new Key("key_columns", "key_id", "keys", "key_id"));

    private TapSchema() {}

    /** The given tables, and those of TAP_SCHEMA. */
    static List<TableSpec> with(List<TableSpec> others) {
        MemoryTable schemas = new MemoryTable(SCHEMA, "schemas", "the schemas")
                .column("schema_name", ColumnType.TEXT, "name of the schema")
                .column("utype", ColumnType.TEXT, "role in a data model")
                .column("description", ColumnType.TEXT, "what it holds")
                .column("schema_index", ColumnType.INT, "place in a list of them");
        MemoryTable tables = new MemoryTable(SCHEMA, "tables", "the tables")
                .column("schema_name", ColumnType.TEXT, "schema of the table")
                .column("table_name", ColumnType.TEXT, "name as a query spells it")
                .column("table_type", ColumnType.TEXT, "table or view")
                .column("utype", ColumnType.TEXT, "role in a data model")
                .column("description", ColumnType.TEXT, "what it holds")
                .column("table_index", ColumnType.INT, "place in a list of them");
        MemoryTable columns = new MemoryTable(SCHEMA, "columns", "the columns")
                .column("table_name", ColumnType.TEXT, "table of the column")
                .column("column_name", ColumnType.TEXT, "name as a query spells it")
                .column("datatype", ColumnType.TEXT, "datatype in VOTable")
                .column("arraysize", ColumnType.TEXT, "arraysize in VOTable")
                .column("xtype", ColumnType.TEXT, "xtype in VOTable")
                .column("size", ColumnType.INT, "length of an array that all rows have; deprecated")
                .column("description", ColumnType.TEXT, "what it means")
                .column("utype", ColumnType.TEXT, "role in a data model")
                .column("unit", ColumnType.TEXT, "unit, in VOUnits")
                .column("ucd", ColumnType.TEXT, "unified content descriptor")
                .column("indexed", ColumnType.INT, "1 if a condition on it makes a query fast")
                .column("principal", ColumnType.INT, "1 if it belongs into a short list")
                .column("std", ColumnType.INT, "1 if a standard defines it")
                .column("column_index", ColumnType.INT, "place in a list of them");
        MemoryTable keys = new MemoryTable(SCHEMA, "keys", "the foreign keys")
                .column("key_id", ColumnType.TEXT, "name of the key")
                .column("from_table", ColumnType.TEXT, "table that has it")
                .column("target_table", ColumnType.TEXT, "table that it is of")
                .column("utype", ColumnType.TEXT, "role in a data model")
                .column("description", ColumnType.TEXT, "what it means");
        MemoryTable keyColumns = new MemoryTable(SCHEMA, "key_columns", "the columns of foreign keys")
                .column("key_id", ColumnType.TEXT, "name of the key")
                .column("from_column", ColumnType.TEXT, "column that has it")
                .column("target_column", ColumnType.TEXT, "column that it is of");
        for (int i = 0; i < KEYS.size(); i++) {
            Key key = KEYS.get(i);
            keys.row(Integer.toString(i + 1), SCHEMA + "." + key.from(), SCHEMA + "." + key.target(), null, null);
            keyColumns.row(Integer.toString(i + 1), key.column(), key.of());
        }
        List<TableSpec> listed = new ArrayList<>(others);
        List<MemoryTable> own = List.of(schemas, tables, columns, keys, keyColumns);
        own.forEach(table -> listed.add(table.build()));
        fill(listed, schemas, tables, columns);
        List<TableSpec> all = new ArrayList<>(others);
        own.forEach(table -> all.add(table.build()));
        return List.copyOf(all);
    }

    private static void fill(List<TableSpec> listed, MemoryTable schemas, MemoryTable tables, MemoryTable columns) {
        List<String> names = listed.stream().map(TableSpec::schema).distinct().toList();
        for (int i = 0; i < names.size(); i++) {
            schemas.row(names.get(i), null, SCHEMAS.get(names.get(i)), i + 1);
        }
        for (int i = 0; i < listed.size(); i++) {
            TableSpec table = listed.get(i);
            tables.row(
                    table.schema(),
                    table.fullName(),
                    "table",
                    filled(table.utype()),
                    filled(table.description()),
                    i + 1);
            for (int k = 0; k < table.columns().size(); k++) {
                ColumnSpec column = table.columns().get(k);
                columns.row(
                        table.fullName(),
                        Names.spelled(column.name()),
                        column.type().datatype(),
                        column.type().arraysize(),
                        column.type().xtype(),
                        null,
                        filled(column.description()),
                        filled(column.utype()),
                        filled(column.unit()),
                        filled(column.ucd()),
                        isIndexed(table, column) ? 1 : 0,
                        isPrincipal(table, column) ? 1 : 0,
                        isStandard(table) ? 1 : 0,
                        k + 1);
            }
        }
    }

    private static @org.jspecify.annotations.Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }

    static boolean isIndexed(TableSpec table, ColumnSpec column) {
        return table.sky() != null
                && (column.name().equals(table.sky().ra())
                        || column.name().equals(table.sky().dec())
                        || column.name().equals("_healpix_29"));
    }

    private static boolean isPrincipal(TableSpec table, ColumnSpec column) {
        return isStandard(table) || (!column.type().isArray() && !column.name().endsWith("sha256"));
    }

    private static boolean isStandard(TableSpec table) {
        return !table.schema().equals("catalogue");
    }
}
