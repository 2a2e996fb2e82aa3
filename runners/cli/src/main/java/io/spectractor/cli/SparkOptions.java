package io.spectractor.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code --scheduler spark}. */
@SuppressWarnings("unused") // picocli writes the fields, and given() reads them through it
final class SparkOptions extends SchedulerMixin {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark: where the cluster is, spark://host:7077, yarn, or local[N] (default: this process,"
                    + " local[N] with N workers); not with spark-submit, which sets it.")
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
    String scheduler() {
        return "spark";
    }
}
