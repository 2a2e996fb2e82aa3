package io.spectractor.cli;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.remote.SchedulerOptions;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Continues a run. */
@Command(
        name = "resume",
        description = "Continue a run that was interrupted, died, or had failures, with its configuration and inputs.",
        footer = {"", "Example:", "  spectractor resume products"})
final class ResumeCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private RunSelector choice = new RunSelector();

    @Mixin
    private LaunchOptions launch = new LaunchOptions();

    ResumeCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        RunLauncher launcher = new RunLauncher(services, launch.json());
        int plots = launch.plots();
        RunFolder folder = choice.open(services);
        SchedulerOptions options = launch.schedulers().over(RunInputs.scheduler(folder));
        OptionalInt helped = LaunchOptions.explained(services, folder.outputFolder(), options);
        if (helped.isPresent()) {
            return helped.getAsInt();
        }
        RunInfo info = folder.info();
        ExtractionConfig config = folder.config();
        if (!ConfigText.sha256(config).equals(info.configSha256())) {
            throw new UsageException(folder.path().resolve("config.yaml")
                    + " is no longer what the run was started with; use 'spectractor run --config' on it instead");
        }
        long start = System.nanoTime();
        RunData data =
                RunData.open(RunInputs.calibration(folder), config, services).with(RunInputs.targets(folder));
        RunPlan plan = folder.plan();
        data.requireFit(plan, config);
        StartupTimes times = StartupTimes.of((System.nanoTime() - start) / 1e9, 0);
        if (!data.sha256().equals(info.calibrationSha256())) {
            services.err()
                    .println("note: the calibration data have changed since the run was started:"
                            + " its products will be made again");
        }
        RunSettings settings = new RunSettings(
                folder.outputFolder(),
                folder.runId(),
                config,
                plan,
                ExistingProducts.RESUME,
                true,
                launch.maxFailures(),
                data.tables().version(),
                data.sha256(),
                CodeVersion.current(),
                info.commandLine(),
                RunInputs.files(data, options, times));
        return launcher.launch(settings, data, options, plots);
    }
}
