package io.spectractor.batch.run;

import io.spectractor.batch.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A worker process that joined a run, written by itself into the folder {@code workers} of the run folder: which nodes took
 * part, and how long they waited for their calibration data.
 *
 * @param host name of the machine
 * @param pid number of the process there
 * @param processStartedAt when it was started (ISO 8601, UTC); empty if the system does not tell
 * @param readyAt when it had all it needs
 * @param calibrationSeconds getting and opening the calibration data, s
 */
public record WorkerStart(String host, long pid, String processStartedAt, String readyAt, double calibrationSeconds) {
    private static final String FOLDER = "workers";

    /** This process, ready now. */
    public static WorkerStart now(double calibrationSeconds) {
        return new WorkerStart(
                Machine.host(),
                ProcessHandle.current().pid(),
                StartupTimes.of(0, 0).processStartedAt(),
                Instant.now().toString(),
                calibrationSeconds);
    }

    /**
     * Writes it into a run's folder.
     *
     * @throws IOException if there is no such folder, or it cannot be written
     */
    public void write(RunFolder run) throws IOException {
        Path folder = run.path().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            // the run's folder itself is not the worker's to make
            Files.createDirectories(run.path().toRealPath().resolve(FOLDER));
        }
        Files.writeString(folder.resolve(host + "-" + pid + ".json"), Json.pretty(this));
    }

    /** All that wrote themselves into a run's folder. */
    public static List<WorkerStart> read(RunFolder run) throws IOException {
        Path folder = run.path().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<WorkerStart> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.add(Json.read(Files.readString(file), WorkerStart.class));
            }
        }
        return all;
    }
}
