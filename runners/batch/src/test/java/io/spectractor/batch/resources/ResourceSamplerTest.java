package io.spectractor.batch.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.outcome.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceSamplerTest {
    @TempDir
    private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void samplesThisProcessWithWhatItHasInWork() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc here");
        Activity.ofProcess().begin("my image.fits");
        Activity.ofProcess().stage(Stage.MODEL);
        try (ResourceSampler sampler = ResourceSampler.start(folder, "here", "local", said::add);
                ResourceSampler second = ResourceSampler.start(folder, "here", "executor-1", said::add)) {
            assertThat(sampler).isNotSameAs(second);
            Thread.sleep(2300);
        } finally {
            Activity.ofProcess().end();
        }
        List<ResourceSample> samples = ResourceLog.read(folder);
        assertThat(said).isEmpty();
        assertThat(samples).hasSizeBetween(2, 4).allSatisfy(s -> {
            assertThat(s.role()).isEqualTo("local");
            assertThat(s.stage()).isEqualTo("model:my_image.fits");
            assertThat(s.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(s.rssBytes()).isBetween(20L << 20, s.totalBytes());
            assertThat(s.heapUsedBytes()).isBetween(1L << 20, s.heapCommittedBytes());
            assertThat(s.availableBytes()).isBetween(1L, s.totalBytes());
            assertThat(s.load1()).isNotNegative();
        });
        assertThat(samples.get(0).pssBytes()).isPositive();
        double java =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        assertThat(samples.get(samples.size() - 1).cpuSeconds()).isBetween(java - 2, java + 0.1);
    }

    @Test
    void clockThatIsSetBackLeavesTheOrderOfTheSamples() throws Exception {
        long now = 1_800_000_000_000L;
        long[] clock = {now};
        ProcessProbe probe = new ProcessProbe("here", "local", Activity.ofProcess(), () -> clock[0]);
        assertThat(probe.look().timeMs()).isEqualTo(now);
        clock[0] = now - 3_600_000;
        Thread.sleep(20);
        long second = probe.look().timeMs();
        assertThat(second).isBetween(now + 15, now + 5000);
        Thread.sleep(20);
        assertThat(probe.look().timeMs()).isBetween(second + 15, second + 5000);
        clock[0] = now + 60_000;
        assertThat(probe.look().timeMs()).isEqualTo(now + 60_000);
    }

    @Test
    void fullDiskEndsTheSamplingAndSaysSoOnce() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(done("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()), "mounts need root");
        try {
            boolean full = false;
            while (!full) {
                try {
                    Files.write(Files.createTempFile(disk, "x", ""), new byte[4096]);
                } catch (IOException e) {
                    full = true;
                }
            }
            try (ResourceSampler sampler = ResourceSampler.start(disk, "here", "rank-3", said::add)) {
                assertThat(sampler).isNotNull();
                Thread.sleep(1600);
            }
        } finally {
            done("umount", disk.toString());
        }
        assertThat(said).hasSize(1).first().asString().contains("rank-3", "no longer sampled", "the run continues");
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
