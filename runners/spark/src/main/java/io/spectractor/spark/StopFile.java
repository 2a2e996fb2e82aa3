package io.spectractor.spark;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.remote.WorkerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells tasks that wait on some node that the run has been asked to stop: a file in the run folder, which every worker can
 * see, since its products go there.
 */
final class StopFile {
    private final Path file;

    StopFile(WorkerSpec order) {
        this.file = PathResolver.path(order.outputFolder())
                .resolve("_runs")
                .resolve(order.runId())
                .resolve("stop");
    }

    boolean isThere() {
        return Files.exists(file);
    }

    void put() throws IOException {
        Files.write(file, new byte[0]);
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
