package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.RowGroups;
import io.spectractor.sky.PixelCoverage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Memory of the rows that a search gathers: known beforehand from the footers, and watched where a condition leaves rows out. */
final class HeldRows {
    private final long most;
    private final long heap;
    private final AtomicLong taken = new AtomicLong();

    private HeldRows(long most, long heap) {
        this.most = most;
        this.heap = heap;
    }

    /**
     * Asks the footers.
     *
     * @param columns the columns wanted, null for all
     * @param heap bytes of the heap; half of it is for rows
     */
    static HeldRows of(HatsCatalogue table, @Nullable List<String> columns, PixelCoverage coverage, long heap) {
        List<String> read = null;
        if (columns != null) {
            Set<String> all = new LinkedHashSet<>(columns);
            all.add(table.raColumn());
            all.add(table.decColumn());
            read = List.copyOf(all);
        }
        return new HeldRows(new RowGroups(table, read).memory(coverage), heap);
    }

    /** A line that states it. */
    String line() {
        return "the rows of this part of the sky take up to " + mb(most) + " MB";
    }

    /**
     * Checks that all rows fit.
     *
     * @throws CatalogueException if they take more than half of the heap
     */
    void checkAll() {
        check(most);
    }

    /**
     * Takes rows that are kept until all are there.
     *
     * @throws CatalogueException if what is kept, and its copy when it is joined, take more than half of the heap
     */
    void take(long bytes) {
        check(2 * taken.addAndGet(bytes));
    }

    private void check(long bytes) {
        if (bytes > heap / 2) {
            throw new CatalogueException(String.format(
                    Locale.ROOT,
                    "the rows that are asked for need about %d MB, and half of the heap of %d MB is for rows; give more"
                            + " (SPECTRACTOR_JAVA_OPTS=-Xmx%dm), or ask for a smaller region or fewer --columns",
                    mb(bytes),
                    mb(heap),
                    mb(2 * bytes * 9 / 8)));
        }
    }

    private static long mb(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
