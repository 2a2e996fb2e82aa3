package io.spectractor.mpi;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.mpi.rank.Message;
import io.spectractor.mpi.rank.RankTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Which images of a run are settled, which are in progress and where, and over which ranks died. Outlives the worlds. A result
 * that comes twice counts once.
 */
final class ImageAssignments {
    /** Deaths of ranks over one image after which nobody believes in chance. */
    static final int DEATHS_TO_FAIL = 2;

    private final ImageListener listener;
    private final Map<Integer, WorkItem> open = new LinkedHashMap<>();
    private final Map<Integer, InWork> inWork = new HashMap<>();
    private final Map<Integer, Integer> deaths = new HashMap<>();
    private int settled;

    private record InWork(int rank, String worker, long sinceNs) {}

    ImageAssignments(List<WorkItem> items, ImageListener listener) {
        this.listener = listener;
        items.forEach(item -> open.put(item.index(), item));
    }

    /** What the next world has to do. */
    List<RankTask> tasks(ToLongFunction<WorkItem> bytes) {
        return open.values().stream()
                .map(item -> new RankTask(item, 1 + deaths.getOrDefault(item.index(), 0), bytes.applyAsLong(item)))
                .toList();
    }

    /** A rank reports. */
    void take(Message message) {
        WorkItem item = open.get(message.index());
        if (item == null) {
            // settled before: a rank that was cut off repeats what may have been lost on the way
            return;
        }
        switch (message.kind()) {
            case STARTED -> {
                String worker = String.valueOf(message.worker());
                inWork.put(message.index(), new InWork(message.rank(), worker, System.nanoTime()));
                listener.started(item, message.attempt(), worker);
            }
            case RETRYING -> listener.retrying(item, String.valueOf(message.reason()));
            case RESULT -> {
                ImageResult result = message.result();
                if (result != null) {
                    settle(item, result);
                }
            }
            default -> {
                // not about an image
            }
        }
    }

    private void settle(WorkItem item, ImageResult result) {
        inWork.remove(item.index());
        open.remove(item.index());
        settled++;
        listener.finished(item, result);
    }

    /**
     * A world has ended; nobody works any more.
     *
     * <p>An image that the lost rank had in progress bears the blame, one that another rank left without a result does not.
     */
    void worldEnded(WorldOutcome end) {
        Integer lostRank = end.lostRank();
        String why = end.why() == null ? "in order" : end.why();
        for (Map.Entry<Integer, InWork> entry : new ArrayList<>(inWork.entrySet())) {
            int index = entry.getKey();
            WorkItem item = open.get(index);
            if (item == null) {
                continue;
            }
            String worker = entry.getValue().worker();
            if (lostRank != null && entry.getValue().rank() == lostRank) {
                int count = deaths.merge(index, 1, Integer::sum);
                if (count >= DEATHS_TO_FAIL) {
                    settle(item, died(item, count, worker, why));
                    continue;
                }
                listener.retrying(item, worker + " died while working on it (" + why + ")");
            } else {
                listener.retrying(item, worker + " left without a result, because the world of ranks broke");
            }
        }
        inWork.clear();
    }

    private static ImageResult died(WorkItem item, int count, String worker, String why) {
        String message = item.name() + ": " + count + " ranks died while they worked on it, the last one " + worker
                + " (" + why + "); if the image is sound, give ranks more memory (--rank-heap) and resume the run";
        Failure failure = new Failure(Stage.EXTRACT, FailureKind.RETRYABLE, message, "");
        return ImageResult.failed(item.name(), item.input(), failure, count, 0, StageTimings.none(), null, null);
    }

    /** A rank that has had an image in progress for longer than this, if there is one. */
    Optional<Integer> overdue(Duration limit) {
        long now = System.nanoTime();
        return inWork.values().stream()
                .filter(w -> now - w.sinceNs() > limit.toNanos())
                .map(InWork::rank)
                .findFirst();
    }

    /** How many images have been settled so far. */
    int settled() {
        return settled;
    }

    /** Whether all are settled. */
    boolean done() {
        return open.isEmpty();
    }

    /** How many are not settled. */
    int open() {
        return open.size();
    }
}
