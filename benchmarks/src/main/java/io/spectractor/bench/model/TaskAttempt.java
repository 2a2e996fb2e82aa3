package io.spectractor.bench.model;

import io.spectractor.bench.cost.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task in the hands of a worker. */
final class TaskAttempt {
    private final int worker;
    private final List<Integer> images;
    private final double startedAt;
    private final Map<Phase, Double> spent = new EnumMap<>(Phase.class);
    private final List<Done> done = new ArrayList<>();
    private @Nullable TaskAttempt twin;
    private @Nullable Runnable onCancel;
    private boolean cancelled;

    /** An image that this attempt is done with. */
    record Done(int image, double start, double end) {}

    TaskAttempt(int worker, List<Integer> images, double startedAt) {
        this.worker = worker;
        this.images = images;
        this.startedAt = startedAt;
    }

    int worker() {
        return worker;
    }

    List<Integer> images() {
        return images;
    }

    double startedAt() {
        return startedAt;
    }

    Map<Phase, Double> spent() {
        return spent;
    }

    List<Done> done() {
        return done;
    }

    void spend(Phase phase, double seconds) {
        spent.merge(phase, seconds, Double::sum);
    }

    boolean isCopied() {
        return twin != null;
    }

    @Nullable
    TaskAttempt twin() {
        return twin;
    }

    void setTwin(TaskAttempt other) {
        twin = other;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** What to undo if this attempt is cancelled at this moment. */
    void onCancel(@Nullable Runnable undo) {
        onCancel = undo;
    }

    void cancel() {
        cancelled = true;
        if (onCancel != null) {
            onCancel.run();
        }
    }
}
