package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a process of our own. */
@Timeout(120)
@Tag("slow")
class SignalTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void sigtermFinishesTheImageInWorkAndEndsWith75() throws Exception {
        images(20);
        Process process = start("run", "in", "--out", "out", "--workers", "1");
        waitForFirstProduct();
        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(75);
        long done = products();
        assertThat(done).isBetween(1L, 19L);

        FakeProgram program = new FakeProgram(folder);
        assertThat(program.run("status", "out")).isZero();
        assertThat(program.out()).contains("interrupted (stopped by a signal)", "resume");
        images(20, "ok");
        // the content changed, so nothing is taken for done
        assertThat(program.run("resume", "out")).isZero();
        assertThat(products()).isEqualTo(20);
        assertThat(program.out()).contains("finished: 20 done, 0 failed of 20 images");
    }

    @Test
    void sigkillLeavesNothingHalfWrittenAndResumeCompletes() throws Exception {
        images(6);
        Process process = start("run", "in", "--out", "out", "--workers", "2");
        waitForFirstProduct();
        process.destroyForcibly();
        process.waitFor();
        long done = products();
        assertThat(done).isBetween(1L, 5L);

        FakeProgram program = new FakeProgram(folder);
        program.run("status", "out");
        assertThat(program.out()).contains(" died: ");
        assertThat(program.run("resume", "out")).isZero();
        assertThat(products()).isEqualTo(6);
        assertThat(program.requests.size()).isBetween(6 - (int) done, 5);
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .allMatch(n -> n.equals("_runs") || n.endsWith("_spectrum.fits") || n.endsWith("_spectrum.png"));
        }
    }

    /** An Error in the main thread ends the process, though a run is registered with the guard. */
    @Test
    void anErrorEndsTheProcess() throws Exception {
        images(1);
        Process process =
                start(List.of("-Dspectractor.test.error=true"), "run", "in", "--out", "out", "--workers", "1");
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
    }

    private void images(int count) throws IOException {
        images(count, "slow");
    }

    private void images(int count, String what) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        for (int i = 0; i < count; i++) {
            Files.writeString(folder.resolve("in").resolve("im" + i + ".fits"), what + " " + i);
        }
    }

    private Process start(String... words) throws IOException {
        return start(List.of(), words);
    }

    private Process start(List<String> options, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SignalProbe.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
    }

    private void waitForFirstProduct() throws Exception {
        while (products() == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private long products() throws IOException {
        if (!Files.isDirectory(folder.resolve("out"))) {
            return 0;
        }
        try (var files = Files.list(folder.resolve("out"))) {
            return files.filter(p -> p.toString().endsWith("_spectrum.fits")).count();
        }
    }
}
