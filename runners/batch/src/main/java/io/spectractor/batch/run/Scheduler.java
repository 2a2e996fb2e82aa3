package io.spectractor.batch.run;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Distributes work items, images or nights, over workers. A scheduler decides where and when an item is done, and nothing
 * else: results do not depend on it.
 */
public interface Scheduler extends AutoCloseable {
    /** Name on the command line. */
    String name();

    /** Images in flight at most. */
    int workers();

    /** Whether images are in progress in this process, and not in others. */
    default boolean worksHere() {
        return false;
    }

    /**
     * Does the images and returns when none is in flight any more.
     *
     * <p>Each item that is started is reported finished exactly once. An item that runs out of memory is tried once more
     * while nothing else runs. Once a stop is requested no further item is started; those in flight are finished.
     *
     * @param items the work, in the order of the plan
     * @param worker does one item in this process, on whatever thread calls it; workers elsewhere are made of the work
     *     order that the scheduler was given
     * @param listener is told of every item; may be called from any thread
     * @param stop asked before each item
     */
    void execute(List<WorkItem> items, ItemWorker worker, ImageListener listener, StopSignal stop);

    /**
     * Does images as they come and returns when none is in flight and none comes any more; otherwise as {@link #execute}.
     * Items that come together are done together, and the next ones when these are done; a scheduler that can take them
     * one by one does better.
     *
     * @param source where items come from
     */
    default void executeArriving(ItemSource source, ItemWorker worker, ImageListener listener, StopSignal stop) {
        for (List<WorkItem> items = source.next(stop); !items.isEmpty(); items = source.next(stop)) {
            execute(items, worker, listener, stop);
        }
    }

    /**
     * Told what became of all images, those that were not tried included, after the summary is written: the place for
     * records that only this scheduler can make.
     *
     * @param runFolder the folder of the run
     * @param images one result per image, in the order of the plan
     * @throws IOException if a record cannot be written; the run continues to its end
     */
    default void record(Path runFolder, List<ImageResult> images) throws IOException {}

    /** Gives back what the scheduler holds, such as workers elsewhere; the run is over or will not start. */
    @Override
    default void close() {}
}
