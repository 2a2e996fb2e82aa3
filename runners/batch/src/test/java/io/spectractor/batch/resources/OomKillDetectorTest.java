package io.spectractor.batch.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that the kernel kills in a control group with 160 MB; where none can be made, that is said. */
class OomKillDetectorTest {
    @TempDir
    private Path run;

    @Test
    void workerKilledByTheKernelIsCalledThat() throws Exception {
        Path group = group();
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        try {
            Process eater = new ProcessBuilder(
                            "sh",
                            "-c",
                            "echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"",
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx40m",
                            "-XX:MaxDirectMemorySize=600m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MemoryEater.class.getName(),
                            run.toString(),
                            host)
                    .inheritIO()
                    .start();
            assertThat(eater.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(eater.exitValue()).as("ended by SIGKILL").isEqualTo(137);

            assertThat(OomKillDetector.of(run, host, eater.pid()))
                    .hasValueSatisfying(text -> assertThat(text)
                            .matches(
                                    "was killed for memory at 1[56]\\d\\.\\d of 160\\.0 MB \\(itself \\d+\\.\\d MB a moment"
                                            + " before\\) while fitting reduc_134\\.fits"));
            assertThat(OomKillDetector.of(run, host, eater.pid() + 1)).isEmpty();
        } finally {
            Files.deleteIfExists(group);
        }
    }

    @Test
    void workerThatSomebodyElseKilledIsNotCalledThat() throws IOException {
        ResourceSample last = Samples.at(1000, "rank-1", 8, 50, 3 << 20);
        Path file = SampleFile.of(run, "elsewhere", 8, 1);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, SampleFile.header("elsewhere", 8, "rank-1", new ControlGroup("/g")) + SampleFile.line(last));
        assertThat(OomKillDetector.of(run, "elsewhere", 8)).isEmpty();
    }

    @Test
    void severalImagesInWorkAreAllNamed() {
        assertThat(OomKillDetector.doing("extract:a.fits write:b.fits"))
                .isEqualTo("fitting a.fits, writing the product of b.fits");
    }

    private static Path group() throws IOException {
        String own = ControlGroup.ofThisProcess().folder();
        assumeTrue(!own.isEmpty(), "no control group for memory here: that the kernel kills was not tried");
        Path group = Path.of(own, "spectractor-test-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(group);
        } catch (IOException e) {
            assumeTrue(false, "no control group can be made (" + e + "): that the kernel kills was not tried");
        }
        Path limit = group.resolve("memory.max");
        limit = Files.exists(limit) ? limit : group.resolve("memory.limit_in_bytes");
        if (!Files.isWritable(limit)) {
            Files.deleteIfExists(group);
            assumeTrue(false, "no limit can be set for " + group + ": that the kernel kills was not tried");
        }
        Files.writeString(limit, Integer.toString(160 << 20));
        return group;
    }
}
