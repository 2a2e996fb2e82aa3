package io.spectractor.app;

import io.spectractor.testkit.MemoryGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.launcher.JavaModuleOptions;

/** Spark's standalone cluster on the loopback interface: a master, and workers with one core each on hosts of their own. */
final class SparkProcesses implements AutoCloseable {
    private static final String DEPLOY = "org.apache.spark.deploy.";
    /** Number of a worker beside the usual ones. */
    private static final int OTHER = 9;

    private final Path folder;
    private final int port = ClusterPaths.freePort();
    private final Daemon master;
    private final List<Daemon> workers = new ArrayList<>();

    SparkProcesses(Path folder, int workerCount) throws IOException {
        this.folder = folder;
        Path jars = Files.createDirectories(folder.resolve("home/jars"));
        for (Path jar : ClusterPaths.sparkJars()) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        master = spark(
                "master",
                "512m",
                DEPLOY + "master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                port + "",
                "--webui-port",
                "0");
        master.await("New state: ALIVE", 1);
        for (int i = 1; i <= workerCount; i++) {
            // a host of its own for each: Spark never speculates on the host that has the task already
            workers.add(worker("127.0.0." + i, i));
        }
        for (Daemon worker : workers) {
            worker.await("Successfully registered with master", 1);
        }
    }

    /** A further worker, in a control group. */
    Daemon workerIn(MemoryGroup group) {
        Daemon worker = spark(group.prefix(), "worker-9", "256m", folder, ofWorker("127.0.0.9", OTHER));
        worker.await("Successfully registered with master", 1);
        return worker;
    }

    private Daemon worker(String host, int number) {
        return spark("worker-" + number, "256m", ofWorker(host, number));
    }

    private String[] ofWorker(String host, int number) {
        return new String[] {
            DEPLOY + "worker.Worker",
            "--host",
            host,
            "--webui-port",
            "0",
            "-c",
            "1",
            "-m",
            "1g",
            "-d",
            folder.resolve("work-" + number).toString(),
            url()
        };
    }

    String url() {
        return "spark://127.0.0.1:" + port;
    }

    /** SparkSubmit with the jar under test, as {@code spark-submit} runs it. */
    Daemon submit(String name, Path hadoopConf, List<String> sparkOptions, List<String> words) {
        List<String> all = new ArrayList<>(List.of(DEPLOY + "SparkSubmit", "--master", url()));
        all.addAll(List.of("--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1"));
        all.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + String.join(" ", ClusterPaths.SHORT_LIVED)));
        all.addAll(sparkOptions);
        all.addAll(
                List.of("--class", "io.spectractor.cli.Main", ClusterPaths.jar().toString()));
        all.addAll(words);
        return spark(name, "1g", hadoopConf, all.toArray(String[]::new));
    }

    /** An executor that is there now. */
    Optional<ProcessHandle> executor() {
        return workers.stream()
                .flatMap(w -> w.descendant("CoarseGrainedExecutorBackend").stream())
                .findFirst();
    }

    private Daemon spark(String name, String heap, String... words) {
        return spark(name, heap, folder, words);
    }

    private Daemon spark(String name, String heap, Path conf, String... words) {
        return spark(List.of(), name, heap, conf, words);
    }

    private Daemon spark(List<String> prefix, String name, String heap, Path conf, String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(ClusterPaths.java());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(List.of("-Xmx" + heap, "-cp"));
        command.add(conf + ":" + folder.resolve("home/jars/*"));
        command.addAll(List.of(words));
        return Daemon.start(folder.resolve(name + ".log"), environment(), command);
    }

    private Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME", folder.resolve("home").toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1",
                "JAVA_HOME", System.getProperty("java.home"),
                "SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    }

    @Override
    public void close() {
        workers.forEach(Daemon::close);
        master.close();
    }
}
