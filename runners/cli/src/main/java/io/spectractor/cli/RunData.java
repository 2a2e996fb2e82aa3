package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.batch.files.Places;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.WorkContext;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.delivery.CalibrationDelivery;
import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.remote.CalibrationOrder;
import io.spectractor.remote.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The data of a run besides its images.
 *
 * @param choice where the calibration data come from
 * @param tables the calibration data themselves
 * @param masked the same with the bad-pixel mask of the configuration
 * @param badPixels the file of the mask, or null for none
 * @param targets the resolved targets
 */
record RunData(
        CalibrationChoice choice,
        CalibrationStore tables,
        CalibrationStore masked,
        @Nullable Path badPixels,
        ResolvedTargets targets) {

    /** Opens the calibration data of a configuration; targets are not resolved yet. */
    static RunData open(CalibrationChoice choice, ExtractionConfig config, Services services) {
        CalibrationStore tables = choice.open(services);
        String mask = config.ccd().badPixels();
        return new RunData(
                choice,
                tables,
                BadPixels.join(tables, config, services),
                mask.isBlank() ? null : Places.under(services.workingFolder(), Places.path(mask)),
                ResolvedTargets.none());
    }

    RunData with(ResolvedTargets resolved) {
        return new RunData(choice, tables, masked, badPixels, resolved);
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
    WorkOrder order(RunSettings settings) {
        boolean broadcast = CalibrationDelivery.of(choice.delivery()) == CalibrationDelivery.BROADCAST;
        byte[] content = new byte[0];
        if (broadcast) {
            if (!(tables instanceof TableCalibration table)) {
                throw new UsageException("these calibration data are no tables and cannot be broadcast");
            }
            content = table.content().toBytes();
        }
        return new WorkOrder(
                settings.runId(),
                settings.outputFolder().toString(),
                ConfigPrinter.yaml(settings.config()),
                new CalibrationOrder(choice.delivery(), choice.source(), choice.cache(), tables.sha256(), content),
                targets.json(),
                maskBytes(),
                new WorkContext(
                        ConfigText.sha256(settings.config()),
                        settings.calibrationSha256(),
                        settings.codeVersion(),
                        settings.existing()));
    }

    private byte[] maskBytes() {
        try {
            return badPixels == null ? new byte[0] : Files.readAllBytes(badPixels);
        } catch (IOException e) {
            throw new UsageException("ccd.bad_pixels: " + badPixels + " cannot be read: " + e, e);
        }
    }
}
