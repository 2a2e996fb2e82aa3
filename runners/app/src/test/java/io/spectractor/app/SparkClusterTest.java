package io.spectractor.app;

import static io.spectractor.app.LocalProgram.assertNoLitter;
import static io.spectractor.app.LocalProgram.images;
import static io.spectractor.app.LocalProgram.run;
import static io.spectractor.app.LocalProgram.science;
import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.testkit.MemoryGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on a real cluster, {@link SparkOnHdfs}, and SparkSubmit as users start it.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SparkClusterTest {
    private static final int IMAGES = 12;
    private static final int THOUSANDS = 2000;
    private static final long PATIENCE_S = 240;
    /** Quick, and with every stage in it: what is tested here is the way of the images, not their extraction. */
    private static final List<String> QUICK = List.of("--set", "ccd.rebin=2", "--extraction", "psf1d");

    /** Images that are also extracted with the method that is the default, on both schedulers. */
    private static final String FEW = "*_00[1-3].fits";

    private static final List<String> FORWARD = List.of("--set", "ccd.rebin=2", "--extraction", "forward");

    private static final int DRIVER_KILLED = 1;
    private static final int FILES_ONLY = 2;
    private static final int DRIVER_RESUMED = 3;

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable SparkOnHdfs cluster;
    /** What goes on with the run of the killed driver. */
    private static @Nullable Daemon resume;

    private static Path night = Path.of("");
    private static Map<String, String> truth = Map.of();

    @BeforeAll
    static void start() throws IOException {
        night = folder.resolve("night");
        cluster = new SparkOnHdfs(folder, IMAGES);
        Path out = folder.resolve("local");
        List<String> words = words(night.toString(), out.toString());
        run(folder.resolve("local.log"), words.toArray(String[]::new));
        truth = science(images(out));
        assertThat(truth).hasSize(IMAGES).doesNotContainValue("null");
    }

    @AfterAll
    static void stop() {
        if (resume != null) {
            resume.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static SparkOnHdfs cluster() {
        return Objects.requireNonNull(cluster);
    }

    private static SparkProcesses spark() {
        return cluster().spark();
    }

    private static HdfsProcesses hdfs() {
        return cluster().hdfs();
    }

    private static List<String> words(String inputs, String out, String... more) {
        return words(QUICK, inputs, out, more);
    }

    private static List<String> words(List<String> settings, String inputs, String out, String... more) {
        return cluster().words(settings, inputs, out, more);
    }

    private static Daemon submit(String name, List<String> words, String... sparkOptions) {
        return cluster().submit(name, words, sparkOptions);
    }

    private static String products(String name) {
        return hdfs().root() + "/" + name;
    }

    /** With everything on the cluster's file system, the calibration data too. */
    @Test
    void scienceIsThatOfTheLocalScheduler() throws IOException {
        String out = products("plain");
        List<String> words = words(hdfs().root() + "/ctio/night/*.fits", out, "--workers", "2");
        words.addAll(List.of("--calib", cluster().calibration(), "--calib-delivery", "remote"));
        try (Daemon driver = submit("plain", words)) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
            assertThat(driver.count("INFO ImagePass: sim_")).isEqualTo(IMAGES);
        }
        Path products = PathResolver.path(out);
        assertThat(science(images(products))).isEqualTo(truth);
        assertWhole(products, 2);
        try (Daemon monitor = spark().submit("monitor", hdfs().configuration(), List.of(), List.of("monitor", out))) {
            assertThat(monitor.exit(PATIENCE_S)).as(monitor.said()).isZero();
            assertThat(monitor.said())
                    .contains("run r1 finished: " + IMAGES + " done", "PROCESS", "driver (", "executor-0 (");
        }
    }

    /** Two frames are there, a third comes while those are in work: another batch. */
    @Test
    void aWatchOfAFolderOnHdfsHandsWhatArrivesToExecutors() throws IOException {
        Path in = Files.createDirectories(PathResolver.path(products("tonight")));
        for (int i = 1; i <= 2; i++) {
            Files.write(in.resolve(frame(i).getFileName().toString()), Files.readAllBytes(frame(i)));
        }
        Path out = PathResolver.path(products("watched"));
        List<String> words = words(products("tonight"), products("watched"), "--plots", "0");
        words.set(0, "watch");
        try (Daemon watch = submit("watch", words)) {
            watch.until(() -> Files.exists(out.resolve("sim_20170530_001_spectrum.fits")), "a product");
            Files.write(in.resolve(frame(3).getFileName().toString()), Files.readAllBytes(frame(3)));
            for (int i = 2; i <= 3; i++) {
                Path product = out.resolve(frame(i).getFileName().toString().replace(".fits", "_spectrum.fits"));
                watch.until(() -> Files.exists(product), product.toString());
            }
            RunFolder.open(out, null).requestCancel();
            assertThat(watch.exit(PATIENCE_S)).as(watch.said()).isZero();
        }
        Map<String, String> wanted = new TreeMap<>(truth);
        wanted.keySet().removeIf(name -> !name.matches(".*_00[1-3]\\.fits"));
        assertThat(wanted).hasSize(3);
        assertThat(science(images(out))).isEqualTo(wanted);
        assertThat(Files.readString(out.resolve("_runs/r1/journal.jsonl"))).contains("executor ");
        assertNoLitter(out);
    }

    /** The fit of the whole spectrogram, the method of those who choose none, on one core and files of this machine. */
    @Test
    @Order(FILES_ONLY)
    void theForwardModelIsThatOfTheLocalScheduler() throws IOException {
        Path here = folder.resolve("local-forward");
        String in = night.resolve(FEW).toString();
        run(
                folder.resolve("local-forward.log"),
                words(FORWARD, in, here.toString()).toArray(String[]::new));
        Path out = folder.resolve("spark-forward");
        List<String> words = words(FORWARD, in, out.toUri().toString(), "--workers", "1");
        try (Daemon driver = submit("forward", words)) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        Map<String, String> wanted = science(images(here));
        assertThat(wanted).hasSize(3).doesNotContainValue("null");
        assertThat(science(images(out))).isEqualTo(wanted);
        assertThat(wanted.values()).doesNotContainAnyElementsOf(truth.values());
        assertWhole(out, 1);
    }

    /** Raw amplifiers of AuxTel, plain and Rice-compressed: 76 and 14 MB, in blocks of HDFS. */
    @Test
    void framesOfAuxTelAreThoseOfTheLocalScheduler() throws IOException {
        Path sims = folder.resolve("auxtel-sims");
        List<String> simulate =
                new ArrayList<>(List.of("simulate", "--instrument", "auxtel", "--frame", "raw", "--target"));
        simulate.addAll(List.of("HD111980", "--seed", "7", "--count", "1", "--out", sims.toString()));
        run(folder.resolve("simulate-auxtel.log"), simulate.toArray(String[]::new));
        Path frames = Files.createDirectories(folder.resolve("auxtel"));
        Path raw = Files.move(sims.resolve("sim_20240624_001.fits"), frames.resolve("raw.fits"));
        List<String> pack = List.of("fpack", "-O", frames.resolve("packed.fits").toString(), raw.toString());
        try (Daemon fpack = Daemon.start(folder.resolve("fpack.log"), Map.of(), pack)) {
            assertThat(fpack.exit(PATIENCE_S)).as(fpack.said()).isZero();
        }
        hdfs().dfs("-put", frames.toString(), "/");

        Path here = folder.resolve("auxtel-local");
        run(
                folder.resolve("auxtel-local.log"),
                auxTel(frames.toString(), here.toString()).toArray(String[]::new));
        String out = products("auxtel-products");
        try (Daemon driver = submit("auxtel", auxTel(hdfs().root() + "/auxtel", out))) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        Map<String, String> wanted = science(images(here));
        assertThat(wanted).hasSize(2).doesNotContainValue("null");
        assertThat(science(images(PathResolver.path(out)))).isEqualTo(wanted);
    }

    private static List<String> auxTel(String inputs, String out) {
        List<String> words = new ArrayList<>(List.of("run", inputs, "--out", out, "--run-id", "r1"));
        words.addAll(List.of("--target", "HD111980", "--extraction", "psf1d"));
        return words;
    }

    private static void assertWhole(Path products, int executors) throws IOException {
        assertNoLitter(products);
        assertThat(products.resolve("sim_20170530_001_spectrum.fits")).isRegularFile();
        assertThat(Files.readString(products.resolve("_runs/r1/distribution.json")))
                .contains("\"cores\" : " + executors, "wait_core_s");
    }

    @Test
    void aLostExecutorCostsNothingButTime() throws IOException {
        String out = products("killed");
        try (Daemon driver = submit("killed", words(hdfs().root() + "/ctio/night", out))) {
            driver.await("INFO ImagePass: sim_", 2);
            spark().executor().orElseThrow().destroyForcibly();
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        List<ImageResult> images = images(PathResolver.path(out));
        assertThat(science(images)).isEqualTo(truth);
        assertThat(images).anyMatch(i -> i.attempts() == 2);
        assertNoLitter(PathResolver.path(out));
        Path run = PathResolver.path(out).resolve("_runs/r1");
        assertThat(Files.readString(run.resolve("journal.jsonl")))
                .containsPattern("its worker was lost: executor \\d on \\S+ was killed \\(exit code 137\\), which may"
                        + " have been for memory: .* \\(while \\w+ .*sim_");
        // the cluster's file, from its first word on
        assertThat(Files.readString(run.resolve("logs/executor-0.err"))).contains("Spark Executor Command");
        assertThat(Files.readString(run.resolve("logs/executor-1.err"))).contains("Spark Executor Command");
        assertThat(Files.readString(run.resolve("logs/driver.err")))
                .contains("INFO ImagePass: sim_", "was killed (exit code 137)");
        assertThat(RunFolder.open(PathResolver.path(out), null).filledLogs()).hasSizeGreaterThan(3);
    }

    /** In a control group whose limit falls while an image is in work; the worker of Spark is in it too, and far smaller. */
    @Test
    @Tag("long")
    void anExecutorThatTheKernelKilledForMemoryIsCalledThat() throws IOException {
        String out = products("memory");
        try (MemoryGroup group = MemoryGroup.orAbort("executor");
                Daemon worker = spark().workerIn(group);
                Daemon driver =
                        submit("memory", words(hdfs().root() + "/ctio/night", out), "--conf", "spark.cores.max=3")) {
            driver.await("DONE in", 1);
            driver.until(() -> driver.said().contains("on 127.0.0.9") || driver.count("DONE in") > 3, "images");
            group.starve();
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
            assertThat(worker.said()).contains("Asked to launch executor");
            assertThat(driver.said())
                    .containsPattern("executor \\d on 127.0.0.9 was killed for memory at \\d+\\.\\d of \\d+\\.\\d MB"
                            + " \\(itself \\d+\\.\\d MB a moment before\\) while \\w+ .*sim_");
        }
        assertThat(science(images(PathResolver.path(out)))).isEqualTo(truth);
    }

    /**
     * Nothing of the driver is in order then: HDFS believes for a minute that it holds the run's lock and writes the journal,
     * and its executors end in the middle of a product. Who resumes the run waits; meanwhile come the tests that do without
     * HDFS.
     */
    @Test
    @Order(DRIVER_KILLED)
    void aDriverThatIsKilledLeavesARunWithoutAnEnd() {
        String out = products("driver");
        try (Daemon driver = submit("driver", words(hdfs().root() + "/ctio/night/*_00[1-9].fits", out))) {
            driver.await("INFO ImagePass: sim_", 2);
        }
        assertThat(PathResolver.path(out).resolve("_runs/r1/summary.csv")).doesNotExist();
        resume = spark().submit("driver-resume", hdfs().configuration(), List.of(), List.of("resume", out, "-v"));
    }

    @Test
    @Order(DRIVER_RESUMED)
    void resumeWaitsForTheLeasesOfADriverThatWasKilled() throws IOException {
        Path out = PathResolver.path(products("driver"));
        Daemon started = Objects.requireNonNull(resume, "the test in which the driver is killed comes first");
        assertThat(started.exit(PATIENCE_S)).as(started.said()).isZero();
        assertThat(started.said()).contains("waiting for the file system to take its lock away");
        Map<String, String> wanted = new TreeMap<>();
        truth.forEach((name, digest) -> {
            if (name.matches(".*_00[1-9]\\.fits")) {
                wanted.put(name, digest);
            }
        });
        List<ImageResult> images = images(out);
        assertThat(science(images)).isEqualTo(wanted);
        assertThat(images.stream().filter(ImageResult::reused)).hasSizeBetween(2, wanted.size() - 1);
        assertNoLitter(out);
    }

    @Test
    void aDataNodeThatIsAwayForAWhileIsWaitedFor() throws IOException {
        String out = products("away");
        try (Daemon driver = submit("away", words(hdfs().root() + "/ctio/night", out))) {
            driver.await("INFO ImagePass: sim_", 2);
            hdfs().stopDataNode();
            Daemon.sleep(6000);
            hdfs().startDataNode();
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        assertThat(science(images(PathResolver.path(out)))).isEqualTo(truth);
    }

    @Test
    @Order(FILES_ONLY)
    void badFilesAndRowsCostThemselvesOnly() throws IOException {
        Path bad = Files.createDirectories(folder.resolve("bad, [odd]"));
        for (int i = 1; i <= 4; i++) {
            Files.copy(frame(i), bad.resolve(frame(i).getFileName()));
        }
        byte[] whole = Files.readAllBytes(frame(2));
        Files.write(bad.resolve("sim_20170530_002.fits"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.write(bad.resolve("sim_20170530_003.fits"), new byte[0]);
        Files.writeString(bad.resolve("sim_20170530_005.fits"), "<html>404</html>");
        Files.writeString(
                bad.resolve("logbook.csv"),
                Files.readString(night.resolve("logbook.csv"))
                        .replace("sim_20170530_004.fits", "sim_20170530_400.fits"));
        Path out = folder.resolve("bad-products");
        List<String> words = words(bad.toString(), out.toString());
        words.set(
                words.indexOf(night.resolve("logbook.csv").toString()),
                bad.resolve("logbook.csv").toString());
        try (Daemon driver = submit("bad", words)) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isEqualTo(10);
        }
        List<ImageResult> images = images(out);
        assertThat(images).hasSize(5);
        for (ImageResult image : images) {
            if (image.name().equals("sim_20170530_001.fits")) {
                assertThat(image.scienceSha256()).isEqualTo(truth.get(image.name()));
            } else {
                assertThat(image.failure()).as(image.name()).isNotNull();
                assertThat(image.failure().kind()).as(image.name()).isEqualTo(FailureKind.UNPROCESSABLE);
                assertThat(image.failure().message()).contains(image.name());
            }
        }
        Path table = out.resolve("_runs/r1/summary.parquet");
        SummaryTable.assertReadBySparkSql(table, images);
        assertNoLitter(table);
    }

    private static Path frame(int number) {
        return night.resolve(String.format("sim_20170530_%03d.fits", number));
    }

    @Test
    void aFullQuotaStopsTheRunAndResumeDoesTheRest() throws IOException {
        String out = products("full");
        hdfs().dfs("-mkdir", "/full");
        hdfs().command("quota", "org.apache.hadoop.hdfs.tools.DFSAdmin", "-setSpaceQuota", "72m", "/full");
        try (Daemon driver = submit("full", words(hdfs().root() + "/ctio/night", out))) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isEqualTo(75);
            assertThat(driver.said()).contains("products in a row could not be written", "quota");
        }
        assertNoLitter(PathResolver.path(out));
        hdfs().command("no-quota", "org.apache.hadoop.hdfs.tools.DFSAdmin", "-clrSpaceQuota", "/full");
        try (Daemon driver =
                spark().submit("full-resume", hdfs().configuration(), List.of(), List.of("resume", out, "-v"))) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        List<ImageResult> images = images(PathResolver.path(out));
        assertThat(science(images)).isEqualTo(truth);
        assertThat(images).anyMatch(ImageResult::reused);
        assertNoLitter(PathResolver.path(out));
    }

    @Test
    void speculativeTasksAndOverwritingCommitOneProduct() throws IOException {
        String out = products("twice");
        String[] speculative = {
            "--conf", "spark.speculation=true",
            "--conf", "spark.speculation.interval=50ms",
            "--conf", "spark.speculation.multiplier=0.01",
            "--conf", "spark.speculation.efficiency.enabled=false",
            "--conf", "spark.speculation.quantile=0.1",
            "--conf", "spark.speculation.minTaskRuntime=1ms"
        };
        try (Daemon driver = submit("twice", words(hdfs().root() + "/ctio/night", out, "--overwrite"), speculative)) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
        }
        List<ImageResult> images = images(PathResolver.path(out));
        assertThat(science(images)).isEqualTo(truth);
        for (ImageResult image : images) {
            Path product = PathResolver.path(out).resolve(Objects.requireNonNull(image.product()));
            assertThat(io.spectractor.batch.Hashes.sha256(product)).isEqualTo(image.productSha256());
        }
        assertThat(Files.readString(PathResolver.path(out).resolve("_runs/r1/journal.jsonl")))
                .contains("speculative");
        assertNoLitter(PathResolver.path(out));
    }

    @Test
    @Order(FILES_ONLY)
    void thousandsOfEntriesArePlannedWithALittleMemory() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        Path seed = Files.writeString(folder.resolve("seed"), "no image");
        for (int i = 0; i < THOUSANDS; i++) {
            Files.createLink(many.resolve(String.format("x_%04d.fits", i)), seed);
        }
        Path out = folder.resolve("many-products");
        List<String> words = new ArrayList<>(List.of("run", many.toString(), "--out", out.toString()));
        words.addAll(List.of("--run-id", "r1", "--max-failures", "5"));
        try (Daemon driver = submit("many", words)) {
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isEqualTo(11);
            assertThat(driver.said()).contains(THOUSANDS + " images in " + THOUSANDS + " tasks");
        }
        List<ImageResult> images = images(out);
        assertThat(images).hasSize(THOUSANDS);
        assertThat(images.stream().filter(i -> i.status() == ImageStatus.FAILED))
                .hasSizeBetween(5, 50)
                .allMatch(i -> Objects.requireNonNull(i.failure()).stage() == Stage.READ);
        assertThat(images.stream().filter(i -> i.status() == ImageStatus.NOT_RUN))
                .hasSizeGreaterThan(1900);
        assertThat(out.resolve("_runs/r1/stop")).doesNotExist();
    }
}
