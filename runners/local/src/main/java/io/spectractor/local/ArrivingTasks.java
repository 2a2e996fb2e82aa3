package io.spectractor.local;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.ItemSource;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.batch.run.WorkerPool;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Hands items that come one by one to the threads of a pool. Two deliveries of one image are never in progress together: the
 * later one must win.
 */
final class ArrivingTasks implements ImageListener {
    private final ItemSource source;
    private final ImageListener listener;
    private final StopSignal stop;
    private final Queue<WorkItem> waiting = new ArrayDeque<>();
    private final Map<String, WorkItem> inWork = new HashMap<>();
    private final Map<String, Queue<WorkItem>> again = new HashMap<>();
    private boolean memoryExhausted;
    private boolean over;

    ArrivingTasks(ItemSource source, ImageListener listener, StopSignal stop) {
        this.source = source;
        this.listener = listener;
        this.stop = stop;
    }

    /** The next task; null when none comes any more, or when all threads must pause for an image that needs all memory. */
    WorkerPool.@Nullable Task next() {
        // one thread waits for items, the others for that thread; finished() waits for neither
        synchronized (source) {
            while (true) {
                synchronized (this) {
                    if (memoryExhausted) {
                        return null;
                    }
                    WorkItem item = waiting.poll();
                    if (item != null && inWork.putIfAbsent(item.name(), item) == null) {
                        return new WorkerPool.Task(item, 1);
                    }
                    if (item != null) {
                        again.computeIfAbsent(item.name(), name -> new ArrayDeque<>())
                                .add(item);
                        continue;
                    }
                    if (over || stop.stopRequested()) {
                        return null;
                    }
                }
                take();
            }
        }
    }

    private void take() {
        List<WorkItem> items = source.next(this::wanted);
        synchronized (this) {
            waiting.addAll(items);
            over = items.isEmpty() && !wanted();
        }
    }

    /** Whether the thread that waits for items has something else to do. */
    private synchronized boolean wanted() {
        return memoryExhausted || !waiting.isEmpty() || stop.stopRequested();
    }

    /** After a pool has ended: whether another one has something to do. */
    synchronized boolean hasMore() {
        memoryExhausted = false;
        return !over || !waiting.isEmpty();
    }

    @Override
    public void started(WorkItem item, int attempt, String worker) {
        listener.started(item, attempt, worker);
    }

    @Override
    public void retrying(WorkItem item, String reason) {
        synchronized (this) {
            memoryExhausted = true;
        }
        listener.retrying(item, reason);
    }

    @Override
    public void finished(WorkItem item, ImageResult result) {
        listener.finished(item, result);
        synchronized (this) {
            inWork.remove(item.name());
            Queue<WorkItem> later = again.get(item.name());
            WorkItem next = later == null ? null : later.poll();
            if (next != null) {
                waiting.add(next);
            }
        }
    }

    @Override
    public void stop(RunControl.Cause cause, String reason) {
        listener.stop(cause, reason);
    }
}
