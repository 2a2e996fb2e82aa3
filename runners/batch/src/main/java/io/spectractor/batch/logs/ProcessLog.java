package io.spectractor.batch.logs;

import io.spectractor.batch.files.PathResolver;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps standard output and error of this process in the run folder, {@code logs/<role>.out} and {@code .err}, on a thread of
 * its own: each second, on file systems elsewhere every three. A folder that can no longer be written ends that, is said
 * once, and does the run no harm.
 */
public final class ProcessLog {
    private static final long PERIOD_MS = 1000;
    private static final long REMOTE_PERIOD_MS = 3000;
    private static final long PART_LENGTH = 1 << 20;
    /** An object store appends by writing all anew. */
    private static final long OBJECT_LENGTH = 128 << 10;

    private static final String CONTAINER_OF_YARN = "CONTAINER_ID";
    private static final Map<Path, ProcessLog> KEPT = new HashMap<>();

    private final List<Stream> streams = new ArrayList<>();
    private final String role;
    private final Consumer<String> complain;
    private boolean broken;

    private record Stream(LogSource source, LogFile file) {}

    private ProcessLog(String role, Consumer<String> complain) {
        this.role = role;
        this.complain = complain;
    }

    /**
     * Begins to keep them, unless somebody does so for the same run already, or they go into its folder anyway.
     *
     * @param logs the run's folder of logs
     * @param role what this process is in the run
     * @param complain told once if it ends early
     */
    public static void start(Path logs, String role, Consumer<String> complain) {
        ProcessLog log = new ProcessLog(role, complain);
        synchronized (KEPT) {
            if (KEPT.containsKey(logs.toAbsolutePath())) {
                return;
            }
            // the cluster has files of an executor, and of a driver that it started
            boolean ofCluster = role.startsWith("executor-") || System.getenv(CONTAINER_OF_YARN) != null;
            log.add(logs, ofCluster, 1, "stdout", ".out", StreamCopy.ofOut());
            log.add(logs, ofCluster, 2, "stderr", ".err", StreamCopy.ofError());
            KEPT.put(logs.toAbsolutePath(), log);
        }
        if (!log.streams.isEmpty()) {
            long periodMs = PathResolver.isLocal(logs) ? PERIOD_MS : REMOTE_PERIOD_MS;
            Thread thread = new Thread(() -> log.follow(periodMs), "spectractor-log");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void add(Path logs, boolean ofCluster, int number, String name, String ending, @Nullable StreamCopy copy) {
        LogSource source = copy;
        Path file = GrowingFile.ofStream(number, name).orElse(null);
        if (file != null && PathResolver.isLocal(logs) && file.startsWith(logs.toAbsolutePath())) {
            return;
        }
        if (ofCluster && file != null) {
            source = new GrowingFile(file);
        }
        if (source != null) {
            long length = PathResolver.isObject(logs) ? OBJECT_LENGTH : PART_LENGTH;
            streams.add(new Stream(source, new LogFile(logs, role, ending, length)));
        }
    }

    private void follow(long periodMs) {
        try {
            while (copy()) {
                Thread.sleep(periodMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean copy() {
        for (Stream stream : streams) {
            try {
                byte[] bytes = broken ? new byte[0] : stream.source().take();
                if (bytes.length > 0) {
                    stream.file().append(bytes);
                }
            } catch (NoSuchFileException e) {
                // the run folder is gone, and the run with it
                broken = true;
            } catch (IOException | RuntimeException e) {
                broken = true;
                complain.accept("the output of process " + role + " is no longer kept in the run folder, the run"
                        + " continues: " + e);
            }
        }
        return !broken;
    }

    /** Writes what has come until now; the process is about to end. */
    public static void flush() {
        List<ProcessLog> all;
        synchronized (KEPT) {
            all = List.copyOf(KEPT.values());
        }
        all.forEach(ProcessLog::copy);
    }
}
