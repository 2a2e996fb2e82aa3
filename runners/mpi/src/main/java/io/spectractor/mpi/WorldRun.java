package io.spectractor.mpi;

import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.mpi.hub.Hub;
import io.spectractor.mpi.hub.HubEvent;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.rank.Message;
import io.spectractor.mpi.start.RankStarter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One world as the process that started it sees it: gives rank 0 the order, takes the reports, watches the ranks, and
 * comes to an end whatever happens. For one thread.
 */
final class WorldRun {
    private static final Logger LOG = LoggerFactory.getLogger(WorldRun.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** From the end of the processes until their last words have been read from the sockets. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Hub hub;
    private final RankStarter.RankGroup group;
    private final int ranks;
    private final Timeouts limits;
    private final ImageAssignments assignments;
    private final ImageListener listener;
    private final StopSignal stop;
    private final byte[] order;
    private final ExitDiagnosis causes;

    private final long startNs = System.nanoTime();
    private final Map<Integer, String> joined = new HashMap<>();
    private final Map<Integer, HubEvent.Joined> processes = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private boolean stopSent;
    private boolean begun;
    private @Nullable Integer lostRank;
    private @Nullable String why;
    private long allGoneNs;
    private long brokenNs;

    WorldRun(
            Hub hub,
            RankStarter.RankGroup group,
            int ranks,
            Timeouts limits,
            ImageAssignments assignments,
            ImageListener listener,
            StopSignal stop,
            byte[] order,
            ExitDiagnosis causes) {
        this.hub = hub;
        this.group = group;
        this.ranks = ranks;
        this.limits = limits;
        this.assignments = assignments;
        this.listener = listener;
        this.stop = stop;
        this.order = order;
        this.causes = causes;
    }

    /** Runs the world to its end; no process of it is left. */
    WorldOutcome run() throws InterruptedException {
        try {
            while (!over()) {
                HubEvent event = hub.next(LOOK_EVERY);
                if (event != null) {
                    handle(event);
                }
                propagateStop();
                watch();
            }
        } finally {
            group.kill();
        }
        Duration patience = gone.size() == ranks ? Duration.ZERO : LAST_WORDS;
        for (HubEvent event = hub.next(patience); event != null; event = hub.next(Duration.ZERO)) {
            handle(event);
        }
        if (why == null && gone.size() < ranks) {
            lost(null, "ranks that never came: " + missing() + "; " + String.join(", ", group.deaths()));
        }
        return new WorldOutcome(lostRank, why);
    }

    private boolean over() {
        if (group.ended()) {
            return true;
        }
        Set<Integer> here = new HashSet<>(joined.keySet());
        here.removeAll(gone);
        here.remove(lostRank);
        if (!here.isEmpty() || (why == null && gone.size() < ranks)) {
            return false;
        }
        if (allGoneNs == 0) {
            allGoneNs = System.nanoTime();
        }
        // processes that stay though they said goodbye, or never came, are ended by force
        return !group.ours() || System.nanoTime() - allGoneNs > limits.leave().toNanos();
    }

    private void handle(HubEvent event) {
        int rank = event.rank();
        if (event instanceof HubEvent.Joined come) {
            processes.put(rank, come);
            joined.put(rank, "rank " + rank + " (process " + come.pid() + " on " + come.host() + ")");
            if (rank == 0) {
                hub.order(order);
            }
        } else if (event instanceof HubEvent.Reported report) {
            take(report);
        } else if (event instanceof HubEvent.Signalled) {
            listener.stop(RunControl.Cause.SIGNAL, "stopped by a signal to rank " + rank);
        } else if (event instanceof HubEvent.Left) {
            gone.add(rank);
        } else if (event instanceof HubEvent.Lost lost) {
            gone.add(rank);
            String name = joined.getOrDefault(rank, "rank " + rank);
            lost(rank, name + causeOfDeath(rank).map(cause -> " " + cause).orElse(": " + lost.why()));
        }
    }

    private Optional<String> causeOfDeath(int rank) {
        HubEvent.Joined process = processes.get(rank);
        return process == null ? Optional.empty() : causes.of(process.host(), process.pid());
    }

    private void take(HubEvent.Reported report) {
        try {
            Message message = Message.fromBytes(report.content());
            if (message.kind() == Message.Kind.NOTE) {
                LOG.info("{}", message.reason());
                return;
            }
            if (message.kind() == Message.Kind.STARTED && !begun) {
                begun = true;
                LOG.info(
                        "{} ranks: first image begun {} s after they were started",
                        ranks,
                        Math.round((System.nanoTime() - startNs) / 1e6) / 1e3);
            }
            assignments.take(message);
        } catch (IOException e) {
            LOG.warn("rank {} sent a malformed message", report.rank(), e);
        }
    }

    /** The first loss is the cause, the others follow from it. A rank that is lost when nothing is open does no harm. */
    private void lost(@Nullable Integer rank, String reason) {
        if (why != null) {
            return;
        }
        lostRank = rank;
        why = reason;
        brokenNs = System.nanoTime();
        hub.lost(reason);
    }

    private void propagateStop() {
        if (!stopSent && stop.stopRequested()) {
            stopSent = true;
            hub.stop();
        }
    }

    private void watch() {
        if (why != null) {
            abandonSlowRanks();
            return;
        }
        long now = System.nanoTime();
        boolean late = now - startNs > limits.join().toNanos();
        if (joined.size() < ranks && (late || !group.deaths().isEmpty())) {
            lost(null, "did not come: " + missing() + "; " + String.join(", ", group.deaths()));
        }
        if (!limits.image().isZero()) {
            assignments
                    .overdue(limits.image())
                    .ifPresent(rank -> lost(rank, joined.get(rank) + ": has had one image in progress for too long"));
        }
    }

    /** After a loss every rank has the time that an image may take, and no more. */
    private void abandonSlowRanks() {
        long limit = limits.image().plus(limits.leave()).toNanos();
        if (!limits.image().isZero() && System.nanoTime() - brokenNs > limit) {
            LOG.warn("ranks that do not leave are ended by force");
            group.kill();
        }
    }

    private String missing() {
        Set<Integer> missing = IntStream.range(0, ranks).boxed().collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(joined.keySet());
        List<String> names = missing.stream().limit(5).map(r -> "rank " + r).toList();
        return String.join(", ", names) + (missing.size() > names.size() ? ", ... (" + missing.size() + ")" : "");
    }
}
