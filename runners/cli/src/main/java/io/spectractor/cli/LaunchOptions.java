package io.spectractor.cli;

import io.spectractor.remote.SchedulerOptions;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that start or continue a run: how it is distributed, when it stops, and what is shown of it. */
final class LaunchOptions {
    @Mixin
    private SchedulerChoice schedulers = new SchedulerChoice();

    @Mixin
    private PlotOptions plots = new PlotOptions();

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "Stop after so many failed images (default: no limit).")
    private @Nullable Integer maxFailures;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    SchedulerChoice schedulers() {
        return schedulers;
    }

    /** How many images are drawn at most. */
    int plots() {
        return plots.count();
    }

    /** Failed images after which the run stops; 0 for no limit. */
    int maxFailures() {
        return Options.positive("--max-failures", maxFailures, 0);
    }

    boolean json() {
        return json;
    }

    /** The exit code if the scheduler was only asked to explain itself, and nothing is to be run. */
    static OptionalInt explained(Services services, Path outputFolder, SchedulerOptions options) throws Exception {
        return Schedulers.find(options.scheduler(), services.err()).help(outputFolder, options);
    }
}
