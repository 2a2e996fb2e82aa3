package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path parent;

    @Test
    void whatAServerThatIsGoneHasLeftIsRemovedAndNothingElse() throws IOException {
        Path left = Files.createDirectories(parent.resolve("spectractor-serve-left/results"));
        Files.writeString(left.resolve("result.csv"), "1");
        Files.createFile(left.resolveSibling("lock"));
        Path other = Files.createDirectory(parent.resolve("spectractor-serve-without-lock"));
        Path elsewhere = Files.createDirectory(parent.resolve("somebody"));
        Files.createFile(elsewhere.resolve("lock"));
        Path link = Files.createSymbolicLink(parent.resolve("spectractor-serve-link"), elsewhere);
        try (TemporaryFolder alive = TemporaryFolder.in(parent)) {
            TemporaryFolder.sweep(parent);
            assertThat(alive.path()).isDirectory();
            assertThat(left).doesNotExist();
            assertThat(left.getParent()).doesNotExist();
            assertThat(other).isDirectory();
            assertThat(link).isSymbolicLink();
            assertThat(elsewhere.resolve("lock")).exists();
        }
    }

    /** The lock of a process that was killed is free at once. */
    @Test
    void theFolderOfAServerThatWasKilledIsRemoved() throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectErrorStream(true)
                .start();
        try (var said = server.inputReader()) {
            Path folder = Path.of(said.lines()
                    .filter(line -> line.startsWith(parent.toString()))
                    .findFirst()
                    .orElseThrow());
            TemporaryFolder.sweep(parent);
            assertThat(folder).isDirectory();
            server.destroyForcibly();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            TemporaryFolder.sweep(parent);
            assertThat(folder).doesNotExist();
        } finally {
            server.destroyForcibly();
        }
    }

    /** Holds a folder until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws IOException, InterruptedException {
            try (TemporaryFolder folder = TemporaryFolder.in(Path.of(args[0]))) {
                System.out.println(folder.path());
                Thread.sleep(60_000);
            }
        }
    }
}
