package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.remote.SchedulerOptions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of all schedulers. One that is given for another scheduler than the chosen one is refused. */
final class SchedulerChoice {
    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            description =
                    "Images, or nights of a joint fit, in progress at a time (default: one per core, as far as the memory"
                            + " allows).")
    private @Nullable Integer workers;

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private MpiRankOptions mpi = new MpiRankOptions();

    /** What is said to the scheduler of this name. */
    SchedulerOptions options(String scheduler) {
        return new SchedulerOptions(scheduler, workers(), given(scheduler));
    }

    /** What is said now, over what was said when the run was started. */
    SchedulerOptions over(SchedulerOptions earlier) {
        return earlier.with(workers(), given(earlier.scheduler()));
    }

    private @Nullable Integer workers() {
        return workers == null ? null : Options.positive("--workers", workers, 1);
    }

    private SortedMap<String, String> given(String scheduler) {
        SortedMap<String, String> given = new TreeMap<>();
        for (SchedulerMixin mixin : List.of(spark, mpi)) {
            if (mixin.scheduler().equals(scheduler)) {
                given.putAll(mixin.given());
            } else {
                refuse(mixin, scheduler);
            }
        }
        return given;
    }

    private static void refuse(SchedulerMixin mixin, String scheduler) {
        for (Map.Entry<String, String> option : mixin.given().entrySet()) {
            throw new UsageException("--" + option.getKey() + " " + option.getValue() + " is for --scheduler "
                    + mixin.scheduler() + ", the scheduler is " + scheduler);
        }
    }
}
