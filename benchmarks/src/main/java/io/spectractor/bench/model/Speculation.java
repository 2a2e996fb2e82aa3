package io.spectractor.bench.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Decides which running task deserves a copy, as Spark's TaskSetManager does. */
final class Speculation {
    /** Spark looks every 100 ms (spark.speculation.interval). */
    static final double INTERVAL_SECONDS = 0.1;

    private final Policy.Spark policy;
    private final int tasks;
    private final List<Double> durations = new ArrayList<>();

    Speculation(Policy.Spark policy, int tasks) {
        this.policy = policy;
        this.tasks = tasks;
    }

    /** A task is done. */
    void finished(double seconds) {
        int at = Collections.binarySearch(durations, seconds);
        durations.add(at < 0 ? -at - 1 : at, seconds);
    }

    /** Among the running tasks the first without a copy that has taken too long. */
    Optional<TaskAttempt> overdue(List<TaskAttempt> running, double now) {
        int needed = Math.max(1, (int) Math.floor(policy.speculationQuantile() * tasks));
        if (!policy.speculation() || durations.size() < needed) {
            return Optional.empty();
        }
        double limit = policy.speculationMultiplier() * durations.get(durations.size() / 2);
        return running.stream()
                .filter(a -> !a.isCopied() && now - a.startedAt() > limit)
                .findFirst();
    }
}
