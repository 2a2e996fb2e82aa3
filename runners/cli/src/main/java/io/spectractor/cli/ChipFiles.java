package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.FlattenedCalibration;
import io.spectractor.core.calibration.MaskedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.BadPixelMask;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.FlatField;
import io.spectractor.core.outcome.ExtractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files about the chip that a configuration names.
 *
 * @param badPixels bad-pixel mask, or null for none
 * @param flat flat, or null for none
 */
record ChipFiles(@Nullable Path badPixels, @Nullable Path flat) {
    static final String BAD_PIXELS = "ccd.bad_pixels";
    static final String FLAT = "ccd.flat";

    static ChipFiles of(ExtractionConfig config, Path workingFolder) {
        return new ChipFiles(
                file(config.ccd().badPixels(), workingFolder), file(config.ccd().flat(), workingFolder));
    }

    private static @Nullable Path file(String name, Path workingFolder) {
        return name.isBlank() ? null : PathResolver.under(workingFolder, PathResolver.path(name));
    }

    /**
     * The calibration data with mask and flat.
     *
     * @throws UsageException naming key, file and cause if one can't be read, or they don't fit each other
     */
    CalibrationStore join(CalibrationStore calibration) {
        CalibrationStore masked = joined(BAD_PIXELS, badPixels, calibration, f -> MaskedCalibration.of(calibration, f));
        CalibrationStore both = joined(FLAT, flat, masked, f -> FlattenedCalibration.of(masked, f));
        BadPixelMask mask = both.badPixels().orElse(null);
        FlatField response = both.flat().orElse(null);
        if (mask != null
                && response != null
                && (mask.width() != response.width() || mask.height() != response.height())) {
            throw new UsageException(FLAT + ": the " + response.width() + " x " + response.height() + " pixels of "
                    + flat
                    + " do not fit the " + mask.width() + " x " + mask.height() + " of " + badPixels + " (" + BAD_PIXELS
                    + ")");
        }
        return both;
    }

    private static CalibrationStore joined(
            String key, @Nullable Path file, CalibrationStore without, Function<FitsSource, CalibrationStore> with) {
        try {
            return file == null ? without : with.apply(FitsSource.of(file));
        } catch (ExtractionException e) {
            throw new UsageException(key + ": " + e.getMessage(), e);
        }
    }

    /** Content of the mask, empty for none. */
    byte[] badPixelBytes() {
        return bytes(BAD_PIXELS, badPixels);
    }

    /** Content of the flat, empty for none. */
    byte[] flatBytes() {
        return bytes(FLAT, flat);
    }

    private static byte[] bytes(String key, @Nullable Path file) {
        try {
            return file == null ? new byte[0] : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UsageException(key + ": " + file + " cannot be read: " + e, e);
        }
    }
}
