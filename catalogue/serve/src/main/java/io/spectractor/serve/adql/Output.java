package io.spectractor.serve.adql;

import io.spectractor.serve.data.ColumnSpec;
import org.jspecify.annotations.Nullable;

/**
 * A column of a result.
 *
 * @param name its name
 * @param origin the table's column that it is, null if it is computed
 */
public record Output(String name, @Nullable ColumnSpec origin) {}
