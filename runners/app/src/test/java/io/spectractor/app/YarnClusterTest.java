package io.spectractor.app;

import static io.spectractor.app.LocalProgram.images;
import static io.spectractor.app.LocalProgram.run;
import static io.spectractor.app.LocalProgram.science;
import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.result.ImageResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar on YARN: a resource manager, two node managers and HDFS, all processes on the loopback interface. */
@Tag("cluster")
@Tag("long")
class YarnClusterTest {
    private static final int IMAGES = 6;
    private static final long PATIENCE_S = 280;
    private static final Pattern APPLICATION = Pattern.compile("application_\\d+_\\d+");

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable HdfsProcesses hdfs;
    private static @Nullable YarnProcesses yarn;
    private static Map<String, String> truth = Map.of();

    @BeforeAll
    static void start() throws IOException {
        String night = folder.resolve("night").toString();
        run(
                folder.resolve("simulate.log"),
                "simulate",
                "--disperser",
                "HoloAmAg",
                "--count",
                "" + IMAGES,
                "--seed",
                "1",
                "--out",
                night);
        run(
                folder.resolve("calib.log"),
                "calib",
                "build",
                "--out",
                folder.resolve("calib.h5").toString());
        hdfs = new HdfsProcesses(folder.resolve("hdfs"));
        yarn = new YarnProcesses(folder.resolve("yarn"), hdfs());
        hdfs().dfs("-mkdir", "-p", "/ctio", "/calib");
        hdfs().dfs("-put", night, "/ctio/");
        hdfs().dfs("-put", folder.resolve("calib.h5").toString(), folder.resolve("calib.h5.sha256") + "", "/calib/");
        Path here = folder.resolve("here");
        run(
                folder.resolve("local.log"),
                words(night, here.toString(), logbook(), "--run-id", "r1").toArray(String[]::new));
        truth = science(images(here));
        assertThat(truth).hasSize(IMAGES).doesNotContainValue("null");
    }

    @AfterAll
    static void stop() {
        if (yarn != null) {
            yarn.close();
        }
        if (hdfs != null) {
            hdfs.close();
        }
    }

    private static HdfsProcesses hdfs() {
        return Objects.requireNonNull(hdfs);
    }

    private static YarnProcesses yarn() {
        return Objects.requireNonNull(yarn);
    }

    private static String logbook() {
        return folder.resolve("night/logbook.csv").toString();
    }

    private static List<String> words(String in, String out, String logbook, String... more) {
        List<String> words = new ArrayList<>(List.of("run", in, "--out", out, "--logbook", logbook));
        words.addAll(List.of("--set", "ccd.rebin=2", "--extraction", "psf1d"));
        words.addAll(List.of(more));
        return words;
    }

    private static String products(String name) {
        return hdfs().root() + "/" + name;
    }

    private static Daemon client(String name, String... sparkOptions) {
        return yarn().submit(
                        name,
                        "client",
                        List.of(sparkOptions),
                        words(
                                hdfs().root() + "/ctio/night/*.fits",
                                products(name),
                                logbook(),
                                "--run-id",
                                "r1",
                                "--scheduler",
                                "spark",
                                "-v"));
    }

    @Test
    void theDriverInTheShell() throws IOException {
        try (Daemon driver = client("client")) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        assertThat(science(images(PathResolver.path(products("client"))))).isEqualTo(truth);
        Path run = PathResolver.path(products("client")).resolve("_runs/r1");
        // YARN's file of the container, and what the driver said in the shell
        assertThat(Files.readString(run.resolve("logs/executor-1.err"))).contains("CoarseGrainedExecutorBackend");
        assertThat(Files.readString(run.resolve("logs/driver.err"))).contains("INFO ImagePass: sim_");
        assertThat(Files.readString(run.resolve("distribution.json"))).contains("\"cores\" : 2");
    }

