package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher, {@code ./spectractor}, makes of words before there is a program. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of(System.getProperty("basedir", "."), "..", "..", "spectractor");

    @TempDir
    private Path folder;

    /** Spark in this process listens on the loopback interface; a driver that others have to reach does not. */
    @Test
    void sparkStaysHereUnlessAMasterIsNamed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        assertThat(staysHere("run", "night", "--scheduler", "spark")).isTrue();
        assertThat(staysHere("watch", "night", "--scheduler", "spark", "--master", "local[2]"))
                .isTrue();
        assertThat(staysHere("fit", "a_spectrum.fits", "--scheduler", "spark")).isTrue();
        assertThat(staysHere("fit", "a_spectrum.fits", "--scheduler", "spark", "--master=yarn"))
                .isFalse();
        assertThat(staysHere("run", "night", "--spark-conf", "spark.master=spark://h:7077"))
                .isFalse();
        assertThat(staysHere("status", "hdfs://h/out")).isFalse();
    }

    @Test
    void aResumedRunStaysWhereItWas() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        assertThat(staysHere("resume", run("none", ""))).isTrue();
        assertThat(staysHere("resume", run("local", "\"master\" : \"local[2]\"")))
                .isTrue();
        assertThat(staysHere("resume", run("cluster", "\"master\" : \"spark://h:7077\"")))
                .isFalse();
        assertThat(staysHere("resume", run("conf", "\"spark-conf spark.master\" : \"yarn\"")))
                .isFalse();
        assertThat(staysHere("resume", run("moved", "\"master\" : \"yarn\""), "--master", "local"))
                .isTrue();
        // what was said to a run on a cluster's file system cannot be read here
        assertThat(staysHere("resume", "hdfs://h/out")).isFalse();
    }

    private String run(String name, String values) throws IOException {
        Path out = folder.resolve(name);
        Files.writeString(
                Files.createDirectories(out.resolve("_runs/r1")).resolve("scheduler.json"),
                "{\n  \"scheduler\" : \"spark\",\n  \"values\" : {\n    " + values + "\n  }\n}");
        return out.toString();
    }

    private boolean staysHere(String... words) throws IOException, InterruptedException {
        String functions =
                "shopt -s nullglob; source <(sed -n '/^output_folder() {/,/^}/p;/^spark_stays_here() {/,/^}/p'"
                        + " \"$1\") || exit 9; shift; spark_stays_here \"$@\"";
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-euc", functions, "bash", LAUNCHER.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        int code = builder.start().waitFor();
        assertThat(code).isBetween(0, 1);
        return code == 0;
    }
}
