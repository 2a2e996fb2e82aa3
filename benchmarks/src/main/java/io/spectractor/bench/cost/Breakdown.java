package io.spectractor.bench.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Worker-seconds by phase. Their sum is the number of workers times the wall time: nothing is left over.
 *
 * @param seconds per phase; phases that are absent took no time
 */
public record Breakdown(Map<Phase, Double> seconds) {
    public Breakdown {
        Map<Phase, Double> copy = new EnumMap<>(Phase.class);
        seconds.forEach((phase, s) -> {
            if (s != 0) {
                copy.put(phase, s);
            }
        });
        seconds = Collections.unmodifiableMap(copy);
    }

    /** Worker-seconds of a phase. */
    public double of(Phase phase) {
        return seconds.getOrDefault(phase, 0.0);
    }

    /** Worker-seconds of all phases. */
    public double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Adds up worker-seconds. Not safe for threads. */
    public static final class Sum {
        private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);

        /** Adds to a phase. */
        public void add(Phase phase, double more) {
            seconds.merge(phase, more, Double::sum);
        }

        /** The sum. */
        public Breakdown breakdown() {
            return new Breakdown(seconds);
        }
    }
}
