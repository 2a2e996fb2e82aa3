package io.spectractor.serve.data;

import java.util.List;

/**
 * A result that lies in a table of its session.
 *
 * @param table its name in the session
 * @param columns its columns; the expression of each is a value as {@code ColumnType.content()} has it
 * @param rows number of its rows
 * @param overflow whether there were more rows than were asked for
 */
public record Result(String table, List<ColumnSpec> columns, long rows, boolean overflow) {
    public Result {
        columns = List.copyOf(columns);
    }
}
