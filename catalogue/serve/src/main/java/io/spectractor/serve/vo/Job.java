package io.spectractor.serve.vo;

import io.spectractor.serve.data.Engine;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A query in the background, as UWS 1.1 sees it. All of it changes under its own lock. */
public final class Job {
    /** Phases of UWS. */
    public enum Phase {
        PENDING,
        QUEUED,
        EXECUTING,
        COMPLETED,
        ERROR,
        ABORTED;

        /** Whether it may still change. */
        public boolean isActive() {
            return this == PENDING || this == QUEUED || this == EXECUTING;
        }

        /** Whether nothing is lost that the server has worked for, or is working for, when the job goes. */
        boolean isExpendable() {
            return this == PENDING || this == ERROR || this == ABORTED;
        }
    }

    private final String id;
    private final Instant created = Instant.now();
    private final Engine.Stop stop = new Engine.Stop();
    private Parameters parameters;
    private java.util.List<Upload> uploads;
    private Phase phase = Phase.PENDING;
    private Instant destruction;
    private long durationS;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private @Nullable Path result;
    private @Nullable ResultFormat format;
    private @Nullable String error;

    Job(String id, Parameters parameters, java.util.List<Upload> uploads, Instant destruction, long durationS) {
        this.id = id;
        this.parameters = parameters;
        this.uploads = java.util.List.copyOf(uploads);
        this.destruction = destruction;
        this.durationS = durationS;
    }

    public String id() {
        return id;
    }

    public Instant created() {
        return created;
    }

    Engine.Stop stop() {
        return stop;
    }

    /** The tables that came with it, which it does not keep any longer. */
    synchronized java.util.List<Upload> takeUploads() {
        java.util.List<Upload> taken = uploads;
        uploads = java.util.List.of();
        return taken;
    }

    public synchronized Parameters parameters() {
        return parameters;
    }

    public synchronized Phase phase() {
        return phase;
    }

    synchronized Instant destruction() {
        return destruction;
    }

    synchronized long durationS() {
        return durationS;
    }

    synchronized @Nullable Instant start() {
        return start;
    }

    synchronized @Nullable Instant end() {
        return end;
    }

    public synchronized @Nullable Path result() {
        return result;
    }

    /** What its result is, null if it has none. */
    public synchronized @Nullable ResultFormat format() {
        return format;
    }

    public synchronized @Nullable String error() {
        return error;
    }

    synchronized void setDestruction(Instant instant) {
        destruction = instant;
    }

    synchronized void setDuration(long seconds) {
        durationS = seconds;
    }

    /** Takes more parameters while it is pending; whether it did. */
    synchronized boolean add(Parameters more) {
        if (phase != Phase.PENDING) {
            return false;
        }
        parameters = parameters.with(more);
        return true;
    }

    /** From pending to queued; whether it did. */
    synchronized boolean queue() {
        if (phase != Phase.PENDING) {
            return false;
        }
        phase = Phase.QUEUED;
        notifyAll();
        return true;
    }

    /** From queued to executing; whether it did. */
    synchronized boolean begin() {
        if (phase != Phase.QUEUED) {
            return false;
        }
        phase = Phase.EXECUTING;
        start = Instant.now();
        notifyAll();
        return true;
    }

    synchronized void complete(Path file, ResultFormat made) {
        if (phase.isActive()) {
            result = file;
            format = made;
            finish(Phase.COMPLETED);
        }
    }

    synchronized void fail(String message) {
        if (phase.isActive()) {
            error = message;
            finish(Phase.ERROR);
        }
    }

    private void finish(Phase last) {
        if (phase.isActive()) {
            phase = last;
            end = Instant.now();
            notifyAll();
        }
    }

    /** Stops it if it has not ended. */
    void abort() {
        synchronized (this) {
            finish(Phase.ABORTED);
            uploads = java.util.List.of();
        }
        stop.now();
    }

    /** Waits until its phase is another than the one given, or the time is over. */
    synchronized void await(Phase known, long millis) throws InterruptedException {
        long until = System.currentTimeMillis() + millis;
        while (phase == known && phase.isActive()) {
            long left = until - System.currentTimeMillis();
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
