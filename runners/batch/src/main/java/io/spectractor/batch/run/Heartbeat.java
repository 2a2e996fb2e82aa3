package io.spectractor.batch.run;

import io.spectractor.batch.files.PathResolver;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks now and then whether somebody cancelled the run, and keeps the progress moving. */
final class Heartbeat implements AutoCloseable {
    private static final long EVERY_MS = 250;
    /** Requests to an object store are paid for. */
    private static final int TURNS_BETWEEN_REQUESTS = 12;

    private final RunFolder folder;
    private final RunControl control;
    private final ProgressMeter progress;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    Heartbeat(RunFolder folder, RunControl control, ProgressMeter progress) {
        this.folder = folder;
        this.control = control;
        this.progress = progress;
        this.thread = new Thread(this::beat, "spectractor-heartbeat");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void beat() {
        try {
            int turnsBetween = PathResolver.isObject(folder.path()) ? TURNS_BETWEEN_REQUESTS : 1;
            for (int turn = 1; !over.await(EVERY_MS, TimeUnit.MILLISECONDS); turn++) {
                progress.tick();
                if (turn % turnsBetween == 0 && !control.stopRequested() && Files.exists(folder.cancelFile())) {
                    control.stop(RunControl.Cause.CANCELLED, "cancelled");
                    progress.say("cancelled: finishing the images in progress");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
