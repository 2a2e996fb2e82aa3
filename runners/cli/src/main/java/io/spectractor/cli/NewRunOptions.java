package io.spectractor.cli;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.run.RunFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a new run puts its products, what it is called, and what distributes it. */
final class NewRunOptions {
    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "Folder of the products; created if missing.")
    private Path out = Path.of("");

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            defaultValue = "local",
            description = "What distributes the images: local, spark or mpi.")
    private String scheduler = "local";

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run (default: date and time).")
    private @Nullable String runId;

    @Option(
            names = "--background",
            description = "Start the run in the background, print its id and its files, and return.")
    private boolean background;

    String scheduler() {
        return scheduler;
    }

    boolean background() {
        return background;
    }

    /** The run's folder below that of the products; a name of its own if none is given. */
    RunFolder runFolder(Services services) {
        Path folder = outputFolder(services);
        return RunFolder.of(folder, runId == null ? RunIds.next(folder, services.clock()) : runId);
    }

    Path outputFolder(Services services) {
        return PathResolver.under(services.workingFolder(), out);
    }
}
