package io.spectractor.mpi;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.ItemWorker;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.mpi.hub.Hub;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.rank.RankSpec;
import io.spectractor.mpi.start.RankStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images over the ranks of an MPI world. MPI tolerates no fault: when a rank is lost, the world is. This process is no
 * rank; it watches the ranks, and starts a new world for what is left, a bounded number of times.
 */
public final class MpiScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(MpiScheduler.class);

    /** Worlds in a row that settled nothing, after which nobody believes that the next one will. */
    static final int BARREN_IN_A_ROW = 3;

    private final MpiOptions options;
    private final Timeouts limits;
    private final RankStarter starter;
    private final Supplier<byte[]> work;
    private final ExitDiagnosis causes;

    /**
     * A scheduler.
     *
     * @param work the work order from which ranks make their workers, made when it is needed
     */
    public MpiScheduler(MpiOptions options, Timeouts limits, RankStarter starter, Supplier<byte[]> work) {
        this(options, limits, starter, work, (host, pid) -> Optional.empty());
    }

    /**
     * A scheduler.
     *
     * @param work the work order from which ranks make their workers, made when it is needed
     * @param causes tells what killed a rank that is gone without a word
     */
    public MpiScheduler(
            MpiOptions options, Timeouts limits, RankStarter starter, Supplier<byte[]> work, ExitDiagnosis causes) {
        this.causes = causes;
        this.options = options;
        this.limits = limits;
        this.starter = starter;
        this.work = work;
    }

    @Override
    public String name() {
        return MpiSchedulerFactory.NAME;
    }

    @Override
    public int workers() {
        return options.distribution().workingRanks(options.ranks()) * options.threadsPerRank();
    }

    /** The worker is not used: each rank makes its own, from the work order. */
    @Override
    public void execute(List<WorkItem> items, ItemWorker worker, ImageListener listener, StopSignal stop) {
        ImageAssignments assignments = new ImageAssignments(items, listener);
        byte[] order = items.isEmpty() ? new byte[0] : work.get();
        int restarts = 0;
        int barren = 0;
        while (!assignments.done() && !stop.stopRequested()) {
            int before = assignments.settled();
            WorldOutcome end = world(assignments, listener, stop, order);
            assignments.worldEnded(end);
            if (assignments.done() || stop.stopRequested()) {
                return;
            }
            barren = assignments.settled() > before ? 0 : barren + 1;
            if (restarts == options.restarts() || barren == BARREN_IN_A_ROW || !starter.startsAgain()) {
                String tries = barren == BARREN_IN_A_ROW
                        ? barren + " worlds of ranks in a row did nothing"
                        : "the world of ranks broke" + (restarts == 0 ? "" : ", after " + restarts + " new ones");
                listener.stop(RunControl.Cause.WORKERS_LOST, tries + "; the last one: " + end.why());
                return;
            }
            restarts++;
            LOG.warn(
                    "the world of ranks broke: {}; starting a new one for {} images (restart {} of at most {})",
                    end.why(),
                    assignments.open(),
                    restarts,
                    options.restarts());
        }
    }

    private WorldOutcome world(ImageAssignments assignments, ImageListener listener, StopSignal stop, byte[] work) {
        try (Hub hub = new Hub(starter.hubAddress(), options.ranks(), limits)) {
            RankSpec order = new RankSpec(
                    options.distribution(), options.threadsPerRank(), assignments.tasks(MpiScheduler::size), work);
            RankStarter.RankGroup group = starter.start(options.ranks(), hub.address());
            return new WorldRun(
                            hub, group, options.ranks(), limits, assignments, listener, stop, order.toBytes(), causes)
                    .run();
        } catch (IOException e) {
            return new WorldOutcome(null, "ranks cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new WorldOutcome(null, "interrupted");
        }
    }

    /** Size of the file; one that cannot be asked for it will fail later, with its reason. */
    private static long size(WorkItem item) {
        try {
            return Files.size(PathResolver.path(item.input()));
        } catch (IOException | UsageException e) {
            LOG.debug("size of {}", item.input(), e);
            return 0;
        }
    }
}
