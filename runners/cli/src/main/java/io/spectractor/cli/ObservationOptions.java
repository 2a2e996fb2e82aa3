package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.Planner;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the images show: from the observer's logbook, or the same for all of them. */
final class ObservationOptions {
    @Option(
            names = {"-l", "--logbook"},
            paramLabel = "FILE",
            description = "Which image shows which star, and where.")
    private @Nullable Path logbook;

    @Option(names = "--target", paramLabel = "STAR", description = "The star on all images; wins over the logbook.")
    private @Nullable String target;

    @Option(
            names = "--disperser",
            paramLabel = "NAME",
            description = "The disperser of all images; wins over their headers.")
    private @Nullable String disperser;

    @Option(
            names = "--guess",
            paramLabel = "X,Y",
            description = "Where order 0 is on all images, unbinned pixels; wins over the logbook.")
    private @Nullable String guess;

    /** The logbook's file, if one is given. */
    Optional<Path> logbook(Services services) {
        return Optional.ofNullable(logbook).map(file -> PathResolver.under(services.workingFolder(), file));
    }

    @Nullable
    String target() {
        return target;
    }

    @Nullable
    String disperser() {
        return disperser;
    }

    /**
     * What wins over the logbook.
     *
     * @throws UsageException if the guess is not a position
     */
    Planner.Overrides overrides() {
        return new Planner.Overrides(target, disperser, guess == null ? null : Options.position("--guess", guess));
    }
}
