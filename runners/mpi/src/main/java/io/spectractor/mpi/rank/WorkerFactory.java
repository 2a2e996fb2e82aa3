package io.spectractor.mpi.rank;

import io.spectractor.batch.run.ItemWorker;
import java.io.IOException;

/** Makes the worker of a rank. */
@FunctionalInterface
public interface WorkerFactory {
    /**
     * The worker for a work order.
     *
     * @param work the bytes of the order, as they were broadcast
     * @throws IOException if they are not an order
     */
    ItemWorker make(byte[] work) throws IOException;
}
