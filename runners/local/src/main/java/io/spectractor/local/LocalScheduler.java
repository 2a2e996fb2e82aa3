package io.spectractor.local;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.ItemSource;
import io.spectractor.batch.run.ItemWorker;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.batch.run.WorkerPool;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** The threads of this process, each with one image at a time. */
public final class LocalScheduler implements Scheduler {
    private final int workers;

    /**
     * A scheduler.
     *
     * @param workers images in flight at most
     * @throws IllegalArgumentException if it is below 1
     */
    public LocalScheduler(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker is needed, not " + workers);
        }
        this.workers = workers;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public boolean worksHere() {
        return true;
    }

    @Override
    public void execute(List<WorkItem> items, ItemWorker worker, ImageListener listener, StopSignal stop) {
        Queue<WorkerPool.Task> waiting = items.stream()
                .map(item -> new WorkerPool.Task(item, 1))
                .collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
        new WorkerPool(worker, listener, stop, waiting::poll).run(Math.min(workers, items.size()));
    }

    @Override
    public void executeArriving(ItemSource source, ItemWorker worker, ImageListener listener, StopSignal stop) {
        ArrivingTasks tasks = new ArrivingTasks(source, listener, stop);
        do {
            // a pool ends so that an item that ran out of memory can be tried again while nothing else runs
            new WorkerPool(worker, tasks, stop, tasks::next).run(workers);
        } while (tasks.hasMore() && !stop.stopRequested());
    }
}
