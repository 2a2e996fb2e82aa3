package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how a run stands. */
@Command(
        name = "status",
        description = "Show the state of a run, during it or afterwards.",
        footer = {"", "Example:", "  spectractor status products"})
final class StatusCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private RunSelector choice = new RunSelector();

    @Option(names = "--json", description = "Print as JSON, with one entry per image.")
    private boolean json;

    StatusCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        RunFolder folder = choice.open(services);
        RunSummary summary = folder.summary();
        TreeSet<String> inWork = summary.state() == RunState.RUNNING ? new TreeSet<>(folder.inWork()) : new TreeSet<>();
        if (json) {
            Map<String, Object> fields = RunPrinter.asMap(summary, null);
            fields.put("inWork", inWork);
            fields.put("logs", folder.filledLogs().stream().map(Path::toString).toList());
            folder.causeOfDeath().ifPresent(cause -> fields.put("causeOfDeath", cause));
            services.out().println(Json.pretty(fields));
            return ExitCode.ALL_DONE.code();
        }
        new RunPrinter(services.out()).print(summary, null, false);
        folder.causeOfDeath().ifPresent(cause -> services.out().println("its process " + cause));
        for (Path log : folder.filledLogs()) {
            services.out().println("log:      " + log);
        }
        inWork.forEach(name -> services.out().println("in progress:  " + name));
        for (ImageResult image : summary.images()) {
            if (image.failure() != null) {
                String message = image.failure().message();
                services.out().println("  " + (message.contains(image.name()) ? "" : image.name() + ": ") + message);
            }
        }
        if (summary.state() == RunState.DIED || summary.state() == RunState.INTERRUPTED) {
            services.out().println("'spectractor resume " + summary.outputFolder() + "' does the rest");
        }
        return ExitCode.ALL_DONE.code();
    }
}
