package io.spectractor.mpi.rank;

import io.spectractor.batch.run.ItemWorker;
import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.hub.HubClient;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One rank from its first word to its last. */
public final class Rank {
    private static final Logger LOG = LoggerFactory.getLogger(Rank.class);

    private final RankIdentity identity;
    private final Timeouts limits;
    private final WorldSupplier worlds;
    private final WorkerFactory workers;
    private final AtomicReference<@Nullable HubClient> openLine = new AtomicReference<>();

    /** Joins the world of a rank. */
    @FunctionalInterface
    public interface WorldSupplier {
        /**
         * Joins.
         *
         * @param hub where the ranks meet
         * @throws WorldException if it cannot be joined
         */
        World join(RankIdentity identity, HubAddress hub) throws WorldException;
    }

    public Rank(RankIdentity identity, Timeouts limits, WorldSupplier worlds, WorkerFactory workers) {
        this.identity = identity;
        this.limits = limits;
        this.worlds = worlds;
        this.workers = workers;
    }

    /** Whether the hub has told this rank to start no more images. */
    boolean stopRequested() {
        HubClient line = openLine.get();
        return line != null && line.stopRequested();
    }

    /** Whether this rank knows that its world is broken. */
    boolean isBroken() {
        HubClient line = openLine.get();
        return line != null && line.broken() != null;
    }

    /** Tells the hub that this process was told to end; the rank goes on until it is let go. */
    public void signalled() {
        HubClient line = openLine.get();
        if (line != null) {
            line.signalled();
        }
    }

    /**
     * Does all that the world has for this rank. Returns also when the world breaks: then the images in progress are
     * committed and reported, and the hub knows.
     *
     * @throws IOException if the hub cannot be reached, or the order is none
     * @throws WorldException if the world cannot be joined
     */
    public void run(HubAddress hub) throws IOException, WorldException, InterruptedException {
        try (HubClient line = HubClient.connect(hub, identity.rank(), identity.host(), limits)) {
            openLine.set(line);
            try {
                work(hub, line);
                line.leave();
            } catch (Throwable e) {
                if (line.broken() == null) {
                    line.fault(e.toString());
                    throw e;
                }
                LOG.info("rank {} leaves a world that broke", identity.rank(), e);
                line.leave();
            }
        }
    }

    private void work(HubAddress hub, HubClient line) throws IOException, WorldException, InterruptedException {
        TimeLimitedCall deadline = new TimeLimitedCall(line);
        World world = deadline.within(limits.join(), "joining the world", () -> worlds.join(identity, hub));
        byte[] mine = identity.rank() == 0 ? line.order(limits.order()) : new byte[0];
        byte[] bytes = deadline.within(limits.order(), "the broadcast", () -> broadcast(world, mine, line));
        RankSpec order = RankSpec.fromBytes(bytes);
        if (identity.rank() == 0) {
            coordinate(world, line, order);
        } else {
            follow(world, line, order, workers.make(order.work()));
        }
        // nothing is lost any more if this does not come to its end
        leaveWorld(deadline, world);
    }

    /** The last rank tells how long it took, from the moment that rank 0 has begun. */
    private byte[] broadcast(World world, byte[] mine, HubClient line) throws WorldException {
        world.broadcast(new byte[0], 0);
        long start = System.nanoTime();
        byte[] bytes = world.broadcast(mine, 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (identity.rank() == world.size() - 1) {
            String text = String.format(
                    Locale.ROOT,
                    "rank %d: broadcast of %d bytes took %.4f s, %.0f MB/s",
                    identity.rank(),
                    bytes.length,
                    seconds,
                    bytes.length / 1e6 / seconds);
            line.report(Message.of(Message.Kind.NOTE, identity.rank(), text).toBytes());
        }
        return bytes;
    }

    private void coordinate(World world, HubClient line, RankSpec order) throws InterruptedException {
        Coordinator coordinator = new Coordinator(world, line, order);
        RankWork work = new RankWork(identity, line, coordinator, order.threads());
        Thread own = new Thread(() -> work.run(worker(order)), "spectractor-rank-0");
        AtomicReference<@Nullable Throwable> bug = new AtomicReference<>();
        own.setUncaughtExceptionHandler((thread, e) -> bug.set(e));
        if (coordinator.works()) {
            own.start();
        }
        try {
            coordinator.serve(() -> !own.isAlive());
        } catch (WorldException e) {
            LOG.info("rank 0 is cut off: {}", e.getMessage());
            awaitVerdict(line, e);
        }
        own.join();
        if (work.isCutOff()) {
            work.reportAllToHub();
        }
        line.report(Message.of(Message.Kind.NOTE, 0, work.account()).toBytes());
        Throwable thrown = bug.get();
        if (thrown != null) {
            throw new IllegalStateException("rank 0: " + thrown, thrown);
        }
    }

    /** Made beside the coordinator's work: the others need not wait until rank 0 has read its calibration data. */
    private ItemWorker worker(RankSpec order) {
        try {
            return workers.make(order.work());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(World world, HubClient line, RankSpec order, ItemWorker worker) throws InterruptedException {
        RemoteWorkSource source = new RemoteWorkSource(world, line, limits, order);
        RankWork work = new RankWork(identity, line, source, order.threads());
        work.run(worker);
        line.report(
                Message.of(Message.Kind.NOTE, identity.rank(), work.account()).toBytes());
        if (!work.isCutOff()) {
            try {
                source.leave();
                return;
            } catch (WorldException e) {
                LOG.info("rank {} is cut off: {}", identity.rank(), e.getMessage());
            }
        }
        work.reportAllToHub();
        if (line.broken() == null) {
            awaitVerdict(line, new WorldException("rank " + identity.rank() + " cannot reach the others"));
        }
    }

    /**
     * The library may notice a loss before the hub has said which rank it was. Left in the meantime, this rank would look
     * as if it was done.
     *
     * @throws IllegalStateException if the hub says nothing: then it is this rank that has a problem
     */
    private void awaitVerdict(HubClient line, WorldException cause) throws InterruptedException {
        long end = System.nanoTime() + limits.silence().toNanos();
        while (line.broken() == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(cause.getMessage(), cause);
            }
            Thread.sleep(Duration.ofMillis(20).toMillis());
        }
    }

    private void leaveWorld(TimeLimitedCall deadline, World world) throws InterruptedException {
        try {
            deadline.within(limits.leave(), "leaving the world", () -> {
                world.close();
                return true;
            });
        } catch (WorldException e) {
            LOG.debug("rank {}: {}", identity.rank(), e.getMessage());
        }
    }
}
