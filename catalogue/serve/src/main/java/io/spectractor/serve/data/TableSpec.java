package io.spectractor.serve.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as users see it.
 *
 * @param schema name of its schema
 * @param name its name in that
 * @param description what it is
 * @param utype role in a data model, empty if none
 * @param columns its columns
 * @param rows where its rows come from
 * @param sky its position, null if it has none
 */
public record TableSpec(
        String schema,
        String name,
        String description,
        String utype,
        List<ColumnSpec> columns,
        RowSource rows,
        @Nullable SkyColumns sky) {
    public TableSpec {
        columns = List.copyOf(columns);
    }

    /** Names of the columns of a position, degrees, ICRS. */
    public record SkyColumns(String ra, String dec) {}

    /** Name with the schema, as a query spells it. */
    public String fullName() {
        return Names.spelled(schema) + "." + Names.spelled(name);
    }

    /** Whether a name with the schema means this table, in any case, with quotes or without. */
    public boolean isNamed(String wanted) {
        return fullName().equalsIgnoreCase(wanted) || (schema + "." + name).equalsIgnoreCase(wanted);
    }

    /** The column of a name in any case, null if there is none. */
    public @Nullable ColumnSpec column(String wanted) {
        ColumnSpec found = null;
        for (ColumnSpec column : columns) {
            if (column.name().equals(wanted)) {
                return column;
            }
            if (column.name().equalsIgnoreCase(wanted)) {
                found = column;
            }
        }
        return found;
    }
}
