package io.spectractor.batch.run;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads of one process, each with one image at a time from its file to its product: memory grows with
 * the number of workers and not with that of the images.
 *
 * <p>An item that runs out of memory is tried once more while nothing else runs in this process.
 */
public final class WorkerPool {
    private final ItemWorker worker;
    private final ImageListener listener;
    private final StopSignal stop;
    private final TaskSource source;
    private final StepListener steps;
    private final Queue<Exhausted> exhausted = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();

    /**
     * An item to do.
     *
     * @param item the item
     * @param attempt 1 for the first try
     */
    public record Task(WorkItem item, int attempt) {}

    /** Where tasks come from. Called from any thread of the pool. */
    @FunctionalInterface
    public interface TaskSource {
        /** The next task; may wait for it. Null when there is none any more for this thread. */
        @Nullable
        Task next();
    }

    private record Exhausted(Task task, OutOfMemoryError error) {}

    /**
     * A pool.
     *
     * @param worker does one item, on whatever thread calls it
     * @param listener is told of every item; called from any thread
     * @param stop asked before each item
     * @param source where tasks come from
     */
    public WorkerPool(ItemWorker worker, ImageListener listener, StopSignal stop, TaskSource source) {
        this(worker, listener, stop, source, StepListener.NONE);
    }

    /**
     * A pool.
     *
     * @param worker does one item, on whatever thread calls it
     * @param listener is told of every item; called from any thread
     * @param stop asked before each item
     * @param source where tasks come from
     * @param steps is told how far an item has come, but not of one that is tried again alone: no task is taken after it
     */
    public WorkerPool(
            ItemWorker worker, ImageListener listener, StopSignal stop, TaskSource source, StepListener steps) {
        this.worker = worker;
        this.listener = listener;
        this.stop = stop;
        this.source = source;
        this.steps = steps;
    }

    /**
     * Works until there is nothing more to do.
     *
     * @throws IllegalStateException if a thread dies of an internal error
     */
    public void run(int threads) {
        List<Thread> pool = new ArrayList<>();
        for (int i = 1; i <= threads; i++) {
            Thread thread = new Thread(this::work, "spectractor-worker-" + i);
            pool.add(thread);
            thread.start();
        }
        joinAll(pool);
        // nothing else runs now
        for (Exhausted one : exhausted) {
            listener.finished(one.task().item(), alone(one));
        }
        Throwable thrown = bug.get();
        if (thrown != null) {
            throw new IllegalStateException("a worker died of " + thrown, thrown);
        }
    }

    private void work() {
        try {
            Task task = next();
            while (task != null) {
                attempt(task);
                task = next();
            }
        } catch (RuntimeException | Error e) {
            bug.compareAndSet(null, e);
        }
    }

    private @Nullable Task next() {
        return stop.stopRequested() || bug.get() != null ? null : source.next();
    }

    private void attempt(Task task) {
        listener.started(task.item(), task.attempt(), Thread.currentThread().getName());
        ImageResult result;
        try {
            result = worker.process(task.item(), task.attempt(), steps);
        } catch (OutOfMemoryError e) {
            listener.retrying(task.item(), "out of memory; tried again when nothing else runs");
            exhausted.add(new Exhausted(task, e));
            return;
        }
        listener.finished(task.item(), result);
    }

    private ImageResult alone(Exhausted one) {
        WorkItem item = one.task().item();
        int attempt = one.task().attempt();
        if (stop.stopRequested()) {
            return ImageWorker.outOfMemory(item, attempt, one.error());
        }
        listener.started(item, attempt + 1, Thread.currentThread().getName());
        try {
            return worker.process(item, attempt + 1);
        } catch (OutOfMemoryError e) {
            return ImageWorker.outOfMemory(item, attempt + 1, e);
        }
    }

    /** A worker finishes its image whatever happens to the thread that waits. */
    private static void joinAll(List<Thread> pool) {
        boolean interrupted = false;
        for (Thread thread : pool) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
