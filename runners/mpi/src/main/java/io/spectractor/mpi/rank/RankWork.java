package io.spectractor.mpi.rank;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.ItemWorker;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.StepListener;
import io.spectractor.batch.run.WorkerPool;
import io.spectractor.mpi.hub.HubClient;
import io.spectractor.mpi.world.WorldException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that one rank does. When the world breaks, those in progress are finished and no more are begun; what could not
 * be reported on the usual way goes through the control connection.
 *
 * <p>A worker asks for its next image when it has only to write the product of the last one: so the answer is there when
 * it is needed, and the image is held for so short a time that it could hardly have been begun earlier elsewhere.
 */
final class RankWork implements ImageListener, StepListener {
    private static final Logger LOG = LoggerFactory.getLogger(RankWork.class);

    private final RankIdentity identity;
    private final HubClient line;
    private final WorkSource source;
    private final int threads;
    private final List<Message> results = new CopyOnWriteArrayList<>();
    private final AtomicLong messageNs = new AtomicLong();
    private final AtomicInteger taken = new AtomicInteger();
    private final ThreadLocal<Boolean> askedAhead = ThreadLocal.withInitial(() -> false);
    private volatile boolean cutOff;

    RankWork(RankIdentity identity, HubClient line, WorkSource source, int threads) {
        this.identity = identity;
        this.line = line;
        this.source = source;
        this.threads = threads;
    }

    /** Works until there is nothing more to do, or the world is broken; images in progress are finished either way. */
    void run(ItemWorker worker) {
        new WorkerPool(worker, this, () -> line.stopRequested() || isCutOff(), this::next, this).run(threads);
        talk(() -> source.outbox().flush());
    }

    /** What this rank did, for people: images, and how long its workers waited for messages on account of each. */
    String account() {
        double ms = messageNs.get() / 1e6 / Math.max(1, results.size());
        return String.format(
                Locale.ROOT, "rank %d: %d images, %.2f ms of messages for each", identity.rank(), results.size(), ms);
    }

    /** Whether the world is broken as far as this rank can tell. */
    boolean isCutOff() {
        return cutOff || line.broken() != null;
    }

    /** Gives the hub all results of this rank; it knows those that it has already. */
    void reportAllToHub() {
        results.forEach(result -> line.report(result.toBytes()));
    }

    private WorkerPool.@Nullable Task next() {
        long start = System.nanoTime();
        try {
            if (!askedAhead.get()) {
                source.ask();
            }
            askedAhead.set(false);
            RankTask task = source.take();
            if (taken.getAndIncrement() >= threads) {
                // the first answers wait for rank 0 to begin
                messageNs.addAndGet(System.nanoTime() - start);
            }
            return task == null ? null : new WorkerPool.Task(task.item(), task.attempt());
        } catch (WorldException e) {
            cutOff(e);
            return null;
        }
    }

    @Override
    public void started(WorkItem item, int attempt, String worker) {
        report(Message.started(identity.rank(), item.index(), attempt, workerName()));
    }

    /** From here on this process may die of the image: that it was begun must have been said. */
    @Override
    public void read() {
        talk(() -> source.outbox().flush());
    }

    @Override
    public void extracted() {
        talk(() -> {
            if (!line.stopRequested()) {
                source.ask();
                askedAhead.set(true);
            }
        });
    }

    @Override
    public void retrying(WorkItem item, String reason) {
        report(Message.retrying(identity.rank(), item.index(), reason));
    }

    @Override
    public void finished(WorkItem item, ImageResult result) {
        Message message = Message.finished(identity.rank(), item.index(), result);
        results.add(message);
        report(message);
    }

    /** The hub decides on stopping, not a rank. */
    @Override
    public void stop(RunControl.Cause cause, String reason) {
        LOG.warn("rank {}: {}", identity.rank(), reason);
    }

    private void report(Message message) {
        talk(() -> source.outbox().post(message));
    }

    /** What a worker does on account of messages. */
    @FunctionalInterface
    private interface Talk {
        void run() throws WorldException;
    }

    private void talk(Talk what) {
        if (isCutOff()) {
            return;
        }
        long start = System.nanoTime();
        try {
            what.run();
            messageNs.addAndGet(System.nanoTime() - start);
        } catch (WorldException e) {
            cutOff(e);
        }
    }

    private void cutOff(WorldException e) {
        cutOff = true;
        LOG.info("rank {} is cut off: {}", identity.rank(), e.getMessage());
    }

    private String workerName() {
        String thread = Thread.currentThread().getName();
        String number = thread.substring(thread.lastIndexOf('-') + 1);
        return "rank-" + identity.rank() + (threads > 1 ? "." + number : "") + "@" + identity.host();
    }
}
