package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.SummaryCsv;
import io.spectractor.hdfs.HdfsClient;
import io.spectractor.hdfs.S3aSettings;
import io.spectractor.testkit.FaultyProxy;
import io.spectractor.testkit.FaultyProxy.Fate;
import io.spectractor.testkit.S3Server;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from S3 to S3, on a server that is a process of its own, behind a proxy that writes down and can be in trouble. */
@Tag("cluster")
class ObjectStoreTest {
    private static final int IMAGES = 4;
    private static final long PATIENCE_S = 240;
    private static final String ROOT = "s3a://" + S3Server.BUCKET;

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable S3Server server;
    private static @Nullable FaultyProxy proxy;
    private static Map<String, String> truth = Map.of();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = S3Server.start(Files.createDirectories(folder.resolve("s3")));
        proxy = FaultyProxy.before(server.endpoint());
        Path night = folder.resolve("night");
        String count = Integer.toString(IMAGES);
        String out = night.toString();
        run("simulate", "simulate", "--disperser", "HoloAmAg", "--count", count, "--seed", "1", "--out", out);
        HdfsClient.configure(S3aSettings.ofEnvironment(S3Server.environment(proxy.endpoint())));
        try (Stream<Path> files = Files.list(night)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(PathResolver.path(ROOT + "/night/" + file.getFileName()), Files.readAllBytes(file));
            }
        }
        Path here = folder.resolve("here");
        List<String> words = words(night.toString(), here.toString());
        words.set(
                words.indexOf(ROOT + "/night/logbook.csv"),
                night.resolve("logbook.csv").toString());
        run("local", words.toArray(String[]::new));
        truth = science(here);
        assertThat(truth).hasSize(IMAGES).doesNotContainValue("null");
    }

    @AfterAll
    static void stop() {
        HdfsClient.configure(Map.of());
        if (proxy != null) {
            proxy.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static FaultyProxy proxy() {
        return Objects.requireNonNull(proxy);
    }

    /** The bucket, as the folder that the server makes of it. */
    private static Path bucket() {
        return Objects.requireNonNull(server).bucket();
    }

    private static List<String> words(String in, String out, String... more) {
        List<String> words = new ArrayList<>(List.of("run", in, "--out", out, "--run-id", "r1"));
        words.addAll(List.of("--logbook", ROOT + "/night/logbook.csv", "--set", "ccd.rebin=2"));
        words.addAll(List.of("--extraction", "psf1d"));
        words.addAll(List.of(more));
        return words;
    }

    private static Daemon program(String name, String... words) {
        return program(Map.of(), List.of(), name, words);
    }

    private static Daemon program(Map<String, String> variables, List<String> options, String name, String... words) {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx1200m"));
        command.addAll(options);
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
        List<Path> jars = new ArrayList<>(ClusterPaths.sparkJars());
        jars.addAll(ClusterPaths.s3aJars());
        command.addAll(List.of(
                "-cp",
                ClusterPaths.jar()
                        + File.pathSeparator
                        + jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                "io.spectractor.cli.Main"));
        command.addAll(List.of(words));
        Map<String, String> environment = new HashMap<>(S3Server.environment(proxy().endpoint()));
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.putAll(variables);
        return Daemon.start(folder.resolve(name + ".log"), environment, command);
    }

    private static String run(String name, String... words) {
        try (Daemon program = program(name, words)) {
            assertThat(program.exit(PATIENCE_S)).as(program.said()).isZero();
            return program.said();
        }
    }

    private static Map<String, String> science(Path out) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (ImageResult image : SummaryCsv.read(Files.readString(out.resolve("_runs/r1/summary.csv")))) {
            digests.put(image.name(), String.valueOf(image.scienceSha256()));
        }
        return digests;
    }

    /** Whole runs: products, journal, report; the requests that they take; and no credentials anywhere. */
    @Test
    void aRunFromTheStoreToTheStoreIsThatOfTheDisk() throws IOException {
        proxy().forget();
        String said =
                run("plain", words(ROOT + "/night/*.fits", ROOT + "/plain").toArray(String[]::new));
        List<String> requests = proxy().requests();
        Path out = bucket().resolve("plain");
        assertThat(science(out)).isEqualTo(truth);
        assertThat(said).contains("run r1 finished: " + IMAGES + " done");
        assertThat(requests).noneMatch(r -> r.startsWith("COPY"));
        for (String name : truth.keySet()) {
            String product = name.replace(".fits", "_spectrum.fits");
            assertThat(requests.stream().filter(r -> r.equals("PUT /sky/plain/" + product)))
                    .as("a product is put once")
                    .hasSize(1);
            assertThat(requests.stream().filter(r -> r.contains(product) || r.contains(name)))
                    .as("requests for one image")
                    .hasSizeLessThan(30);
        }
        // of the folder of products, which may hold millions, nothing but whether it is there
        assertThat(requests.stream().filter(r -> r.contains("prefix=plain/&") && r.contains("list-type")))
                .allMatch(r -> r.contains("max-keys=2&"));
        assertThat(run("status", "status", ROOT + "/plain")).contains("run r1 finished");
        assertThat(out.resolve("_runs/r1/report.html")).content().contains(truth.keySet());
        assertThat(out.resolve("_runs/r1/resources.parquet")).isRegularFile();
        assertNoCredentials(out);
    }

    /** What the program itself does with a store beside runs. */
    @Test
    @Tag("long")
    void calibrationDataPicturesAndCancellingAreInTheStoreToo() throws IOException {
        run("calib", "calib", "build", "--out", folder.resolve("calib.h5").toString());
        for (String file : List.of("calib.h5", "calib.h5.sha256")) {
            Files.write(PathResolver.path(ROOT + "/calib/" + file), Files.readAllBytes(folder.resolve(file)));
        }
        Path out = bucket().resolve("stopped");
        List<String> words = words(ROOT + "/night", ROOT + "/stopped", "--workers", "1");
        words.addAll(List.of("--calib", ROOT + "/calib/calib.h5", "--calib-delivery", "remote"));
        // slow, so that something is left when it stops
        proxy().delay(250);
        try (Daemon driver = program("stopped", words.toArray(String[]::new))) {
            driver.until(() -> Files.exists(out.resolve("sim_20170530_001_spectrum.fits")), "a product");
            run("cancel", "cancel", ROOT + "/stopped");
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isEqualTo(75);
            assertThat(driver.count("AttributeMessage")).isZero();
        } finally {
            proxy().delay(0);
        }
        run("resume-stopped", "resume", ROOT + "/stopped");
        assertThat(science(out)).isEqualTo(truth);
        List<ImageResult> images = SummaryCsv.read(Files.readString(out.resolve("_runs/r1/summary.csv")));
        assertThat(images.stream().filter(ImageResult::reused)).isNotEmpty();
        // what the process said is in the store as well
        assertThat(run("status-stopped", "status", ROOT + "/stopped")).contains("_runs/r1/logs/local.out");
        assertThat(Files.readString(out.resolve("_runs/r1/logs/local-2.out"))).contains("run r1 finished");

        run("plot", "plot", ROOT + "/stopped/sim_20170530_001_spectrum.fits");
        assertThat(Files.readAllBytes(out.resolve("sim_20170530_001_spectrum.png")))
                .startsWith(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertNoCredentials(out);
    }

    /** Its output goes into a file of this machine, and from there into the store. */
    @Test
    @Tag("long")
    void aRunInTheBackgroundIsFoundByItsId() throws IOException {
        Map<String, String> state =
                Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
        List<String> words = words(ROOT + "/night", ROOT + "/background", "--background");
        words.set(words.indexOf("r1"), "bg-1");
        Path run = bucket().resolve("background/_runs/bg-1");
        try (Daemon start = program(state, List.of(), "background", words.toArray(String[]::new))) {
            assertThat(start.exit(PATIENCE_S)).as(start.said()).isZero();
            assertThat(start.said())
                    .contains("run bg-1 works in the background", "process: ")
                    .contains("messages: " + folder.resolve("state/spectractor/logs/bg-1/driver.err"));
        }
        for (int i = 0; i < 2400 && !Files.exists(run.resolve("logs/local.out")); i++) {
            Daemon.sleep(50);
        }
        try (Daemon status = program(state, List.of(), "status-background", "status", "bg-1")) {
            assertThat(status.exit(PATIENCE_S)).as(status.said()).isZero();
            assertThat(status.said()).contains("run bg-1 finished: " + IMAGES + " done", "_runs/bg-1/logs/local.err");
        }
        assertThat(Files.readString(run.resolve("logs/local.out"))).contains("run bg-1 finished");
    }

    @Test
    @Tag("long")
    void aFolderOfTheStoreIsWatched() throws IOException {
        List<Path> frames;
        try (Stream<Path> files = Files.list(folder.resolve("night"))) {
            frames = files.filter(f -> f.toString().endsWith(".fits")).sorted().toList();
        }
        Files.write(
                PathResolver.path(ROOT + "/tonight/" + frames.get(0).getFileName()), Files.readAllBytes(frames.get(0)));
        List<String> words = words(ROOT + "/tonight", ROOT + "/watched", "--stop-when-idle", "8");
        words.set(0, "watch");
        Path out = bucket().resolve("watched");
        try (Daemon watch = program("watched", words.toArray(String[]::new))) {
            watch.until(() -> Files.exists(out.resolve("sim_20170530_001_spectrum.fits")), "a product");
            for (Path frame : frames.subList(1, frames.size())) {
                Files.write(PathResolver.path(ROOT + "/tonight/" + frame.getFileName()), Files.readAllBytes(frame));
            }
            assertThat(watch.exit(PATIENCE_S)).as(watch.said()).isZero();
        }
        assertThat(science(out)).isEqualTo(truth);
    }

    /** Executors that are processes of their own, with credentials of their own, and a store in trouble. */
    @Test
    @Tag("long")
    void executorsReadAndWriteTheStore() throws IOException {
        Path jars = Files.createDirectories(folder.resolve("spark-home/jars"));
        for (Path jar : ClusterPaths.sparkJars()) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        Map<String, String> variables = Map.of(
                "SPARK_HOME", folder.resolve("spark-home").toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "JAVA_HOME", System.getProperty("java.home"));
        String forS3 = ClusterPaths.s3aJars().stream().map(Path::toString).collect(Collectors.joining(","));
        AtomicInteger count = new AtomicInteger();
        proxy().decide(request -> count.incrementAndGet() % 7 == 0 ? Fate.REFUSE : Fate.PASS);
        List<String> words = words(ROOT + "/night", ROOT + "/executors", "--scheduler", "spark");
        words.addAll(List.of("--master", "local-cluster[2,1,1024]", "--spark-conf", "spark.ui.enabled=false"));
        try (Daemon driver = program(
                variables, List.of("-Dspectractor.s3a.jars=" + forS3), "executors", words.toArray(String[]::new))) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        } finally {
            proxy().decide(request -> Fate.PASS);
        }
        Path out = bucket().resolve("executors");
        assertThat(science(out)).isEqualTo(truth);
        assertThat(Files.readString(out.resolve("_runs/r1/journal.jsonl"))).contains("executor 0 on", "executor 1 on");
        assertThat(out.resolve("_runs/r1/logs/executor-0.err")).isNotEmptyFile();
        assertNoCredentials(out);
    }

    private static void assertNoCredentials(Path out) throws IOException {
        try (Stream<Path> products = Files.walk(out);
                Stream<Path> logs = Files.list(folder)) {
            for (Path file :
                    Stream.concat(products, logs).filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(text.contains(S3Server.KEY) || text.contains(S3Server.SECRET))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    /** A store that is slow and says 503 to every fifth request; the first process is killed on top of that. */
    @Test
    @Tag("long")
    void aKilledRunOnAStoreInTroubleIsResumedAtOnce() throws IOException {
        AtomicInteger count = new AtomicInteger();
        proxy().decide(request -> count.incrementAndGet() % 5 == 0 ? Fate.REFUSE : Fate.PASS);
        proxy().delay(20);
        Path out = bucket().resolve("killed");
        try (Daemon driver = program(
                "killed",
                words(ROOT + "/night", ROOT + "/killed", "--workers", "1").toArray(String[]::new))) {
            driver.until(() -> Files.exists(out.resolve("sim_20170530_001_spectrum.fits")), "a product");
        }
        assertThat(out.resolve("_runs/r1/summary.csv")).doesNotExist();
        String said = run("resume", "resume", ROOT + "/killed");
        assertThat(said).doesNotContain("waiting for the file system");
        proxy().decide(request -> Fate.PASS);
        proxy().delay(0);
        assertThat(science(out)).isEqualTo(truth);
        List<ImageResult> images = SummaryCsv.read(Files.readString(out.resolve("_runs/r1/summary.csv")));
        assertThat(images.stream().filter(ImageResult::reused)).isNotEmpty();
        for (ImageResult image : images) {
            assertThat(io.spectractor.batch.Hashes.sha256(out.resolve(Objects.requireNonNull(image.product()))))
                    .isEqualTo(image.productSha256());
        }
    }

    /** Spark in the process of the driver: its own reading of inputs, and the table. */
    @Test
    @Tag("long")
    void sparkReadsAndWritesTheStoreToo() throws IOException {
        String said = run(
                "spark",
                words(ROOT + "/night", ROOT + "/spark", "--scheduler", "spark").toArray(String[]::new));
        assertThat(said)
                .contains("Spark's pages, as long as the run lasts: http://127.0.0.1:")
                .doesNotContain("Your hostname", "SPARK_LOCAL_IP");
        Path out = bucket().resolve("spark");
        assertThat(science(out)).isEqualTo(truth);
        assertThat(out.resolve("_runs/r1/summary.parquet/night=2017-05-30/disperser=HoloAmAg/part-0.snappy.parquet"))
                .isNotEmptyFile();
        assertThat(run("monitor", "monitor", ROOT + "/spark")).contains("r1");
        run("report", "report", ROOT + "/spark");
        assertThat(out.resolve("_runs/r1/report.html")).content().contains(truth.keySet());
        assertNoCredentials(out);
    }
}
