package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.plan.Planner;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.batch.watch.FolderArrivals;
import io.spectractor.batch.watch.FolderScanner;
import io.spectractor.batch.watch.FolderWatch;
import io.spectractor.batch.watch.ImageFeed;
import io.spectractor.batch.watch.MessageBroker;
import io.spectractor.batch.watch.WatchedLogbook;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.Logbook;
import io.spectractor.core.observation.LogbookEntry;
import io.spectractor.remote.SchedulerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Extracts images as they arrive in a folder. */
@Command(
        name = "watch",
        description = "Extract images as they arrive in a folder, until told to stop.",
        footer = {
            "",
            "Images that exist already come first. One that comes again with the same",
            "content is left alone, with other content it gets a new product. An image that",
            "the logbook lacks waits until the observer has written its row: the logbook is",
            "read again when it changes.",
            "With --json there is a line for each image, and one for the end.",
            "A watch is a run: status, monitor, cancel, resume and report take its folder.",
            "SIGTERM, Ctrl-C and 'cancel' end it in order. Started again it goes on.",
            "",
            "Examples:",
            "  spectractor watch /data/tonight --logbook logbook.csv --out products",
            "  spectractor watch /data --recursive -o products --target HD111980 --background",
            "  spectractor watch /data/tonight -o products --stop-when-idle 3600 --json"
        })
final class WatchCommand implements Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "FOLDER",
            arity = "1",
            description =
                    "Where images arrive: a folder, or a topic whose messages name them (kafka://host:port/topic).")
    private String watched = "";

    @Mixin
    private ExtractionOptions extraction = new ExtractionOptions();

    @Mixin
    private WatchOptions watchOptions = new WatchOptions();

    WatchCommand(Services services) {
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
        FolderWatch watch = MessageBroker.isTopic(watched) ? null : folderWatch();
        int plots = extraction.launch().plots();
        RunFolder runFolder = extraction.newRun().runFolder(services);
        WatchedLogbook logbook = logbook();
        Planner.Overrides overrides = extraction.observation().overrides();
        if (extraction.newRun().background()) {
            List<String> words = spec.commandLine().getParseResult().originalArgs();
            return new BackgroundRun(services, runFolder).start(words);
        }
        AtomicReference<@Nullable Instrument> instrument = new AtomicReference<>();
        try (ImageFeed scanner = watch == null
                        ? MessageBroker.of(watched).feed(watched, this::say)
                        : new FolderScanner(watch, this::say);
                Announcements listener = Announcements.of(watchOptions.announce(), folder, this::say, printer())) {
            FolderArrivals arrivals = new FolderArrivals(
                    scanner,
                    images -> plan(images, logbook, overrides, instrument.get()).images(),
                    logbook,
                    new FolderProductStore(folder, runFolder.runId()),
                    listener,
                    this::say,
                    watchOptions.stopWhenIdle(),
                    System::nanoTime);
            services.err().println("watching " + watched + "; products go to " + folder);
            List<InputFile> first = arrivals.first(launcher.stop());
            if (first.isEmpty()) {
                services.err().println("no image came");
                return ExitCode.ALL_DONE.code();
            }
            // the first images tell the instrument, as those of a run do
            RunPlan known = plan(first, logbook, overrides, null);
            ConfigLoader.Loaded loaded = extraction.load(services, known);
            instrument.set(Instrument.of(loaded.config()));
            long start = System.nanoTime();
            RunData tables = extraction.open(services, loaded);
            long opened = System.nanoTime();
            RunPlan filled = HeaderTargets.fill(known, Instrument.of(loaded.config()));
            tables.requireFit(filled, loaded.config());
            RunData data = extraction.resolve(services, tables, stars(filled, logbook), false);
            StartupTimes times = StartupTimes.of((opened - start) / 1e9, (System.nanoTime() - opened) / 1e9);
            RunSettings settings = extraction.settings(
                    folder,
                    runFolder.runId(),
                    loaded,
                    new RunPlan(List.of(), List.of()),
                    ExistingProducts.RESUME,
                    data,
                    options,
                    times);
            return launcher.follow(settings, data, options, plots, arrivals);
        }
    }

    private FolderWatch folderWatch() {
        Path incoming = PathResolver.under(services.workingFolder(), PathResolver.path(watched));
        if (!Files.isDirectory(incoming)) {
            throw new UsageException("there is no folder " + incoming + " to watch");
        }
        return new FolderWatch(incoming, watchOptions.recursive(), watchOptions.settle(), System::nanoTime);
    }

    private ArrivalPrinter printer() {
        return new ArrivalPrinter(services, extraction.launch().json());
    }

    private @Nullable WatchedLogbook logbook() {
        Path file = extraction.observation().logbook(services).orElse(null);
        if (file == null) {
            return null;
        }
        WatchedLogbook logbook = new WatchedLogbook(file, this::say);
        services.err().println("logbook: " + logbook.logbook().summary());
        return logbook;
    }

    private static RunPlan plan(
            List<InputFile> images,
            @Nullable WatchedLogbook logbook,
            Planner.Overrides overrides,
            @Nullable Instrument instrument)
            throws InterruptedException {
        RunPlan plan = new Planner(logbook == null ? null : logbook.observations(), overrides).plan(images);
        return instrument == null ? plan : HeaderTargets.fill(plan, instrument);
    }

    /** The stars that can be known before the night is over: those of the first images, and all of the logbook. */
    private Set<String> stars(RunPlan first, @Nullable WatchedLogbook logbook) {
        Set<String> stars = new TreeSet<>(PlannedNames.targets(first));
        if (logbook != null && extraction.observation().target() == null) {
            for (LogbookEntry entry : logbook.logbook().entries()) {
                if (logbook.logbook().decide(entry) instanceof Logbook.Usable usable) {
                    String star = usable.request(entry.file()).target();
                    if (star != null) {
                        stars.add(star);
                    }
                }
            }
        }
        return stars;
    }

    private void say(String line) {
        services.err().println("note: " + line);
    }
}
