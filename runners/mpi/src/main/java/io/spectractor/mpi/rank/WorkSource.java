package io.spectractor.mpi.rank;

import io.spectractor.mpi.world.WorldException;
import org.jspecify.annotations.Nullable;

/** Where the workers of a rank get their images, and where they report. Safe for threads. */
interface WorkSource {
    /**
     * Asks for one image, and does not wait for it. Who asks {@linkplain #take takes}, unless the rank stops: an image that
     * is not taken counts as never handed out.
     *
     * @throws WorldException if the world is broken
     */
    void ask() throws WorldException;

    /**
     * Takes an image that was asked for; waits for it. Null if there is none any more.
     *
     * @throws WorldException if the world is broken
     */
    @Nullable
    RankTask take() throws WorldException;

    /** What the rank has to say. */
    Outbox outbox();
}
