package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.plan.InputFinder;
import io.spectractor.batch.plan.LogbookObservations;
import io.spectractor.batch.plan.ObservationLog;
import io.spectractor.batch.plan.Planner;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.Logbook;
import io.spectractor.remote.SchedulerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Extracts the spectra of many images. */
@Command(
        name = "run",
        description = "Extract the spectra of images.",
        footer = {
            "",
            "INPUT is a file (.fits, .fits.gz, .fits.fz), a folder (the images in it),",
            "a glob in quotes ('night/**.fits' enters subfolders), or @list.txt with one",
            "of these per line.",
            "A run leaves DIR/<name>_spectrum.fits, and DIR/_runs/<run-id>/ with its",
            "configuration, journal, summary.csv and report.html. Products that fit are",
            "kept; if there are others use --resume or --overwrite.",
            "Memory: about 600 MB per worker; SPECTRACTOR_JAVA_OPTS=-Xmx4g gives more.",
            "",
            "Examples:",
            "  spectractor run night/ --logbook logbook.csv --out products",
            "  spectractor run a.fits --target HD111980 --guess 745,643 --out products",
            "  spectractor run night/ -l logbook.csv -o fast --extraction psf1d --plots 0",
            "  spectractor run night/ -l logbook.csv -o p -s psf.type=moffat_gauss",
            "  spectractor run night/ -l logbook.csv -o p --scheduler mpi --ranks 4"
        })
final class RunCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "INPUT", arity = "1..*", description = "Images; see below.")
    private List<String> inputs = new ArrayList<>();

    @Mixin
    private ExtractionOptions extraction = new ExtractionOptions();

    @Option(names = "--resume", description = "Keep the products that are still valid, make the others again.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Make all products again.")
    private boolean overwrite;

    @Option(
            names = "--skip-unknown-dispersers",
            description = "Leave images out whose header names a disperser that the calibration data lack.")
    private boolean skipUnknownDispersers;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only say what would be done.")
    private boolean dryRun;

    RunCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        RunLauncher launcher = new RunLauncher(services, extraction.launch().json());
        SchedulerOptions options = extraction.scheduler();
        Path folder = extraction.newRun().outputFolder(services);
        OptionalInt helped = LaunchOptions.explained(services, folder, options);
        if (helped.isPresent()) {
            return helped.getAsInt();
        }
        if (resume && overwrite) {
            throw new UsageException("--resume and --overwrite exclude each other");
        }
        RunPlan planned = plan();
        ConfigLoader.Loaded loaded = extraction.load(services, planned);
        Instrument instrument = Instrument.of(loaded.config());
        long start = System.nanoTime();
        RunData data = extraction.open(services, loaded);
        long opened = System.nanoTime();
        int plots = extraction.launch().plots();
        RunPlan plan = new DisperserCheck(data.masked(), instrument, skipUnknownDispersers)
                .check(HeaderTargets.fill(planned, instrument));
        data.requireFit(plan, loaded.config());
        plan.notes().forEach(note -> services.err().println("note: " + note));
        data = extraction.resolve(services, data, PlannedNames.targets(plan), dryRun);
        StartupTimes times = StartupTimes.of((opened - start) / 1e9, (System.nanoTime() - opened) / 1e9);

        RunFolder runFolder = extraction.newRun().runFolder(services);
        RunSettings settings = extraction.settings(
                folder,
                runFolder.runId(),
                loaded,
                plan,
                overwrite
                        ? ExistingProducts.OVERWRITE
                        : resume ? ExistingProducts.RESUME : ExistingProducts.KEEP_OR_REFUSE,
                data,
                options,
                times);
        if (dryRun) {
            int code = new DryRun(services, extraction.launch().json()).print(settings, data.store());
            // after the plan, which shows what is in the way
            launcher.refuseWhatTheRunRefuses(settings);
            return code;
        }
        if (extraction.newRun().background()) {
            launcher.refuseWhatTheRunRefuses(settings);
            return new BackgroundRun(services, runFolder).start(settings.commandLine());
        }
        return launcher.launch(settings, data, options, plots);
    }

    private RunPlan plan() {
        ObservationLog log =
                extraction.observation().logbook(services).map(this::read).orElse(null);
        return new Planner(log, extraction.observation().overrides())
                .plan(InputFinder.find(
                        inputs, services.workingFolder(), note -> services.err().println("note: " + note)));
    }

    private ObservationLog read(Path logbook) {
        Logbook read = Logbook.read(logbook);
        services.err().println("logbook: " + read.summary());
        return new LogbookObservations(read);
    }
}
