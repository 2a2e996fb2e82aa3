package io.spectractor.mpi.rank;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The images of a world in the order in which they are handed out: the largest file first, because what takes longest
 * must not come last; an image over which a rank died comes after all others, when it can spoil the least.
 *
 * <p>Images are handed out one by one, so that the last ranks wait for one image at most.
 */
public final class TaskQueue {
    private static final Comparator<RankTask> ORDER = Comparator.comparing((RankTask t) -> t.attempt() > 1)
            .thenComparing(Comparator.comparingLong(RankTask::bytes).reversed())
            .thenComparingInt(t -> t.item().index());

    private final Queue<RankTask> waiting;

    public TaskQueue(List<RankTask> tasks) {
        this.waiting = tasks.stream().sorted(ORDER).collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** The next one, or null if there is none any more. */
    public @Nullable RankTask next() {
        return waiting.poll();
    }
}
