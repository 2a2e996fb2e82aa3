package io.spectractor.bench.model;

import java.util.PriorityQueue;

/** Simulated time: actions in the order of their times, those of one time in the order of their planning. */
final class EventQueue {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private double now;
    private long planned;

    private record Event(double time, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** Seconds since the start. */
    double now() {
        return now;
    }

    /** Plans an action a while from now, s. */
    void after(double delay, Runnable action) {
        if (!(delay >= 0 && delay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a delay of " + delay + " s");
        }
        events.add(new Event(now + delay, planned++, action));
    }

    /** Goes on until nothing is planned any more. */
    void run() {
        Event next = events.poll();
        while (next != null) {
            now = next.time;
            next.action.run();
            next = events.poll();
        }
    }
}
