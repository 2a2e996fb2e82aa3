package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.cli.night.NightRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports the atmosphere of nights. */
@Command(
        name = "night",
        description =
                "Report the atmosphere of one or more nights from their joint fits: a page with plots against time, per-night"
                        + " table, repeatability, structure function, transmissions, residuals and Bouguer lines, the"
                        + " pictures as PNG, and tables (ECSV, Parquet) with a row per spectrum.",
        footer = {"", "Example:", "  spectractor night joint"})
final class NightCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FIT", arity = "1..*", description = "Folders that 'spectractor fit --joint' wrote.")
    private List<Path> fits = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Folder of the report (default: report).")
    private Path out = Path.of("report");

    @Option(
            names = "--merra2",
            paramLabel = "FILE",
            description =
                    "MERRA-2 at the site, CSV with time and TQV, TO3 or TOTEXTTAU, drawn beside the fits; may be given"
                            + " several times.")
    private List<Path> merra = new ArrayList<>();

    @Option(
            names = "--single",
            paramLabel = "DIR",
            description =
                    "Results of 'spectractor fit' and 'spectractor fit --data spectrum' for the same spectra, to be held"
                            + " against each other; may be given several times.")
    private List<Path> single = new ArrayList<>();

    @Option(
            names = "--cuts",
            paramLabel = "FILE",
            description = "Quality cuts, JSON: column, instrument or *, min and max, as in"
                    + " {\"pwv_err\": {\"*\": {\"max\": 0.3}}}. The report is of what passes, and tells the fraction"
                    + " that each cut keeps.")
    private @Nullable Path cuts;

    NightCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        Path page = NightRun.report(
                resolved(fits),
                resolved(merra),
                resolved(single),
                cuts == null ? null : services.workingFolder().resolve(cuts),
                services.workingFolder().resolve(out));
        services.out().println(page);
        return ExitCode.ALL_DONE.code();
    }

    private List<Path> resolved(List<Path> paths) {
        return paths.stream().map(p -> services.workingFolder().resolve(p)).toList();
    }
}
