package io.spectractor.batch.run;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.batch.logs.ProcessLog;
import io.spectractor.batch.resources.ResourceLog;
import io.spectractor.batch.resources.ResourceSampler;
import io.spectractor.batch.result.Counts;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.result.SummaryCsv;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.product.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from its first check to its last line, whatever the scheduler. What the images are done with comes in as
 * parts, so that tests and other schedulers put in their own.
 */
public final class BatchRun {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    private final RunSettings settings;
    private final Scheduler scheduler;
    private final Parts parts;
    private final RunControl control;
    private final ProgressMeter progress;
    private final Clock clock;
    private final RunFolder folder;
    private final WorkContext context;
    private final GrowingPlan plan;

    /**
     * What images are done with.
     *
     * @param source reads image files
     * @param engine extracts
     * @param encoder makes the products' bytes
     * @param store keeps products
     */
    public record Parts(ImageSource source, ImageEngine engine, ProductEncoder encoder, ProductStore store) {}

    /**
     * How a run ended.
     *
     * @param exitCode for the shell
     * @param summary the run
     */
    public record Ended(ExitCode exitCode, RunSummary summary) {}

    public BatchRun(
            RunSettings settings,
            Scheduler scheduler,
            Parts parts,
            RunControl control,
            ProgressMeter progress,
            Clock clock) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.parts = parts;
        this.control = control;
        this.progress = progress;
        this.clock = clock;
        this.folder = RunFolder.of(settings.outputFolder(), settings.runId());
        this.context = context(settings);
        this.plan = new GrowingPlan(settings.plan());
    }

    /**
     * Refuses what {@link #execute} would refuse because of what stands in the output folder, and changes nothing.
     *
     * @throws UsageException if the run would not start
     * @throws IOException if the folder cannot be read
     */
    public static void check(RunSettings settings, ProductStore store) throws IOException {
        if (!Files.isDirectory(settings.outputFolder())) {
            return;
        }
        OutputFolder.refuseOtherRun(settings);
        OutputFolder.refuseOtherProducts(settings, store, context(settings));
    }

    private static WorkContext context(RunSettings settings) {
        return new WorkContext(
                ConfigText.sha256(settings.config()),
                settings.calibrationSha256(),
                settings.codeVersion(),
                settings.existing());
    }

    /**
     * Runs.
     *
     * @throws UsageException if the run must not start; nothing was done then
     * @throws IOException if the run folder fails
     */
    public Ended execute() throws IOException {
        return execute(null);
    }

    /**
     * Runs, and does images as they come when those of the plan are done.
     *
     * @throws UsageException if the run must not start; nothing was done then
     * @throws IOException if the run folder fails
     */
    public Ended follow(Arrivals arrivals) throws IOException {
        return execute(arrivals);
    }

    private Ended execute(@Nullable Arrivals arrivals) throws IOException {
        OutputFolder.prepare(settings.outputFolder(), settings.runId());
        OutputFolder.refuseOtherRun(settings);
        OutputFolder.refuseOtherProducts(settings, parts.store(), context);
        if (folder.exists() != settings.continues()) {
            throw new UsageException(
                    settings.continues()
                            ? "there is no run " + settings.runId() + " to continue"
                            : "a run " + settings.runId()
                                    + " exists already; choose another --run-id, or continue it with"
                                    + " 'spectractor resume'");
        }
        Files.createDirectories(folder.path());
        try (RunLock lock = RunLock.acquire(folder.path(), control, progress::say)) {
            LOG.debug("working under {}", lock);
            return underLock(arrivals);
        }
    }

    private Ended underLock(@Nullable Arrivals arrivals) throws IOException {
        RunInfo info = info();
        try {
            folder.write("config.yaml", ConfigPrinter.yaml(settings.config()));
            folder.write("plan.json", Json.pretty(plan.plan()));
            for (Map.Entry<String, String> file : settings.files().entrySet()) {
                folder.write(file.getKey(), file.getValue());
            }
            folder.write("run.json", Json.pretty(info));
            Files.deleteIfExists(folder.cancelFile());
        } catch (IOException e) {
            throw new UsageException(folder.path() + " cannot be written: " + e.getMessage(), e);
        }
        try (Journal journal = new Journal(folder.journalFile())) {
            journal.append(JournalEvent.ofRun(
                    now(),
                    settings.continues() ? JournalEvent.Type.RUN_RESUMED : JournalEvent.Type.RUN_STARTED,
                    info.codeVersion() + " on " + info.host()));
            sweep(journal);
            RunRecorder book = new RunRecorder(journal, control, progress, settings.maxFailures(), clock);
            book.settleUntried(settings.plan().images());
            work(book, arrivals);
            gatherSamples();
            // of workers in other processes that were killed while they wrote
            sweep(journal);
            return end(journal, book, info);
        }
    }

    private void sweep(Journal journal) throws IOException {
        int swept = parts.store()
                .sweep(id -> !id.equals(settings.runId())
                        && RunFolder.of(settings.outputFolder(), id).isAlive());
        if (swept > 0) {
            journal.append(JournalEvent.ofRun(
                    now(), JournalEvent.Type.LEFTOVERS_SWEPT, swept + " temporary files of runs that died"));
        }
    }

    private void work(RunRecorder book, @Nullable Arrivals arrivals) {
        var items = settings.plan().items();
        progress.start(items.size());
        ImageWorker worker = new ImageWorker(parts.source(), parts.engine(), parts.encoder(), parts.store(), context);
        String role = scheduler.worksHere() ? scheduler.name() : "driver";
        // to the end of the process: what it says of the end of the run is part of it
        ProcessLog.start(folder.logs(), role, progress::say);
        try (Heartbeat heartbeat = new Heartbeat(folder, control, progress);
                ResourceSampler sampler = ResourceSampler.start(folder.path(), Machine.host(), role, progress::say)) {
            LOG.debug("sampled by {}", sampler);
            heartbeat.start();
            scheduler.execute(items, worker, book, control);
            if (arrivals != null) {
                ArrivingWork more = new ArrivingWork(arrivals, plan, folder, book, progress);
                scheduler.executeArriving(more, worker, more, control);
            }
        }
        progress.end();
    }

    /** What was sampled is worth less than the run: a table that cannot be written is said, and left to 'report'. */
    private void gatherSamples() {
        try {
            ResourceLog.gather(folder.path());
        } catch (IOException | RuntimeException e) {
            progress.say("the resource samples of the run could not be gathered in " + ResourceLog.TABLE + ": "
                    + e.getMessage());
        }
    }

    private Ended end(Journal journal, RunRecorder book, RunInfo info) throws IOException {
        var images = plan.plan().images().stream()
                .map(image -> book.result(image.name())
                        .orElseGet(() -> ImageResult.notTried(image.name(), image.input(), ImageStatus.NOT_RUN, null)))
                .toList();
        Counts counts = Counts.of(images);
        RunControl.Stop stop = control.request();
        ExitCode exit = exitCode(counts, stop);
        boolean early = exit == ExitCode.INTERRUPTED || counts.notRun() > 0;
        RunState state = early ? RunState.INTERRUPTED : RunState.FINISHED;
        String reason = early && stop != null ? stop.message() : null;
        journal.append(JournalEvent.ended(now(), state, counts, reason));
        try {
            folder.write("summary.csv", SummaryCsv.write(images));
            scheduler.record(folder.path(), images);
            folder.write("run.json", Json.pretty(closing(info, state, exit, counts, reason)));
        } catch (IOException e) {
            // the products are safe; 'resume' writes the summary when there is room
            progress.say("the summary of the run cannot be written: " + e.getMessage());
            exit = ExitCode.INTERRUPTED;
        }
        return new Ended(exit, folder.summary());
    }

    /**
     * A stop that left nothing undone is not an interruption, unless images wait for room on the disk. A scheduler that lost
     * its workers leaves images undone that nobody asked to stop.
     */
    private static ExitCode exitCode(Counts counts, RunControl.@Nullable Stop stop) {
        if (stop == null) {
            return counts.notRun() > 0 ? ExitCode.INTERRUPTED : counts.exitCode();
        }
        if (stop.cause() == RunControl.Cause.TOO_MANY_FAILURES) {
            return counts.exitCode();
        }
        boolean incomplete = counts.notRun() > 0 || stop.cause() == RunControl.Cause.CANNOT_WRITE;
        return incomplete ? ExitCode.INTERRUPTED : counts.exitCode();
    }

    private Map<String, Object> closing(
            RunInfo info, RunState state, ExitCode exit, Counts counts, @Nullable String reason) {
        Map<String, Object> fields = new TreeMap<>();
        Json.tree(info).properties().forEach(f -> fields.put(f.getKey(), f.getValue()));
        fields.put("endedAt", now());
        fields.put("state", state);
        fields.put("exitCode", exit.code());
        fields.put("counts", counts);
        if (reason != null) {
            fields.put("stopReason", reason);
        }
        return Collections.unmodifiableMap(fields);
    }

    private RunInfo info() throws IOException {
        String startedAt = settings.continues() ? folder.info().startedAt() : now();
        return new RunInfo(
                settings.runId(),
                startedAt,
                scheduler.name(),
                scheduler.workers(),
                settings.codeVersion(),
                context.configSha256(),
                settings.calibrationVersion(),
                settings.calibrationSha256(),
                settings.commandLine(),
                Machine.host(),
                Machine.description(),
                FormatVersion.RUN.toString());
    }

    private String now() {
        return clock.instant().toString();
    }
}
