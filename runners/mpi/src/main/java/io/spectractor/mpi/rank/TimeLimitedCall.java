package io.spectractor.mpi.rank;

import io.spectractor.mpi.hub.HubClient;
import io.spectractor.mpi.world.WorldException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what may block for ever on a thread of its own, and waits for it no longer than the limit, or than the world
 * holds. A thread that stays behind ends with the process.
 */
final class TimeLimitedCall {
    private static final long LOOK_EVERY_MS = 50;

    private final HubClient line;

    TimeLimitedCall(HubClient line) {
        this.line = line;
    }

    /** What is to be done in time. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws WorldException;
    }

    /**
     * Does it.
     *
     * @param what name of it, for the message
     * @throws WorldException if it failed, took too long, or the world broke meanwhile
     */
    <T> T within(Duration limit, String what, Step<T> step) throws WorldException, InterruptedException {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(future, step), "spectractor-" + what.replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return future.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new WorldException(what + " failed: " + e.getCause(), e);
            } catch (TimeoutException e) {
                check(what, end);
            }
        }
    }

    private void check(String what, long end) throws WorldException {
        require(line::broken);
        if (System.nanoTime() > end) {
            throw new WorldException(what + " took too long");
        }
    }

    private static void require(Supplier<@Nullable String> broken) throws WorldException {
        String why = broken.get();
        if (why != null) {
            throw new WorldException(why);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is the caller's
    private static <T> void complete(CompletableFuture<T> future, Step<T> step) {
        try {
            future.complete(step.run());
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }
}
