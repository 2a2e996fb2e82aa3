package io.spectractor.app;

import static io.spectractor.app.LocalProgram.images;
import static io.spectractor.app.LocalProgram.run;
import static io.spectractor.app.LocalProgram.science;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.spectractor.batch.ExitCode;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs on an API server that keeps pods and a node that starts them: processes in the files of the image. What a real
 * cluster adds is scheduling, a network of pods, and the kernel's limits.
 */
@Tag("cluster")
@Tag("long")
class KubernetesClusterTest {
    private static final int IMAGES = 8;
    private static final long PATIENCE_S = 280;
    private static final String ANYBODY = "rwxrwxrwx";
    private static final List<String> QUICK =
            List.of("--set", "ccd.rebin=2", "--extraction", "psf1d", "--run-id", "r1");

    @TempDir
    private static Path folder = Path.of("");

    private static Path data = Path.of("");
    private static @Nullable ImageFiles image;
    private static @Nullable KubernetesServer server;
    private static @Nullable PodRunner node;
    private static Map<String, String> truth = Map.of();

    @BeforeAll
    static void start() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounts want root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = Files.createDirectories(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(ANYBODY));
        LocalProgram.simulate(
                folder.resolve("simulate.log"), IMAGES, data.resolve("night").toString());
        List<String> words = words(data.toString(), "here");
        run(folder.resolve("local.log"), words.toArray(String[]::new));
        truth = science(images(data.resolve("here")));
        assertThat(truth).hasSize(IMAGES).doesNotContainValue("null");
        image = ImageFiles.unpack(ImageFiles.build(folder, "image"), folder.resolve("image"));
        server = new KubernetesServer(folder.resolve("k8s"));
        node = new PodRunner(server().client(), folder.resolve("node"), image(), Map.of("spectractor-data", data));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static ImageFiles image() {
        return Objects.requireNonNull(image);
    }

    private static KubernetesServer server() {
        return Objects.requireNonNull(server);
    }

    private static PodRunner node() {
        return Objects.requireNonNull(node);
    }

    private static List<String> words(String place, String out) {
        List<String> words = new ArrayList<>(List.of("run", place + "/night", "--out", place + "/" + out));
        words.addAll(List.of("--logbook", place + "/night/logbook.csv"));
        words.addAll(QUICK);
        return words;
    }

    @Test
    void theImageIsTheSameTwice() throws IOException {
        Path again = ImageFiles.build(folder, "again");
        assertThat(Files.mismatch(folder.resolve("image.tar"), again)).isEqualTo(-1);
        Files.delete(again);
    }

    /** As in the job of local-pool-job.yaml: nothing but the entry point, as the image's user. */
    @Test
    void aPoolOfWorkersInOnePod() throws IOException {
        assertThat(inImage("version", List.of("--version"))).contains("spectractor 0.1.0");
        List<String> words = words("/data", "pool");
        words.addAll(List.of("--workers", "2", "--resume"));
        inImage("pool", words);
        assertThat(science(images(data.resolve("pool")))).isEqualTo(truth);
        assertThat(Files.getAttribute(data.resolve("pool/sim_20170530_001_spectrum.fits"), "unix:uid"))
                .isEqualTo(185);
        inImage("plot", List.of("plot", "/data/pool/sim_20170530_001_spectrum.fits", "--out", "/data/pool/p.png"));
        assertThat(data.resolve("pool/p.png")).isNotEmptyFile();
    }

    private static String inImage(String name, List<String> words) throws IOException {
        Path home = Files.createDirectories(folder.resolve("alone").resolve(name));
        Path hosts = Files.writeString(home.resolve("hosts"), "127.0.0.1 localhost " + name + "\n");
        ImageFiles.Start start =
                new ImageFiles.Start(name, "185", Map.of("/data", data, "/etc/hosts", hosts), Map.of(), words);
        try (Daemon program = image().daemon(home, home.resolve("log"), start)) {
            assertThat(program.exit(PATIENCE_S)).as(program.said()).isZero();
            return program.said();
        }
    }

