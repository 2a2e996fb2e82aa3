package io.spectractor.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
    @TempDir
    Path folder;

    @Test
    void exitCodeOutputAndTimesOfAllProcessesAreKept() throws Exception {
        Execution execution = Execution.of(
                List.of(
                        "bash",
                        "-c",
                        "echo out; echo \"$WORD\" >&2; (i=0; while ((i < 200000)); do ((++i)); done); exit 7"),
                folder.resolve("log"),
                Map.of("WORD", "err"),
                () -> {});
        assertThat(execution.exitCode()).isEqualTo(7);
        assertThat(Files.readString(folder.resolve("log.out"))).isEqualTo("out\n");
        assertThat(Files.readString(folder.resolve("log.err"))).startsWith("err\n");
        assertThat(execution.ended()).isAfter(execution.began());
        assertThat(execution.cpuSeconds()).isPositive();
    }

    @Test
    void watcherSeesACommandThatRuns() throws Exception {
        Path sign = folder.resolve("sign");
        Execution execution = Execution.of(
                List.of("bash", "-c", "until [[ -e " + sign + " ]]; do sleep 0.05; done"),
                folder.resolve("log"),
                Map.of(),
                () -> {
                    if (!Files.exists(sign)) {
                        Files.createFile(sign);
                    }
                });
        assertThat(execution.exitCode()).isZero();
    }

    @Test
    void serverHandsOutItsFileAndCounts() throws Exception {
        byte[] file = "calibration".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (CalibrationServer server = new CalibrationServer(file, 0);
                var in = URI.create(server.url()).toURL().openStream()) {
            assertThat(in).hasSameContentAs(new ByteArrayInputStream(file));
            assertThat(server.answers()).isEqualTo(1);
            assertThat(server.url()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void framesAreMadeOnceAndAShareIsSlow() throws Exception {
        FrameSet.Request request = new FrameSet.Request(10, 1, 0.3, 5);
        FrameSet frames = FrameSet.make(folder, request);
        assertThat(frames.images()).hasSize(10);
        assertThat(frames.images().stream()
                        .filter(p -> p.toString().endsWith(".gz"))
                        .count())
                .isBetween(1L, 7L);
        assertThat(Files.readAllLines(frames.logbook())).hasSize(11);
        var before = Files.getLastModifiedTime(frames.images().get(0));
        assertThat(FrameSet.make(folder, request)).isEqualTo(frames);
        assertThat(Files.getLastModifiedTime(frames.images().get(0))).isEqualTo(before);
        assertThat(frames.first(3).images()).hasSize(3);
    }
}
