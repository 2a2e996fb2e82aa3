package io.spectractor.serve.data;

import io.spectractor.sky.PixelCoverage;
import org.jspecify.annotations.Nullable;

/** Where a table's rows come from. */
@FunctionalInterface
public interface RowSource {
    /**
     * What follows FROM in the engine's SQL; its alias is {@code t}.
     *
     * @param coverage rows outside of it are not wanted, but may come; null for all
     */
    String from(@Nullable PixelCoverage coverage);
}
