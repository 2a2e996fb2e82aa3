package io.spectractor.app;

import static io.spectractor.app.LocalProgram.run;
import static io.spectractor.app.LocalProgram.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Spark's master and two workers, a name node and a data node, all processes on the loopback interface, and a simulated
 * night, here and on HDFS.
 */
final class SparkOnHdfs implements AutoCloseable {
    private final Path folder;
    private final Path night;
    private final HdfsProcesses hdfs;
    private final SparkProcesses spark;

    /**
     * Starts them and simulates.
     *
     * @param folder of all files, {@code night} among them
     */
    SparkOnHdfs(Path folder, int images) throws IOException {
        this.folder = folder;
        this.night = folder.resolve("night");
        simulate(folder.resolve("simulate.log"), images, night.toString());
        this.hdfs = new HdfsProcesses(folder.resolve("hdfs"));
        this.spark = startSpark(folder, hdfs);
        hdfs.dfs("-mkdir", "-p", "/ctio");
        hdfs.dfs("-put", night.toString(), "/ctio/");
    }

    private static SparkProcesses startSpark(Path folder, HdfsProcesses hdfs) throws IOException {
        try {
            return new SparkProcesses(Files.createDirectories(folder.resolve("spark")), 2);
        } catch (IOException | RuntimeException | AssertionError e) {
            hdfs.close();
            throw e;
        }
    }

    SparkProcesses spark() {
        return spark;
    }

    HdfsProcesses hdfs() {
        return hdfs;
    }

    /** The words of a run of the night, here or on HDFS. */
    List<String> words(List<String> settings, String inputs, String out, String... more) {
        List<String> words = new ArrayList<>(List.of("run", inputs, "--out", out, "--run-id", "r1"));
        words.addAll(List.of("--logbook", night.resolve("logbook.csv").toString()));
        words.addAll(settings);
        words.addAll(List.of(more));
        return words;
    }

    /** Starts a driver as users do. */
    Daemon submit(String name, List<String> words, String... sparkOptions) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--scheduler", "spark", "-v"));
        return spark.submit(name, hdfs.configuration(), List.of(sparkOptions), all);
    }

    /** The embedded data as a file of the cluster, so that products must be the same. */
    String calibration() {
        Path file = folder.resolve("calib.h5");
        if (!Files.exists(file)) {
            run(folder.resolve("calib.log"), "calib", "build", "--out", file.toString());
            hdfs.dfs("-mkdir", "/calib");
            hdfs.dfs("-put", file.toString(), file + ".sha256", "/calib/");
        }
        return hdfs.root() + "/calib/calib.h5";
    }

    @Override
    public void close() {
        spark.close();
        hdfs.close();
    }
}
