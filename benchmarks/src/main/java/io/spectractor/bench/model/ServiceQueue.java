package io.spectractor.bench.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** A service that answers a few requests at a time, each taking as long as the others, in the order of their arrival. */
final class ServiceQueue {
    private final EventQueue time;
    private final int parallel;
    private final double serviceSeconds;
    private final double latencySeconds;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int busy;

    /**
     * A service.
     *
     * @param parallel requests that it works on at a time
     * @param serviceSeconds how long it works on one
     * @param latencySeconds there and back, which no queue makes longer
     */
    ServiceQueue(EventQueue time, int parallel, double serviceSeconds, double latencySeconds) {
        this.time = time;
        this.parallel = parallel;
        this.serviceSeconds = serviceSeconds;
        this.latencySeconds = latencySeconds;
    }

    /** Asks; the action runs when the answer is there. */
    void ask(Runnable answered) {
        if (busy < parallel) {
            busy++;
            serve(answered);
        } else {
            waiting.add(answered);
        }
    }

    private void serve(Runnable answered) {
        time.after(serviceSeconds, () -> {
            time.after(latencySeconds, answered);
            Runnable next = waiting.poll();
            if (next == null) {
                busy--;
            } else {
                serve(next);
            }
        });
    }
}
