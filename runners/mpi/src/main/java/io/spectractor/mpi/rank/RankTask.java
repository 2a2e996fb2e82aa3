package io.spectractor.mpi.rank;

import io.spectractor.batch.plan.WorkItem;

/**
 * An image to do.
 *
 * @param item the image
 * @param attempt 1 for the first try; above that a rank died over it
 * @param bytes size of its file, by which its time is guessed; 0 if unknown
 */
public record RankTask(WorkItem item, int attempt, long bytes) {}
