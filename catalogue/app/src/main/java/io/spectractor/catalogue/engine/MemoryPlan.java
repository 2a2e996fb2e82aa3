package io.spectractor.catalogue.engine;

import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.Partition;
import java.util.List;
import java.util.Locale;

/**
 * How many partitions are worked on at a time, so that their rows fit into memory.
 *
 * @param allowed bytes that one partition may take
 * @param atATime partitions that are worked on at a time
 * @param needed bytes that these take at most, about
 */
public record MemoryPlan(long allowed, int atATime, long needed) {
    /** Half of the heap; the other half is for what is no row, and for what waits to be collected. */
    private static final int PART_OF_HEAP = 2;

    /**
     * Makes a plan from what the files say.
     *
     * @param heap bytes of the heap
     * @param cores partitions at a time if memory allows
     * @throws CatalogueException if one partition alone takes more than there is
     */
    public static MemoryPlan of(PartitionWork work, List<Partition> partitions, long heap, int cores) {
        long rows = heap / PART_OF_HEAP;
        long allowed = rows / cores;
        long most = 0;
        for (Partition partition : partitions) {
            long its = work.memory(partition, allowed);
            if (its > rows) {
                throw new CatalogueException(String.format(
                        Locale.ROOT,
                        "Norder=%d/Npix=%d needs about %d MB for its rows, and half of the heap of %d MB is for rows; give"
                                + " more (SPECTRACTOR_JAVA_OPTS=-Xmx%dm; with Spark --conf spark.executor.memory), or"
                                + " import the table again with fewer --rows-per-pixel",
                        partition.order(),
                        partition.pixel(),
                        mb(its),
                        mb(heap),
                        mb(PART_OF_HEAP * its * 9 / 8)));
            }
            most = Math.max(most, its);
        }
        int atATime = (int) Math.max(1, Math.min(cores, rows / Math.max(1, most)));
        return new MemoryPlan(allowed, atATime, atATime * most);
    }

    /** A line that states it. */
    public String line(int partitions) {
        return String.format(
                Locale.ROOT,
                "%d partitions, %d at a time; they take up to %d MB",
                partitions,
                Math.min(atATime, Math.max(1, partitions)),
                mb(needed));
    }

    private static long mb(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
