package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.WorkContext;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.delivery.CalibrationDelivery;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.cli.sky.SkyFiles;
import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.calibration.SkyCalibration;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.remote.CalibrationSpec;
import io.spectractor.remote.WorkerSpec;

/**
 * The data of a run besides its images.
 *
 * @param choice where the calibration data come from
 * @param tables the calibration data themselves
 * @param masked the same with the bad-pixel mask and the flat of the configuration
 * @param chip the files of mask and flat
 * @param sky world coordinates and stars
 * @param targets the resolved targets
 */
record RunData(
        CalibrationChoice choice,
        CalibrationStore tables,
        CalibrationStore masked,
        ChipFiles chip,
        SkyData sky,
        ResolvedTargets targets) {

    /** Opens the calibration data of a configuration; targets are not resolved yet. */
    static RunData open(CalibrationChoice choice, ExtractionConfig config, Services services) {
        CalibrationStore tables = choice.open(services);
        ChipFiles chip = ChipFiles.of(config, services.workingFolder());
        CalibrationStore described = DescribedCalibration.of(tables, Instrument.of(config));
        SkyData sky = SkyFiles.read(
                config, services.workingFolder(), line -> services.err().println("note: " + line));
        return new RunData(
                choice, tables, SkyCalibration.of(chip.join(described), sky), chip, sky, ResolvedTargets.none());
    }

    RunData with(ResolvedTargets resolved) {
        return new RunData(choice, tables, masked, chip, sky, resolved);
    }

    /**
     * Checks that flat and bad-pixel mask belong to the images.
     *
     * @throws UsageException if they fit none of them
     */
    void requireFit(RunPlan plan, ExtractionConfig config) {
        new ChipShapeCheck(chip, Instrument.of(config), config.ccd().rebin()).check(plan, masked);
    }

    /** All that the engine asks. */
    CalibrationStore store() {
        return targets.over(masked);
    }

    /** Stands for all of it. */
    String sha256() {
        return targets.contentSha256(masked.sha256());
    }

    /** What a worker elsewhere needs for a run. */
    WorkerSpec order(RunSettings settings) {
        boolean broadcast = CalibrationDelivery.of(choice.delivery()) == CalibrationDelivery.BROADCAST;
        byte[] content = new byte[0];
        if (broadcast) {
            if (!(tables instanceof TableCalibration table)) {
                throw new UsageException("these calibration data are not in tables and cannot be broadcast");
            }
            content = table.content().toBytes();
        }
        return new WorkerSpec(
                settings.runId(),
                settings.outputFolder().toString(),
                ConfigPrinter.yaml(settings.config()),
                new CalibrationSpec(choice.delivery(), choice.source(), choice.cache(), tables.sha256(), content),
                targets.json(),
                chip.badPixelBytes(),
                chip.flatBytes(),
                sky.isEmpty() ? new byte[0] : sky.toBytes(),
                new WorkContext(
                        ConfigText.sha256(settings.config()),
                        settings.calibrationSha256(),
                        settings.codeVersion(),
                        settings.existing()));
    }
}
