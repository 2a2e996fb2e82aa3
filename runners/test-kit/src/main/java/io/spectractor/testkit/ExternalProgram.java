package io.spectractor.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Somebody else's program, which judges what ours writes. */
public final class ExternalProgram {
    private ExternalProgram() {}

    /**
     * How a program ended.
     *
     * @param code its exit code, -1 if it took too long
     * @param out what it printed to standard output
     * @param err what it printed to standard error
     */
    public record Ended(int code, String out, String err) {
        /** All that it printed, for a message. */
        public String all() {
            return out + err;
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param seconds after which it is ended by force
     * @param command the program and its arguments
     * @throws IOException if it cannot be started
     */
    public static Ended run(long seconds, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("outside", ".out");
        Path err = Files.createTempFile("outside", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Ended(-1, "", "took more than " + seconds + " s");
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
