package io.spectractor.spark;

import io.spectractor.batch.ExitCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a process whose Spark does not come up. Spark ends the process itself where it finds no folder for its blocks, from
 * inside of its constructor, and what is half started waits for parts that are not there: without this the process stays,
 * and a signal does not end it either.
 */
final class SparkStartupGuard {
    private static final long PATIENCE_MS = 3000;

    private final AtomicReference<@Nullable String> message;
    private final Thread hook = new Thread(this::endSoon, "spectractor-half-started");

    private SparkStartupGuard(String message) {
        this.message = new AtomicReference<>(message);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Watches a start. Where the process ends before {@link #isUp}, it says the message, and is gone within seconds.
     *
     * @param message one line for the user
     */
    static SparkStartupGuard watch(String message) {
        return new SparkStartupGuard(message);
    }

    /** Spark has come up: nothing is watched any more. */
    void isUp() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** Somebody else tells the user what is wrong. */
    void silence() {
        message.set(null);
    }

    private void endSoon() {
        String text = message.getAndSet(null);
        if (text != null) {
            System.err.println("spectractor: " + text);
        }
        Thread end = new Thread(SparkStartupGuard::halt, "spectractor-end");
        end.setDaemon(true);
        end.start();
    }

    private static void halt() {
        try {
            Thread.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.USAGE.code());
    }
}
