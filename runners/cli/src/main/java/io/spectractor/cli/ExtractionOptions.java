package io.spectractor.cli;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.remote.SchedulerOptions;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Options of the commands that start a run: how images are extracted, with what data, and where. */
final class ExtractionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private NewRunOptions newRun = new NewRunOptions();

    @Mixin
    private ObservationOptions observation = new ObservationOptions();

    @Mixin
    private SkyOptions sky = new SkyOptions();

    @Mixin
    private LaunchOptions launch = new LaunchOptions();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Mixin
    private TargetOptions targets = new TargetOptions();

    NewRunOptions newRun() {
        return newRun;
    }

    ObservationOptions observation() {
        return observation;
    }

    LaunchOptions launch() {
        return launch;
    }

    SchedulerOptions scheduler() {
        return launch.schedulers().options(newRun.scheduler());
    }

    /** The configuration for these images, whose headers tell the instrument unless an option does. */
    ConfigLoader.Loaded load(Services services, RunPlan images) throws InterruptedException {
        ConfigLoader.Loaded loaded =
                config.load(services.workingFolder(), () -> InstrumentChoice.byHeaders(images), sky.settings());
        loaded.ignored().forEach(line -> services.err().println("not imported: " + line));
        return loaded;
    }

    /** The calibration data, with what the configuration names in them. */
    RunData open(Services services, ConfigLoader.Loaded loaded) {
        RunData data = RunData.open(calibration.choice(services), loaded.config(), services);
        CalibrationNames.require(loaded.config(), observation.disperser(), data.masked());
        return data;
    }

    /**
     * The data with these targets.
     *
     * @param offline whether catalogues are not asked, whatever the options are
     */
    RunData resolve(Services services, RunData data, Set<String> names, boolean offline) throws InterruptedException {
        return data.with(targets.resolve(services, calibration.cache(services), names, data.masked(), offline));
    }

    /** The settings of the run. */
    RunSettings settings(
            Path folder,
            String runId,
            ConfigLoader.Loaded loaded,
            RunPlan plan,
            ExistingProducts existing,
            RunData data,
            SchedulerOptions options,
            StartupTimes times) {
        return new RunSettings(
                folder,
                runId,
                loaded.config(),
                plan,
                existing,
                false,
                launch.maxFailures(),
                data.tables().version(),
                data.sha256(),
                CodeVersion.current(),
                command.commandLine().getParseResult().originalArgs(),
                RunInputs.files(data, options, times));
    }
}
