package io.spectractor.serve.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A small table whose rows are part of the query. */
public final class MemoryTable {
    private final String schema;
    private final String name;
    private final String description;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    public MemoryTable(String schema, String name, String description) {
        this.schema = schema;
        this.name = name;
        this.description = description;
    }

    /** Adds a column; all come before the first row. */
    public MemoryTable column(String column, ColumnType type, String meaning) {
        String expression = "CAST(t.c" + columns.size() + " AS " + type.sql() + ")";
        columns.add(ColumnSpec.of(column, type, "", "", meaning, expression));
        return this;
    }

    /** Adds a row: texts, whole numbers or null. */
    public void row(@Nullable Object... values) {
        List<String> literals = new ArrayList<>();
        for (Object value : values) {
            literals.add(
                    value == null
                            ? "NULL"
                            : value instanceof Number ? value.toString() : Names.literal(value.toString()));
        }
        rows.add(literals.stream().collect(Collectors.joining(", ", "(", ")")));
    }

    /** The table as it is now. */
    public TableSpec build() {
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String none =
                "(" + IntStream.range(0, columns.size()).mapToObj(i -> "NULL").collect(Collectors.joining(", ")) + ")";
        String source = "(SELECT * FROM (VALUES " + (rows.isEmpty() ? none : String.join(", ", rows)) + ") AS v("
                + names + ")" + (rows.isEmpty() ? " WHERE false" : "") + ") t";
        return new TableSpec(schema, name, description, "", columns, coverage -> source, null);
    }
}
