package io.spectractor.serve.adql;

import java.util.List;

/**
 * A query in the engine's SQL.
 *
 * @param sql the SQL; nothing in it is the user's but literals and names that were looked up
 * @param columns the columns of its result
 */
public record TranslatedQuery(String sql, List<Output> columns) {
    public TranslatedQuery {
        columns = List.copyOf(columns);
    }
}
