package io.spectractor.cli;

import io.spectractor.batch.run.RunFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which run a command is about. */
final class RunSelector {
    @Parameters(
            paramLabel = "DIR",
            arity = "1",
            description = "Output folder of the run, or the id of one started with --background.")
    private Path outputFolder = Path.of("");

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run (default: the last one).")
    private @Nullable String runId;

    RunFolder open(Services services) {
        return RunRegistry.open(services.workingFolder(), outputFolder, runId);
    }
}
