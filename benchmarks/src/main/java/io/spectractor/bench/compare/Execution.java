package io.spectractor.bench.compare;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that ran.
 *
 * @param command its words
 * @param began when it was started
 * @param ended when it was over
 * @param cpuSeconds of it and of all processes that it waited for, user and system; NaN if unknown
 * @param exitCode its own
 */
record Execution(List<String> command, Instant began, Instant ended, double cpuSeconds, int exitCode) {
    private static final long LOOK_EVERY_MS = 100;
    private static final Pattern TIMES = Pattern.compile("cpu ([0-9.]+) ([0-9.]+)\\s*$");

    /** Watches a command while it runs. */
    @FunctionalInterface
    interface Watcher {
        /** Called every now and then. */
        void look() throws IOException;
    }

    Execution {
        command = List.copyOf(command);
    }

    /**
     * Runs a command to its end. Its output goes into files beside each other.
     *
     * @param log path of the files without their endings, {@code .out} and {@code .err}
     * @throws UsageException if it cannot be started
     */
    static Execution of(List<String> command, Path log, Map<String, String> environment, Watcher watcher)
            throws IOException, InterruptedException {
        // the shell's own 'time' knows of all processes that were waited for
        List<String> words = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='cpu %U %S'; time \"$@\"", "time"));
        words.addAll(command);
        Path err = Path.of(log + ".err");
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Path.of(log + ".out").toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Instant began = Instant.now();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UsageException("bash cannot be started: " + e.getMessage(), e);
        }
        CompletableFuture<Instant> ended = process.onExit().thenApply(p -> Instant.now());
        try {
            while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                watcher.look();
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        return new Execution(command, began, ended.join(), cpu(err), process.exitValue());
    }

    /** The same with another time of its processes, s. */
    Execution withCpu(double seconds) {
        return new Execution(command, began, ended, seconds, exitCode);
    }

    private static double cpu(Path err) throws IOException {
        Matcher times = TIMES.matcher(Files.readString(err));
        return times.find() ? Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2)) : Double.NaN;
    }
}
