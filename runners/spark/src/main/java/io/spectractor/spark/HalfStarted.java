package io.spectractor.spark;

import io.spectractor.batch.ExitCode;

/** Ends a process whose Spark did not come up: its hooks may wait for parts that were never started. */
final class HalfStarted {
    private static final long PATIENCE_MS = 3000;

    private HalfStarted() {}

    /** Once the process ends, it ends within seconds. */
    static void endSoon() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Thread watch = new Thread(HalfStarted::halt, "spectractor-end");
            watch.setDaemon(true);
            watch.start();
        }));
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
