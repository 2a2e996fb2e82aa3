package io.spectractor.catalogue.engine;

import io.spectractor.hats.Partition;
import java.util.List;
import java.util.function.Consumer;

/** Works through partitions; which engine it is never changes a result. */
public interface PartitionEngine {
    /** What it is called on the command line. */
    String name();

    /**
     * Does the work.
     *
     * @param work what is done with each partition
     * @param partitions the partitions
     * @param says takes a line on the memory that the work takes, before it begins
     * @return how many rows came out of each partition, in their order
     * @throws io.spectractor.hats.CatalogueException if the memory does not do, or a partition fails
     */
    List<Long> run(PartitionWork work, List<Partition> partitions, Consumer<String> says);
}
