package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.resources.ResourceLog;
import io.spectractor.batch.resources.ResourceSample;
import io.spectractor.batch.resources.TopLog;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.cli.monitor.ResourceScreen;
import io.spectractor.cli.monitor.RunPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run takes. */
@Command(
        name = "monitor",
        description = "Watch a run: images, rate, time left, processor and memory of each process.",
        footer = {
            "",
            "RUN is the output folder of a run, the id of one that was started with",
            "--background, or, with --plot, a file that 'top -b' wrote.",
            "On a terminal the view is renewed until the run is over; elsewhere it is",
            "printed once.",
            "",
            "Examples:",
            "  spectractor monitor products",
            "  spectractor monitor products --plot what-it-took.png --between 21:30 22:15",
            "  spectractor monitor top.log --plot old-run.png"
        })
final class MonitorCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "RUN", arity = "1", description = "The run; see below.")
    private Path run = Path.of("");

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run (default: the last one).")
    private @Nullable String runId;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draw load, processor time, unused memory and memory over time, as PNG.")
    private @Nullable Path plot;

    @Option(
            names = "--between",
            arity = "2",
            paramLabel = "HH:MM",
            description = "With --plot: only what was between two times of day (UTC).")
    private List<String> between = new ArrayList<>();

    @Option(names = "--once", description = "Print the view once, also on a terminal.")
    private boolean once;

    MonitorCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        if (!between.isEmpty() && plot == null) {
            throw new UsageException("--between goes with --plot");
        }
        Path place = PathResolver.under(services.workingFolder(), run);
        boolean log = Files.isRegularFile(place);
        if (log && plot == null) {
            throw new UsageException(place + " is a file: with --plot it is drawn as a log of 'top -b'");
        }
        if (log) {
            draw("top: " + place.getFileName(), topLog(place));
            return ExitCode.ALL_DONE.code();
        }
        RunFolder folder = RunRegistry.open(services.workingFolder(), run, runId);
        if (plot != null) {
            List<ResourceSample> samples = ResourceLog.read(folder.path());
            if (samples.isEmpty()) {
                throw new UsageException("run " + folder.runId() + " has no resource samples: it was shorter than"
                        + " a second, or made by an earlier version");
            }
            draw("Run " + folder.runId(), samples);
            return ExitCode.ALL_DONE.code();
        }
        new ResourceScreen(services.out(), services.clock(), services.style().terminal() && !once).show(folder);
        return ExitCode.ALL_DONE.code();
    }

    private static List<ResourceSample> topLog(Path file) {
        try {
            return TopLog.read(file);
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void draw(String title, List<ResourceSample> samples) throws IOException {
        Path file = PathResolver.under(services.workingFolder(), plot == null ? Path.of("") : plot);
        RunPicture.write(title, samples, between, file);
        services.out().println(file);
    }
}
