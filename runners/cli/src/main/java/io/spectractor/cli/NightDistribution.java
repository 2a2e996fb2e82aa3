package io.spectractor.cli;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.cli.night.JointRun;
import io.spectractor.cli.night.JointTask;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.remote.SchedulerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The schedulers of runs, for nights. Workers elsewhere leave their logs in a run folder of their own below the results.
 *
 * @param services of the command
 * @param calibration where the calibration data come from
 * @param folder of the results
 * @param options of the scheduler
 */
record NightDistribution(Services services, CalibrationChoice calibration, Path folder, SchedulerOptions options)
        implements JointRun.Distribution {
    @Override
    public Scheduler scheduler(List<WorkItem> nights) throws IOException {
        // a night takes as long as it takes
        ExtractionConfig config =
                ConfigLoader.load(null, List.of("extraction.time_limit_s=0")).config();
        RunData data = RunData.open(calibration, config, services);
        RunSettings settings = new RunSettings(
                folder,
                RunIds.next(folder, services.clock()),
                config,
                new RunPlan(
                        nights.stream()
                                .<PlannedImage>map(PlannedImage.Extract::new)
                                .toList(),
                        List.of()),
                ExistingProducts.OVERWRITE,
                false,
                0,
                data.tables().version(),
                data.sha256(),
                CodeVersion.current(),
                List.of(),
                Map.of());
        if (!options.scheduler().equals(LocalSchedulerFactory.NAME)) {
            Files.createDirectories(RunFolder.of(folder, settings.runId()).path());
        }
        return Schedulers.find(options.scheduler(), services.err())
                .create(settings, () -> data.order(settings).withTask(JointTask.NAME), options);
    }
}
