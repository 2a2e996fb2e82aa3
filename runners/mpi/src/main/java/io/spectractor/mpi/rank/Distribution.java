package io.spectractor.mpi.rank;

import java.util.Locale;

/** How images are dealt out to ranks. */
public enum Distribution {
    /** Rank r has the images r, r + size, r + 2 size, ...: nobody asks, nobody waits for an answer, the slowest decides. */
    STATIC,
    /** A rank asks rank 0 for one image after the other, the slowest expected first. */
    DYNAMIC;

    /** Above so many ranks, rank 0 only coordinates: one worker less does not count, a late answer to all others does. */
    static final int COORDINATOR_WORKS_UP_TO = 32;

    /** Whether rank 0 of so many does images too. */
    boolean rankZeroWorks(int ranks) {
        return this == STATIC || ranks <= COORDINATOR_WORKS_UP_TO;
    }

    /** How many of so many ranks do images. */
    public int workingRanks(int ranks) {
        return rankZeroWorks(ranks) ? ranks : ranks - 1;
    }

    /** As on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
