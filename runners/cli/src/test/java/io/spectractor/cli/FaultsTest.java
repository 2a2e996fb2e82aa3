package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to machines while a run is at work. */
@Timeout(60)
@Tag("slow")
class FaultsTest {
    private static final int IMAGES = 4;

    @TempDir
    Path folder = Path.of("");

    private FakeProgram program() throws IOException {
        FakeProgram program = new FakeProgram(folder);
        for (int i = 1; i <= IMAGES; i++) {
            program.image("n" + i + ".fits", "slow " + i);
        }
        return program;
    }

    private static int run(FakeProgram program) {
        return program.run("run", "night", "--out", "out", "--run-id", "r1", "--workers", "1", "--plots", "0");
    }

    @Test
    void aDiskThatIsFullEndsTheSamplingAndNotTheRun() throws Exception {
        Path samples = Files.createDirectories(folder.resolve("out/_runs/r1/resources"));
        assumeTrue(mount("-t", "tmpfs", "-o", "size=8k", "tmpfs", samples.toString()), "mounts need root");
        try {
            for (boolean room = true; room; ) {
                try {
                    Files.write(Files.createTempFile(samples, "x", ""), new byte[4096]);
                } catch (IOException e) {
                    room = false;
                }
            }
            FakeProgram program = program();
            assertThat(run(program)).as(program.err()).isZero();
            assertThat(program.out()).contains(IMAGES + " done, 0 failed of " + IMAGES + " images");
            assertThat(program.err()).containsOnlyOnce("no longer sampled, the run continues");
        } finally {
            assertThat(done("umount", samples.toString())).isTrue();
        }
    }

    /** An hour, in the middle of the run. */
    @Test
    void aClockThatIsSetBackTakesNoTimeAway() throws Exception {
        Clock clock = new SteppedClock(Duration.ofMillis(900));
        FakeProgram program = program().at(clock);
        assertThat(run(program)).as(program.err()).isZero();
        Matcher seconds = Pattern.compile("finished: 4 done, 0 failed of 4 images in (\\d+\\.\\d) s")
                .matcher(program.out());
        assertThat(seconds.find()).as(program.out()).isTrue();
        assertThat(Double.parseDouble(seconds.group(1))).isBetween(0.8, 30.0);

        assertThat(program.run("monitor", "out", "--once")).isZero();
        Matcher rate = Pattern.compile("rate: (\\d+\\.\\d) images per minute").matcher(program.out());
        assertThat(rate.find()).as(program.out()).isTrue();
        assertThat(Double.parseDouble(rate.group(1))).isBetween(5.0, 300.0);
        assertThat(program.run("run", "night", "--out", "out", "--workers", "1", "--plots", "0"))
                .isZero();
        assertThat(program.out()).contains("4 kept from before");
    }

    /** Shows an hour less from some time after it was made. */
    private static final class SteppedClock extends Clock {
        private final Instant step;

        SteppedClock(Duration after) {
            this.step = Instant.now().plus(after);
        }

        @Override
        public Instant instant() {
            Instant now = Instant.now();
            return now.isBefore(step) ? now : now.minus(Duration.ofHours(1));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static boolean mount(String... words) throws IOException, InterruptedException {
        String[] all = new String[words.length + 1];
        all[0] = "mount";
        System.arraycopy(words, 0, all, 1, words.length);
        return done(all);
    }

    static boolean done(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
