package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.Places;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.MaskedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.outcome.ExtractionException;
import java.nio.file.Path;

/** The bad-pixel mask that a configuration names. */
final class BadPixels {
    private BadPixels() {}

    /** The calibration data with the mask of {@code ccd.bad_pixels}, or as they are when it is empty. */
    static CalibrationStore join(CalibrationStore calibration, ExtractionConfig config, Services services) {
        String name = config.ccd().badPixels();
        if (name.isBlank()) {
            return calibration;
        }
        Path file = Places.under(services.workingFolder(), Places.path(name));
        try {
            return MaskedCalibration.of(calibration, FitsSource.of(file));
        } catch (ExtractionException e) {
            throw new UsageException("ccd.bad_pixels: " + e.getMessage(), e);
        }
    }
}
