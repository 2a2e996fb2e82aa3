package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.report.HtmlReport;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.Arrivals;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ImageSource;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.cli.monitor.RunPicture;
import io.spectractor.remote.SchedulerOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a run with the scheduler that was chosen, and says how it ended. */
public final class RunLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private final Services services;
    private final boolean json;
    private final RunControl control = new RunControl();

    /**
     * A launcher; from now on a signal stops the run in order.
     *
     * @param json whether results are printed as JSON
     */
    public RunLauncher(Services services, boolean json) {
        this.services = services;
        this.json = json;
        services.onRun().accept(control);
    }

    /** Refuses, for a dry run, what the run itself would refuse. */
    void refuseWhatTheRunRefuses(RunSettings settings) throws IOException {
        BatchRun.check(settings, new FolderProductStore(settings.outputFolder(), settings.runId()));
    }

    /**
     * Runs to the end, draws, and writes the report.
     *
     * @param plots how many images are drawn at most
     * @return the exit code
     */
    int launch(RunSettings settings, RunData data, SchedulerOptions options, int plots) throws IOException {
        BatchRun.Ended ended = run(settings, data, options, null);
        finish(settings, ended, plots);
        new RunPrinter(services.out()).print(ended.summary(), ended.exitCode(), json);
        return ended.exitCode().code();
    }

    /**
     * Runs with images as they come, until none come any more or the run is asked to stop.
     *
     * @param plots how many images are drawn at most
     * @return the exit code
     */
    int follow(RunSettings settings, RunData data, SchedulerOptions options, int plots, Arrivals arrivals)
            throws IOException {
        BatchRun.Ended ended = run(settings, data, options, arrivals);
        // a watch ends by being asked to
        finish(settings, ended, plots);
        if (json) {
            services.out().println(Json.line(RunPrinter.asEvent(ended.summary(), ended.exitCode())));
        } else {
            new RunPrinter(services.out()).print(ended.summary(), ended.exitCode(), false);
        }
        return ended.exitCode().code();
    }

    /** What asks the run to stop. */
    StopSignal stop() {
        return control;
    }

    private void finish(RunSettings settings, BatchRun.Ended ended, int plots) {
        if (ended.exitCode() != ExitCode.INTERRUPTED) {
            RunPlots.draw(ended.summary(), plots);
        }
        RunPicture.intoReport(RunFolder.of(settings.outputFolder(), settings.runId()));
        report(ended.summary());
    }

    /** Runs to the end. */
    private BatchRun.Ended run(
            RunSettings settings, RunData data, SchedulerOptions options, @Nullable Arrivals arrivals)
            throws IOException {
        ProgressMeter progress = new ProgressMeter(services.err(), services.style(), System::nanoTime);
        BatchRun.Parts parts = new BatchRun.Parts(
                ImageSource.files(),
                services.engines().create(settings.config(), data.store()),
                ProductEncoder.fits(),
                new FolderProductStore(settings.outputFolder(), settings.runId()));
        try (Scheduler scheduler = Schedulers.find(options.scheduler(), services.err())
                .create(settings, () -> data.order(settings), options)) {
            BatchRun run = new BatchRun(settings, scheduler, parts, control, progress, services.clock());
            return arrivals == null ? run.execute() : run.follow(arrivals);
        }
    }

    /** A report that fails does not make a run fail. */
    private void report(RunSummary summary) {
        try {
            HtmlReport.write(summary);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the report of run {} cannot be written", summary.info().runId(), e);
        }
    }
}
