package io.spectractor.catalogue.engine;

import io.spectractor.hats.Partition;
import java.io.Serializable;

/**
 * What is done with each partition of a table, by itself. It goes to other processes as bytes: it names folders, which every one
 * of them sees, and opens what it needs when it first works. Several threads may ask it at once.
 */
public interface PartitionWork extends Serializable {
    /**
     * Memory that a partition takes, bytes, about, as the footers of the files tell.
     *
     * @param allowed bytes; where more is needed a part of the sky at a time is taken, if that helps
     */
    long memory(Partition partition, long allowed);

    /**
     * Does it.
     *
     * @param allowed as before
     * @return how many rows came out
     */
    long run(Partition partition, long allowed);
}
