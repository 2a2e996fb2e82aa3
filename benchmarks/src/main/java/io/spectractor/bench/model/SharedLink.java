package io.spectractor.bench.model;

import java.util.PriorityQueue;

/**
 * A file system or server whose bandwidth all transfers share evenly, none of them faster than a single stream can be.
 *
 * <p>All active transfers get the same rate, so that one counter of bytes per transfer and a heap of the marks at which
 * each is done tell everything: a change costs the logarithm of their number.
 */
final class SharedLink {
    private final EventQueue time;
    private final double bytesPerSecond;
    private final double streamBytesPerSecond;
    private final PriorityQueue<Flow> flows = new PriorityQueue<>();
    private double served;
    private double servedAt;
    private long version;
    private long started;

    /** A transfer under way. */
    final class Flow implements Comparable<Flow> {
        private final double mark;
        private final long sequence;
        private final Runnable done;

        private Flow(double mark, long sequence, Runnable done) {
            this.mark = mark;
            this.sequence = sequence;
            this.done = done;
        }

        @Override
        public int compareTo(Flow other) {
            int byMark = Double.compare(mark, other.mark);
            return byMark != 0 ? byMark : Long.compare(sequence, other.sequence);
        }

        /** Takes the transfer away; its action is never run. */
        void cancel() {
            advance();
            if (flows.remove(this)) {
                plan();
            }
        }
    }

    /**
     * A link.
     *
     * @param bytesPerSecond of all transfers together, may be infinite
     * @param streamBytesPerSecond of one transfer, may be infinite
     */
    SharedLink(EventQueue time, double bytesPerSecond, double streamBytesPerSecond) {
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.streamBytesPerSecond = streamBytesPerSecond;
    }

    /** Transfers bytes, then runs the action. */
    Flow transfer(double bytes, Runnable done) {
        advance();
        Flow flow = new Flow(served + bytes, started++, done);
        if (bytes <= 0 || Double.isInfinite(rate(1))) {
            time.after(0, done);
            return flow;
        }
        flows.add(flow);
        plan();
        return flow;
    }

    private double rate(int active) {
        return Math.min(streamBytesPerSecond, bytesPerSecond / active);
    }

    private void advance() {
        double now = time.now();
        if (!flows.isEmpty()) {
            served += rate(flows.size()) * (now - servedAt);
        }
        servedAt = now;
    }

    private void plan() {
        long planned = ++version;
        Flow first = flows.peek();
        if (first != null) {
            double wait = Math.max(0, first.mark - served) / rate(flows.size());
            time.after(wait, () -> finish(planned, first));
        }
    }

    private void finish(long planned, Flow flow) {
        if (planned != version) {
            return;
        }
        advance();
        served = Math.max(served, flow.mark);
        flows.poll();
        plan();
        flow.done.run();
    }
}
