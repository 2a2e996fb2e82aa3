package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is started by one command, and looked at, stopped and gone on with by others that know its id only. */
@Timeout(240)
@Tag("slow")
class BackgroundRunTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aRunInTheBackgroundIsFoundByItsId() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid (util-linux) is not installed");
        SimulatedNight night = SimulatedNight.get();
        Path out = folder.resolve("out");
        List<String> words = new ArrayList<>(List.of(night.run(out, "--workers", "1", "--run-id", "bg-1")));
        words.add("--background");
        String started = say(0, words);
        Path logs = out.resolve("_runs/bg-1/logs");
        assertThat(started)
                .contains("run bg-1 works in the background")
                .contains("output:   " + logs.resolve("driver.out"))
                .contains("messages: " + logs.resolve("driver.err"));
        Matcher pid = Pattern.compile("process: +(\\d+)").matcher(started);
        assertThat(pid.find()).as(started).isTrue();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow();
        while (SimulatedNight.products(out) < 2) {
            assertThat(process.isAlive()).as("still at work").isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }

        assertThat(say(0, List.of("monitor", "bg-1", "--once"))).contains("run bg-1 running");
        say(0, List.of("cancel", "bg-1"));
        process.onExit().get(60, TimeUnit.SECONDS);
        String status = say(0, List.of("status", "bg-1"));
        assertThat(status).contains("run bg-1 interrupted", "log:      " + logs.resolve("driver.err"));
        assertThat(SimulatedNight.products(out)).isLessThan(night.count());

        assertThat(say(0, List.of("resume", "bg-1"))).contains("kept from before");
        assertThat(SimulatedNight.digests(out)).isEqualTo(night.local());
        // what the second process said is beside what the first one did
        assertThat(logs.resolve("local.out")).content().contains("run bg-1 finished");
        assertThat(say(2, List.of("status", "bg-2"))).contains("bg-2");
    }

    private String say(int code, List<String> words) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", "");
        ProcessBuilder builder = new ProcessBuilder(SimulatedNight.program(words.toArray(String[]::new)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isEqualTo(code);
        return text;
    }
}
