package io.spectractor.batch.run;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one place where a run is asked to stop; the first reason counts. Safe for threads and signal handlers. */
public final class RunControl implements StopSignal {
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

    /** Why a run stops early. */
    public enum Cause {
        /** SIGTERM or SIGINT. */
        SIGNAL,
        /** {@code spectractor cancel}. */
        CANCELLED,
        /** Products cannot be written, several times in a row. */
        CANNOT_WRITE,
        /** {@code --max-failures} is reached. */
        TOO_MANY_FAILURES,
        /** The scheduler has no workers any more. */
        WORKERS_LOST
    }

    /**
     * A request to stop.
     *
     * @param cause why
     * @param message one line for people
     */
    public record Stop(Cause cause, String message) {}

    /** Asks for an orderly stop. */
    public void stop(Cause cause, String message) {
        stop.compareAndSet(null, new Stop(cause, message));
    }

    @Override
    public boolean stopRequested() {
        return stop.get() != null;
    }

    /** The first request, or null. */
    public @Nullable Stop request() {
        return stop.get();
    }
}
