package io.spectractor.cli;

import io.spectractor.batch.run.RunControl;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGTERM and SIGINT into an orderly stop: the run starts no further image, commits those in progress, and the process
 * ends with the run's exit code and not with the signal's.
 *
 * <p>The JVM answers a signal by running its shutdown hooks; ours waits for the run and then halts.
 */
final class SignalGuard {
    private final AtomicReference<@Nullable RunControl> running = new AtomicReference<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();
    private final PrintStream err;

    SignalGuard(PrintStream err) {
        this.err = err;
    }

    /** Starts to listen. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "spectractor-shutdown"));
    }

    /** A run is about to start. */
    void onRun(RunControl control) {
        running.set(control);
    }

    /** The command has ended; called right before the exit. */
    void finished(int code) {
        exitCode.set(code);
        finished.countDown();
    }

    private void onShutdown() {
        RunControl control = running.get();
        if (control == null || finished.getCount() == 0) {
            return;
        }
        control.stop(RunControl.Cause.SIGNAL, "stopped by a signal");
        err.println(
                "spectractor: stopping; what is in progress is finished, 'spectractor resume' does the rest, of nights 'fit --resume'");
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        System.out.flush();
        err.flush();
        Runtime.getRuntime().halt(exitCode.get());
    }
}
