package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.testkit.MemoryGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ranks in a control group whose limit falls while they work: the kernel kills one, and new ranks do the rest. */
@Timeout(300)
@Tag("slow")
class MpiMemoryTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aRankThatTheKernelKilledForMemoryIsCalledThat() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/usr/share/java/mpj.jar")), "Debian's libmpj-java is not installed");
        SimulatedNight night = SimulatedNight.get();
        Path out = folder.resolve("out");
        Path said = folder.resolve("said");
        try (MemoryGroup group = MemoryGroup.orAbort("ranks")) {
            List<String> command = new ArrayList<>(group.prefix());
            command.addAll(SimulatedNight.program(night.run(out, "--scheduler=mpi", "--ranks=2", "--run-id=r1")));
            Process driver = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            while (SimulatedNight.products(out) < 2) {
                assertThat(driver.isAlive()).as(Files.readString(said)).isTrue();
                TimeUnit.MILLISECONDS.sleep(50);
            }
            // the driver itself, and the ranks that it starts later, are outside
            group.release(driver.pid());
            group.starve();
            assertThat(driver.waitFor(200, TimeUnit.SECONDS)).isTrue();
            assertThat(driver.exitValue()).as(Files.readString(said)).isZero();
        }
        assertThat(Files.readString(said))
                .containsPattern(
                        "the world of ranks broke: rank [01] \\(process \\d+ on \\S+\\) was killed for memory at"
                                + " (\\d+\\.\\d) of \\d+\\.\\d MB \\(itself \\d+\\.\\d MB a moment before\\) while \\w+ .*sim_");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        // the ranks' own words, of both worlds
        assertThat(out.resolve("_runs/r1/logs/rank-0.err")).exists();
        assertThat(out.resolve("_runs/r1/logs/driver.err")).content().contains("was killed for memory");
    }
}
