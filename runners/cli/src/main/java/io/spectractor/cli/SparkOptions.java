package io.spectractor.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code --scheduler spark}. */
final class SparkOptions implements SchedulerMixin {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark: where the cluster is, spark://host:7077, yarn, or local[N]; not with spark-submit,"
                    + " which says it.")
    private @Nullable String master;

    @Option(
            names = "--spark-conf",
            paramLabel = "KEY=VALUE",
            description = "Spark: a property such as spark.executor.memory=4g; may be repeated.")
    private Map<String, String> conf = new LinkedHashMap<>();

    @Option(
            names = "--spark-log-level",
            paramLabel = "LEVEL",
            description = "Spark: what Spark itself logs, e.g. INFO (default: WARN).")
    private @Nullable String logLevel;

    @Override
    public String scheduler() {
        return "spark";
    }

    @Override
    public SortedMap<String, String> given() {
        SortedMap<String, String> given = new TreeMap<>();
        if (master != null) {
            given.put("master", master);
        }
        if (logLevel != null) {
            given.put("spark-log-level", logLevel);
        }
        conf.forEach((key, value) -> given.put("spark-conf " + key, value));
        return given;
    }
}
