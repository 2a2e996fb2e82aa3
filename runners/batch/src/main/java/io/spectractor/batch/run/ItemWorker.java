package io.spectractor.batch.run;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;

/**
 * Does work items, whatever they are: images to extract, or nights to fit. Safe for threads.
 *
 * <p>Whatever goes wrong with an item is its result, with one exception: {@link OutOfMemoryError} is thrown on, because
 * only the scheduler can see to it that the item is tried once more alone.
 */
@FunctionalInterface
public interface ItemWorker {
    /**
     * Does one item.
     *
     * @param attempt 1 for the first try
     * @param steps is told how far it has come
     * @throws OutOfMemoryError if the memory does not suffice while others work too
     */
    ImageResult process(WorkItem item, int attempt, StepListener steps);

    /** Does one item, and nobody follows how far it has come. */
    default ImageResult process(WorkItem item, int attempt) {
        return process(item, attempt, StepListener.NONE);
    }
}
