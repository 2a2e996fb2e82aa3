package io.spectractor.app;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of a test, with its messages in a file; it goes, with its children, when the test is over. */
final class Daemon implements AutoCloseable {
    private static final long PATIENCE_S = 120;
    private static final long POLL_MS = 50;

    private final Process process;
    private final Path log;

    private Daemon(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Daemon start(Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Daemon(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it has said. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int count(String text) {
        return said().split(java.util.regex.Pattern.quote(text), -1).length - 1;
    }

    /** Waits until it has said something so many times. */
    void await(String text, int times) {
        until(() -> count(text) >= times, text + " " + times + " times");
    }

    void until(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                fail("waited in vain for: " + what + "\n" + said());
            }
            sleep(POLL_MS);
        }
    }

    static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its exit code, when it has ended. */
    int exit(long patienceS) {
        try {
            if (!process.waitFor(patienceS, TimeUnit.SECONDS)) {
                fail("still there after " + patienceS + " s\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process among its descendants whose command line holds a text. */
    Optional<ProcessHandle> descendant(String text) {
        return process.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(text))
                .findFirst();
    }

    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        exit(PATIENCE_S);
    }
}
