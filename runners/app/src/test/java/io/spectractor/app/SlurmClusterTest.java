package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.SummaryCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code launchers/slurm/spark-cluster.sbatch} under a real Slurm of two nodes, both of them this machine. */
@Tag("cluster")
class SlurmClusterTest {
    private static final int IMAGES = 4;
    private static final Path ROOT =
            Path.of(System.getProperty("spectractor.root")).toAbsolutePath().normalize();
    private static final long PATIENCE_S = 240;

    @TempDir
    private Path folder = Path.of("");

    private Path slurm = Path.of("");
    private final Map<String, String> environment = new HashMap<>();
    private int commands;

    @BeforeEach
    void start() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "Slurm's daemons take root");
        for (String program : List.of("slurmctld", "slurmd", "munged")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/sbin", program)), program + " is not installed");
        }
        // the name of a socket is at most 107 bytes long
        slurm = Files.createTempDirectory(Path.of("/tmp"), "slurm");
        String said = say(List.of(ROOT.resolve("scripts/slurm-here").toString(), "start", slurm.toString(), "2"));
        String conf = said.lines()
                .filter(l -> l.startsWith("export SLURM_CONF="))
                .findFirst()
                .orElseThrow();
        environment.put("SLURM_CONF", conf.substring("export SLURM_CONF=".length()));
    }

    @AfterEach
    void stop() {
        if (!slurm.equals(Path.of(""))) {
            environment.remove("SLURM_CONF");
            say(List.of(ROOT.resolve("scripts/slurm-here").toString(), "stop", slurm.toString()));
            say(List.of("rm", "-rf", slurm.toString()));
        }
    }

    private String say(List<String> command) {
        commands++;
        Path log = folder.resolve("command-" + commands + ".log");
        try (Daemon said = Daemon.start(log, environment, command)) {
            assertThat(said.exit(PATIENCE_S)).as(command + "\n" + said.said()).isZero();
            return said.said();
        }
    }

    /** What the launcher asks ./spectractor for; the real one would want to build while it is being built. */
    private Path program() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("home/jars"));
        for (Path jar : ClusterPaths.sparkJars()) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        String modules = String.join(" ", JavaModuleOptions.defaultModuleOptionArray());
        Path program = folder.resolve("spectractor");
        Files.writeString(program, """
                #!/bin/bash
                if [[ $1 == spark-env ]]; then
                    printf 'export SPARK_HOME=%%q SPARK_SCALA_VERSION=2.13 JAVA_HOME=%%q\\n' '%1$s' '%2$s'
                    printf 'SPARK_MODULE_OPTIONS=%%q\\n' '%3$s'
                else
                    exec '%2$s/bin/java' %3$s -Xmx600m -XX:+UseSerialGC -cp '%4$s:%1$s/jars/*' io.spectractor.cli.Main "$@"
                fi
                """.formatted(
                        folder.resolve("home"), System.getProperty("java.home"), modules, ClusterPaths.jar()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void oneJobBringsClusterAndRun() throws IOException {
        Path night = folder.resolve("night");
        say(List.of(
                ClusterPaths.java(),
                "-XX:+UseSerialGC",
                "-jar",
                ClusterPaths.jar().toString(),
                "simulate",
                "--target",
                "HD111980",
                "--disperser",
                "HoloAmAg",
                "--count",
                "" + IMAGES,
                "--seed",
                "1",
                "--out",
                night.toString()));
        environment.put("SPECTRACTOR", program().toString());
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        Path out = folder.resolve("out");
        Path log = folder.resolve("job.log");
        List<String> job = new ArrayList<>(List.of("sbatch", "--wait", "--parsable", "--nodes=2"));
        job.addAll(List.of("--ntasks-per-node=1", "--cpus-per-task=1", "--time=10", "--chdir=" + folder));
        job.add("--output=" + log);
        job.add(ROOT.resolve("launchers/slurm/spark-cluster.sbatch").toString());
        job.addAll(List.of(
                night.toString(), "--logbook", night.resolve("logbook.csv").toString()));
        job.addAll(List.of("--out", out.toString(), "--run-id", "r1", "--set", "ccd.rebin=2"));
        job.addAll(List.of("--spark-conf", "spark.driver.host=127.0.0.1", "--spark-conf", "spark.ui.enabled=false"));
        commands++;
        try (Daemon sbatch = Daemon.start(folder.resolve("sbatch.log"), environment, job)) {
            int code = sbatch.exit(PATIENCE_S);
            assertThat(code)
                    .as(sbatch.said() + (Files.exists(log) ? Files.readString(log) : ""))
                    .isZero();
        }
        List<ImageResult> images = SummaryCsv.read(Files.readString(out.resolve("_runs/r1/summary.csv")));
        assertThat(images).hasSize(IMAGES).allMatch(i -> i.status().isDone());
        assertThat(Files.readString(out.resolve("_runs/r1/distribution.json"))).contains("\"cores\" : 2");
    }
}