    /** Logbook and calibration data are sent along, and lie beside the driver on the node that YARN chose. */
    @Test
    void theDriverInTheCluster() throws IOException {
        List<String> words =
                words(hdfs().root() + "/ctio/night/*.fits", products("cluster"), "logbook.csv", "--run-id", "r1", "-v");
        words.addAll(List.of("--scheduler", "spark", "--calib", "calib.h5", "--calib-delivery", "broadcast"));
        String files = logbook() + "," + hdfs().root() + "/calib/calib.h5," + hdfs().root() + "/calib/calib.h5.sha256";
        try (Daemon submit = yarn().submit(
                        "cluster",
                        "cluster",
                        List.of("--files", files, "--conf", "spark.yarn.maxAppAttempts=1"),
                        words)) {
            assertThat(submit.exit(PATIENCE_S)).as(submit.said()).isZero();
        }
        assertThat(science(images(PathResolver.path(products("cluster"))))).isEqualTo(truth);
        assertThat(Files.readString(PathResolver.path(products("cluster")).resolve("_runs/r1/logs/driver.err")))
                .contains("ApplicationMaster", "INFO ImagePass: sim_");
    }

    @Test
    void anApplicationThatIsKilledIsResumed() throws IOException {
        try (Daemon driver = client("killed")) {
            driver.await("INFO ImagePass: sim_", 1);
            Matcher application = APPLICATION.matcher(Files.readString(folder.resolve("yarn/rm.log")));
            String last = application
                    .results()
                    .map(m -> m.group())
                    .reduce((a, b) -> b)
                    .orElseThrow();
            try (Daemon kill = yarn().kill(last)) {
                assertThat(kill.exit(PATIENCE_S)).as(kill.said()).isZero();
            }
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isEqualTo(75);
        }
        try (Daemon driver =
                yarn().submit("resume", "client", List.of(), List.of("resume", products("killed"), "-v"))) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        List<ImageResult> images = images(PathResolver.path(products("killed")));
        assertThat(science(images)).isEqualTo(truth);
        assertThat(images.stream().filter(ImageResult::reused)).isNotEmpty();
    }

    /** The launcher, with programs named as those of a Hadoop installation are. */
    @Test
    void theLauncherDoesANight() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("spark/bin"));
        script(bin.resolve("spark-submit"), yarn().sparkSubmit());
        script(
                bin.resolve("hdfs"),
                List.of(
                        ClusterPaths.java(),
                        "-cp",
                        ClusterPaths.sparkClassPath(hdfs().configuration().toString(), ClusterPaths.hadoopServers()),
                        "org.apache.hadoop.fs.FsShell"),
                "shift\n");
        Map<String, String> environment = new HashMap<>(yarn().environment());
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("SPARK_HOME", folder.resolve("spark").toString());
        environment.put("SPECTRACTOR_SPARK_JAR", ClusterPaths.jar().toString());
        environment.put("SPECTRACTOR_EXECUTORS", "1");
        List<String> command = List.of(
                Path.of(System.getProperty("spectractor.root"), "launchers/hadoop/run-night.sh")
                        .toString(),
                "--profile",
                "yarn",
                "--data",
                hdfs().root() + "/ctio",
                "--out",
                products("night"),
                "--logbook",
                logbook(),
                "--each",
                "--",
                "--set",
                "ccd.rebin=2",
                "--extraction",
                "psf1d",
                "--run-id",
                "r1");
        try (Daemon launcher = Daemon.start(folder.resolve("launcher.log"), environment, command)) {
            assertThat(launcher.exit(PATIENCE_S)).as(launcher.said()).isZero();
            assertThat(launcher.said()).contains("night ended with 0");
        }
        assertThat(science(images(PathResolver.path(products("night/night"))))).isEqualTo(truth);
    }

    private static void script(Path file, List<String> command, String... before) throws IOException {
        String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/bash\n" + String.join("", before) + "exec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The other node has the application master and an executor, which does the rest. */
    @Test
    void aNodeThatIsLostCostsNothingButTime() throws IOException {
        int lost = loseANodeInTheMiddle("node", master -> 1 - master);
        yarn().returnNode(lost);
    }

    /** YARN starts the application master again, on the node that is left. */
    @Test
    void theNodeOfTheApplicationMasterIsLost() throws IOException {
        int lost = loseANodeInTheMiddle("master", master -> master);
        yarn().returnNode(lost);
    }

    private static int loseANodeInTheMiddle(String name, IntUnaryOperator choice) throws IOException {
        int lost;
        // so large that a node has room for one of them, and the application master beside it
        try (Daemon driver = client(name, "--executor-memory", "3g")) {
            driver.await("INFO ImagePass: sim_", 1);
            lost = choice.applyAsInt(yarn().masterNode());
            yarn().loseNode(lost);
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        assertThat(science(images(PathResolver.path(products(name))))).isEqualTo(truth);
        return lost;
    }
}
