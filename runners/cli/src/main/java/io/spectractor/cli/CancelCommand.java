package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.RunFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a run in order. */
@Command(
        name = "cancel",
        description = "Ask a run to stop: images in progress are finished, the rest is left to 'resume'.",
        footer = {"", "Example:", "  spectractor cancel products"})
final class CancelCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private RunSelector choice = new RunSelector();

    CancelCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        RunFolder folder = choice.open(services);
        if (!folder.isAlive()) {
            throw new UsageException("run " + folder.runId() + " is not running; nothing to cancel");
        }
        folder.requestCancel();
        services.out().println("run " + folder.runId() + " is asked to stop");
        return ExitCode.ALL_DONE.code();
    }
}