    /** The launcher, with spark-submit as a distribution of Spark names it; driver and executors in pods. */
    @Test
    void theDriverInAPod() throws IOException {
        try (Daemon launcher = launcher("cluster", words("/data", "cluster"))) {
            assertThat(launcher.exit(PATIENCE_S)).as(launcher.said()).isZero();
        }
        Pod driver = driver();
        assertThat(driver.getStatus().getPhase())
                .as(node().log(driver.getMetadata().getName()))
                .isEqualTo("Succeeded");
        assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("spectractor-driver");
        assertThat(driver.toString()).doesNotContain("test-secret");
        assertThat(science(images(data.resolve("cluster")))).isEqualTo(truth);
        assertThat(server().executors()).isEmpty();
        server().client().resource(driver).delete();
    }

    @Test
    void aDriverThatFailsIsAFailedSubmission() throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "/data/nothing-here", "--out", "/data/failed"));
        words.addAll(QUICK);
        try (Daemon launcher = launcher("failed", words)) {
            assertThat(launcher.exit(PATIENCE_S)).as(launcher.said()).isEqualTo(ExitCode.USAGE.code());
        }
        Pod driver = driver();
        assertThat(node().log(driver.getMetadata().getName())).contains("/data/nothing-here");
        server().client().resource(driver).delete();
    }

    private static Pod driver() {
        List<Pod> drivers = server().client()
                .pods()
                .inNamespace(KubernetesServer.NAMESPACE)
                .withLabel("spark-role", "driver")
                .list()
                .getItems();
        assertThat(drivers).hasSize(1);
        return drivers.get(0);
    }

    private static Daemon launcher(String name, List<String> words) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("spark/bin"));
        script(bin.resolve("spark-submit"), server().sparkSubmit());
        Map<String, String> environment = new HashMap<>(server().environment());
        environment.put("SPARK_HOME", folder.resolve("spark").toString());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("spectractor.root"), "launchers/kubernetes/run-night.sh")
                .toString());
        command.addAll(List.of("--master", server().master(), "--image", KubernetesServer.IMAGE));
        command.addAll(List.of("--claim", "spectractor-data=/data", "--executors", "2", "--cores", "1"));
        command.addAll(List.of("--memory", "900m", "--overhead", "300m"));
        // the name of the API server in a cluster is known to nobody here
        command.addAll(List.of("--spark-conf", "spark.kubernetes.driver.master=" + server().address()));
        command.addAll(List.of("--spark-conf", "spark.ui.enabled=false"));
        command.add("--");
        command.addAll(words);
        return Daemon.start(folder.resolve(name + ".log"), environment, command);
    }

    private static void script(Path file, List<String> command) throws IOException {
        String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/bash\nexec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** An executor killed for memory, and one whose pod is deleted, cost time; the run says what became of them. */
    @Test
    void executorsThatAreKilledAreReplaced() throws IOException {
        try (Daemon driver = client("killed")) {
            driver.await("INFO ImagePass: sim_", 1);
            List<Pod> both = server().executors();
            node().killForMemory(both.get(0).getMetadata().getName());
            server().client().resource(both.get(1)).delete();
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isZero();
            assertThat(driver.said())
                    .containsPattern("executor 1 on \\S+ was killed for memory: its container reached the limit");
        }
        List<ImageResult> images = images(data.resolve("killed"));
        assertThat(science(images)).isEqualTo(truth);
        assertThat(images.stream().filter(i -> i.attempts() > 1)).isNotEmpty();
    }

    /** The driver on this machine as root, and so are the executors: they share a folder. */
    private static Daemon client(String name) throws IOException {
        Path template = folder.resolve("root-template.yaml");
        String shipped = Files.readString(
                Path.of(System.getProperty("spectractor.root"), "launchers/kubernetes/pod-template.yaml"));
        Files.writeString(template, shipped.replace("runAsUser: 185", "runAsUser: 0"));
        String claim = "spark.kubernetes.executor.volumes.persistentVolumeClaim.spectractor-data.";
        List<String> options = new ArrayList<>();
        for (String property : List.of(
                "spark.executor.instances=2",
                "spark.executor.memory=900m",
                "spark.executor.memoryOverhead=300m",
                "spark.kubernetes.executor.podTemplateFile=" + template,
                "spark.kubernetes.executor.podTemplateContainerName=spectractor",
                claim + "options.claimName=spectractor-data",
                claim + "mount.path=" + data)) {
            options.addAll(List.of("--conf", property));
        }
        List<String> words = words(data.toString(), name);
        words.addAll(List.of("--scheduler", "spark", "-v"));
        return server().client(name, options, words);
    }
}
