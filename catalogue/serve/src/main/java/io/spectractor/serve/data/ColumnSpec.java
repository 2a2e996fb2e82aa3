package io.spectractor.serve.data;

import org.jspecify.annotations.Nullable;

/**
 * A column as users see it.
 *
 * @param name its name, as it is spelled
 * @param type what it holds
 * @param unit in VOUnits, empty if it has none
 * @param ucd unified content descriptor, empty if none is known
 * @param utype role in a data model, empty if none
 * @param description what it means, perhaps empty
 * @param expression the engine's SQL for it over the rows' source, whose alias is {@code t}
 * @param circle where it is a region, the columns it is made of
 */
public record ColumnSpec(
        String name,
        ColumnType type,
        String unit,
        String ucd,
        String utype,
        String description,
        String expression,
        @Nullable CircleColumns circle) {
    /** The columns that a region is made of: a circle's centre and radius, degrees. */
    public record CircleColumns(String ra, String dec, String radius) {}

    /** A column without utype. */
    public static ColumnSpec of(
            String name, ColumnType type, String unit, String ucd, String description, String expression) {
        return new ColumnSpec(name, type, unit, ucd, "", description, expression, null);
    }
}
