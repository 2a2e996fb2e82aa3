package io.spectractor.batch.watch;

import io.spectractor.batch.plan.InputFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks into a folder in a thread of its own, so that images become complete while others are in progress. */
public final class FolderScanner implements ImageFeed {
    private static final long LOOK_EVERY_MS = 200;
    private static final long LOOK_AT_LEAST_EVERY_MS = 5000;
    /** A look takes at most one part in so many of the time. */
    private static final long SHARE = 40;

    private final FolderWatch watch;
    private final Consumer<String> messages;
    private final BlockingQueue<List<InputFile>> complete = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean quiet;

    /**
     * A scanner; it starts at once.
     *
     * @param messages what a person should know, a line each; called from the scanner's thread
     */
    public FolderScanner(FolderWatch watch, Consumer<String> messages) {
        this.watch = watch;
        this.messages = messages;
        this.thread = new Thread(this::scan, "spectractor-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public @Nullable List<InputFile> poll(long milliseconds) throws InterruptedException {
        return complete.poll(milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean quiet() {
        return quiet && complete.isEmpty();
    }

    private void scan() {
        boolean lost = false;
        while (!closed) {
            long start = System.nanoTime();
            try {
                List<InputFile> images = watch.look();
                if (lost) {
                    messages.accept("the folder is back");
                }
                lost = false;
                if (!images.isEmpty()) {
                    complete.add(images);
                }
                quiet = !watch.waits();
            } catch (IOException | RuntimeException e) {
                if (!lost) {
                    messages.accept(e.getMessage() + "; waiting for it to come back");
                }
                lost = true;
                quiet = true;
            }
            long tookMs = (System.nanoTime() - start) / 1_000_000;
            if (!pause(Math.min(LOOK_AT_LEAST_EVERY_MS, Math.max(LOOK_EVERY_MS, tookMs * SHARE)))) {
                return;
            }
        }
    }

    private static boolean pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
