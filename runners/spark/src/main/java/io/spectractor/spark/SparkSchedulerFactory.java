package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.remote.SchedulerFactory;
import io.spectractor.remote.SchedulerOptions;
import io.spectractor.remote.WorkerSpec;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Makes the Spark scheduler. Loads without Spark's classes, which are needed once it is chosen. */
public final class SparkSchedulerFactory implements SchedulerFactory {
    @Override
    public String name() {
        return "spark";
    }

    /** Nothing; Spark's logger is there before the program where spark-submit starts it, and has not our configuration. */
    @Override
    public OptionalInt help(Path outputFolder, SchedulerOptions options) {
        if (System.getProperty("SPARK_SUBMIT") != null || System.getenv("CONTAINER_ID") != null) {
            LogCopy.quietLibraries();
        }
        return OptionalInt.empty();
    }

    @Override
    public Scheduler create(RunSettings settings, Supplier<WorkerSpec> order, SchedulerOptions options) {
        try {
            return new SparkScheduler(order.get(), SparkSettings.of(options));
        } catch (ExceptionInInitializerError e) {
            // Spark asks for the name of this machine as soon as it is touched
            throw new UsageException(
                    "Spark cannot be started: " + SparkCluster.reason(e)
                            + "; does this machine know its own name, and is SPARK_LOCAL_IP right?",
                    e);
        } catch (NoClassDefFoundError e) {
            throw new UsageException(
                    "--scheduler spark: Spark is not on the class path; './spectractor' and spark-submit bring it along",
                    e);
        }
    }
}
