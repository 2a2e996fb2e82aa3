package io.spectractor.mpi.rank;

import io.spectractor.mpi.world.WorldException;
import org.jspecify.annotations.Nullable;

/** Where the workers of a rank get their images, and where they report. Safe for threads. */
interface Desk {
    /**
     * The next image for a worker, or null if there is none any more.
     *
     * @throws WorldException if the world is broken
     */
    @Nullable
    RankTask next(String worker) throws WorldException;

    /** Whether handing out an image is reported already, so that the rank need not say that it has begun. */
    boolean reportsStart();

    /**
     * Reports.
     *
     * @throws WorldException if it cannot
     */
    void report(Message message) throws WorldException;
}
