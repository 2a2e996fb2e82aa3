package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.Machine;
import io.spectractor.hdfs.S3aSettings;
import io.spectractor.remote.SchedulerOptions;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** Spark's properties: what the command line or spark-submit says, and our defaults for the rest. */
final class SparkSettings {
    private static final String CONF = "spark-conf ";
    private static final Set<String> LEVELS = Set.of("ALL", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF");
    private static final Pattern LOCAL = Pattern.compile("local(\\[.*])?");

    private static final Map<String, String> DEFAULTS = defaults();

    private SparkSettings() {}

    private static Map<String, String> defaults() {
        Map<String, String> conf = new LinkedHashMap<>();
        // a file is a task: packed together, the slowest pack would be what everybody waits for
        conf.put("spark.files.maxPartitionBytes", "1");
        conf.put("spark.files.openCostInBytes", "0");
        // a task that took its worker down twice is tried once more when nothing else runs, by us
        conf.put("spark.task.maxFailures", "2");
        // Kubernetes and YARN would keep the driver waiting for most executors, half a minute when some are late,
        // before
        // anybody can see which are there; we wait for the first
        conf.put("spark.scheduler.minRegisteredResourcesRatio", "0");
        // an image is read from anywhere in less time than it would pay to wait for a core beside its block
        conf.put("spark.locality.wait", "500ms");
        // an executor that fits everywhere: an image takes about 400 MB; on one core a collector with threads of its
        // own
        // works against the image, and to G1 all arrays of a frame are "humongous"
        conf.put("spark.executor.cores", "1");
        conf.put("spark.executor.memory", "1g");
        conf.put("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -Djava.awt.headless=true -Dfile.encoding=UTF-8");
        conf.put("spark.executor.syncLogLevel.enabled", "true");
        conf.put("spark.log.level", "WARN");
        conf.put("spark.ui.showConsoleProgress", "false");
        // the listing of thousands of files is a matter of round trips
        conf.put("spark.hadoop.mapreduce.input.fileinputformat.list-status.num-threads", "8");
        return conf;
    }

    /**
     * The properties of a run. If nobody says where the cluster is, Spark runs in this process.
     *
     * @throws UsageException if a value makes no sense
     */
    static SparkConf of(SchedulerOptions options) {
        SparkConf conf = new SparkConf();
        options.values().forEach((name, value) -> {
            if (name.startsWith(CONF)) {
                conf.set(name.substring(CONF.length()), value);
            }
        });
        options.value("master").ifPresent(conf::setMaster);
        if (!conf.contains("spark.master")) {
            conf.setMaster("local[" + Machine.defaultWorkers() + "]");
            // Spark's pages listen on all addresses unless this variable, which the launcher sets, says otherwise
            conf.setIfMissing("spark.ui.enabled", Boolean.toString(System.getenv("SPARK_LOCAL_IP") != null));
        }
        options.value("spark-log-level").ifPresent(level -> conf.set("spark.log.level", level(level)));
        Integer workers = options.workers();
        if (workers != null) {
            limit(conf, workers);
        }
        conf.setIfMissing("spark.app.name", "spectractor");
        if (LOCAL.matcher(conf.get("spark.master")).matches()) {
            // nobody else has to reach this process
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.ui.enabled", "false");
        }
        if (KubernetesSettings.isKubernetes(conf.get("spark.master"))) {
            KubernetesSettings.complete(conf);
        }
        DEFAULTS.forEach(conf::setIfMissing);
        S3aSettings.forSpark().forEach(conf::setIfMissing);
        refuseCredentials(conf);
        if (!conf.contains("spark.jars")) {
            List<String> jars = new ArrayList<>(ourJar().stream().toList());
            String forS3 = System.getProperty("spectractor.s3a.jars", "");
            if (!forS3.isEmpty()) {
                jars.add(forS3);
            }
            if (!jars.isEmpty()) {
                conf.set("spark.jars", String.join(",", jars));
            }
        }
        return conf;
    }

    /** Properties of Spark are written into its logs, and into the run folder. */
    private static void refuseCredentials(SparkConf conf) {
        for (Tuple2<String, String> property : conf.getAll()) {
            if (S3aSettings.isSecret(property._1())) {
                throw new UsageException("the property " + property._1() + " holds credentials, and properties are"
                        + " written down; give them as AWS's own programs take them, on every machine"
                        + " (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ~/.aws/credentials, or a role)");
            }
        }
    }

    private static String level(String word) {
        String level = word.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new UsageException("--spark-log-level " + word + ": expected one of " + String.join(", ", LEVELS));
        }
        return level;
    }

    /** At most so many images at a time, in the words of each kind of cluster. */
    private static void limit(SparkConf conf, int workers) {
        if (LOCAL.matcher(conf.get("spark.master")).matches()) {
            conf.setMaster("local[" + workers + "]");
            return;
        }
        conf.set("spark.cores.max", Integer.toString(workers));
        int cores = conf.getInt("spark.executor.cores", 1);
        conf.setIfMissing("spark.executor.instances", Integer.toString(Math.max(1, workers / cores)));
    }

    /** The jar that this class is in: executors need it. With spark-submit it is known already. */
    private static Optional<String> ourJar() {
        CodeSource source = SparkSettings.class.getProtectionDomain().getCodeSource();
        try {
            return Optional.ofNullable(source)
                    .map(CodeSource::getLocation)
                    .map(url -> url.getProtocol().equals("file") ? url : null)
                    .map(SparkSettings::path)
                    .filter(Files::isRegularFile)
                    .map(Path::toString);
        } catch (IllegalArgumentException e) {
            throw new UsageException("the program's own jar cannot be found: " + e.getMessage(), e);
        }
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(url + " is not a path", e);
        }
    }
}
