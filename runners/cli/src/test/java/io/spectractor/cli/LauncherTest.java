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

    /** On one processor one or two frames are done before the optimising compiler is; a folder or a pattern may be any number. */
    @Test
    void fewFilesRunWithoutTheOptimisingCompiler() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        Files.writeString(folder.resolve("a.fits"), "");
        Files.createDirectories(folder.resolve("night"));
        assertThat(doesLittle("run", "a.fits", "--logbook", "log.csv", "--out", "night"))
                .isTrue();
        assertThat(doesLittle("run", "hdfs://h/a.fits.fz", "B.FIT")).isTrue();
        assertThat(doesLittle("run", "a.fits", "b.fits", "c.fits")).isFalse();
        assertThat(doesLittle("run", "night", "--out", "out")).isFalse();
        assertThat(doesLittle("run", "a.fits", "night")).isFalse();
        assertThat(doesLittle("run", "night/*.fits")).isFalse();
        assertThat(doesLittle("run", "--help")).isFalse();
        assertThat(doesLittle("watch", "a.fits")).isFalse();
        assertThat(doesLittle("fit", "a.fits")).isTrue();
        assertThat(doesLittle("fit", "a.fits", "a.fits")).isFalse();
        assertThat(doesLittle("fit", "--joint", "a.fits", "a.fits")).isTrue();
        assertThat(doesLittle("fit", "a.fits", "--sample")).isFalse();
    }

    private String run(String name, String values) throws IOException {
        Path out = folder.resolve(name);
        Files.writeString(
                Files.createDirectories(out.resolve("_runs/r1")).resolve("scheduler.json"),
                "{\n  \"scheduler\" : \"spark\",\n  \"values\" : {\n    " + values + "\n  }\n}");
        return out.toString();
    }

    private boolean staysHere(String... words) throws IOException, InterruptedException {
        return answers("/^output_folder() {/,/^}/p;/^spark_stays_here() {/,/^}/p", "spark_stays_here", words);
    }

    private boolean doesLittle(String... words) throws IOException, InterruptedException {
        return answers("/^does_little() {/,/^}/p", "nproc() { echo 1; }; does_little", words)
                && (!words[0].equals("run")
                        || !answers("/^does_little() {/,/^}/p", "nproc() { echo 2; }; does_little", words));
    }

    /** Whether a function of the launcher says yes to words. */
    private boolean answers(String functions, String asked, String... words) throws IOException, InterruptedException {
        String script =
                "shopt -s nullglob; source <(sed -n '" + functions + "' \"$1\") || exit 9; shift; " + asked + " \"$@\"";
        List<String> command = new ArrayList<>(List.of(
                "/bin/bash", "-euc", script, "bash", LAUNCHER.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        int code = builder.start().waitFor();
        assertThat(code).isBetween(0, 1);
        return code == 0;
    }
}
