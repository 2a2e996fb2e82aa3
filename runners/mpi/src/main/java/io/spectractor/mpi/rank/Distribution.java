package io.spectractor.mpi.rank;

import java.util.Locale;

/** How images are dealt out to ranks. */
public enum Distribution {
    /** Rank r has the images r, r + size, r + 2 size, ...: nobody asks, nobody waits for an answer, the slowest decides. */
    STATIC,
    /** A rank asks rank 0 for one image after the other, the slowest expected first. */
    DYNAMIC;

    /** As on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
