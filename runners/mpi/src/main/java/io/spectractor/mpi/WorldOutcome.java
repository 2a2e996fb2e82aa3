package io.spectractor.mpi;

import org.jspecify.annotations.Nullable;

/**
 * How a world ended.
 *
 * @param lostRank the rank that was lost first, or null if all left in order or nobody knows
 * @param why why it broke, or null if it ended in order
 */
record WorldOutcome(@Nullable Integer lostRank, @Nullable String why) {}
