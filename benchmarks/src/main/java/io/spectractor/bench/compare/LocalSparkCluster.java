package io.spectractor.bench.compare;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spark's standalone cluster as processes on this machine, on loopback: a master, and workers of one core each. */
final class LocalSparkCluster implements AutoCloseable {
    private static final long READY_WITHIN_S = 120;
    private static final Pattern MASTER_URL = Pattern.compile("Starting Spark master at (spark:\\S+)");
    private static final String ENVIRONMENT = "environment=$(\"$1\" spark-env) || exit; eval \"$environment\";"
            + " printf '%s\\n' \"$JAVA_HOME\" \"$SPARK_HOME\" \"$SPARK_MODULE_OPTIONS\"";

    private final Path folder;
    private final String javaHome;
    private final String sparkHome;
    private final List<String> moduleOptions;
    private final List<Process> processes = new ArrayList<>();
    private final Map<Long, Duration> executorTimes = new HashMap<>();
    private String url = "";

    private LocalSparkCluster(Path folder, List<String> environment) {
        this.folder = folder;
        this.javaHome = environment.get(0);
        this.sparkHome = environment.get(1);
        this.moduleOptions = Arrays.asList(environment.get(2).split(" ", -1));
    }

    /**
     * Starts a cluster.
     *
     * @param script {@code spectractor}, which knows where Spark is or fetches it
     * @param folder for its logs and scratch files
     * @param workers of one core
     * @throws UsageException if it does not come up
     */
    static LocalSparkCluster start(Path script, Path folder, int workers) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process environment = new ProcessBuilder("bash", "-c", ENVIRONMENT, "bash", script.toString())
                .redirectError(folder.resolve("environment.log").toFile())
                .start();
        String answer = new String(environment.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (environment.waitFor() != 0) {
            throw new UsageException("Spark is not available, see " + folder.resolve("environment.log"));
        }
        LocalSparkCluster cluster = new LocalSparkCluster(folder, answer.lines().toList());
        try {
            cluster.startMaster();
            for (int i = 1; i <= workers; i++) {
                cluster.startWorker(i);
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startMaster() throws IOException, InterruptedException {
        Path log = start("master", "-Xmx512m", "org.apache.spark.deploy.master.Master", "--port", "0");
        waitFor(log, "New state: ALIVE");
        Matcher found = MASTER_URL.matcher(Files.readString(log));
        if (!found.find()) {
            throw new UsageException("Spark's master does not say where it is: " + log);
        }
        url = found.group(1);
    }

    private void startWorker(int number) throws IOException, InterruptedException {
        String name = "worker-" + number;
        Path log = start(
                name,
                "-Xmx256m",
                "org.apache.spark.deploy.worker.Worker",
                "-c",
                "1",
                "-m",
                "1g",
                "-d",
                folder.resolve(name).toAbsolutePath().toString(),
                url);
        waitFor(log, "Successfully registered with master");
    }

    private Path start(String name, String heap, String main, String... words) throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(javaHome + "/bin/java"));
        command.addAll(moduleOptions);
        command.addAll(List.of("-XX:+UseSerialGC", heap, "-cp", sparkHome + "/jars/*", main));
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment());
        builder.environment().put("SPARK_LOCAL_DIRS", folder.toAbsolutePath().toString());
        processes.add(builder.start());
        return log;
    }

    private void waitFor(Path log, String sign) throws IOException, InterruptedException {
        Process process = processes.get(processes.size() - 1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_WITHIN_S);
        while (!Files.readString(log).contains(sign)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new UsageException("Spark's cluster does not come up, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What a driver has to find in its environment. */
    Map<String, String> environment() {
        return Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_HOME", sparkHome, "SPARK_SCALA_VERSION", "2.13");
    }

    /** Where the master is. */
    String url() {
        return url;
    }

    /** Looks at the executors, which are children of the workers: once they are gone nobody knows what they took. */
    void look() {
        processes.stream()
                .flatMap(Process::descendants)
                .forEach(e -> e.info().totalCpuDuration().ifPresent(t -> executorTimes.put(e.pid(), t)));
    }

    /** What the executors took since the last call, as far as {@link #look} saw it; s. */
    double executorSeconds() {
        double seconds =
                executorTimes.values().stream().mapToDouble(Duration::toMillis).sum() / 1e3;
        executorTimes.clear();
        return seconds;
    }

    @Override
    public void close() {
        // workers first: they end their executors
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroy();
            try {
                if (!processes.get(i).waitFor(10, TimeUnit.SECONDS)) {
                    processes.get(i).destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                processes.get(i).destroyForcibly();
            }
        }
    }
}
