package io.spectractor.core.calibration;

import io.spectractor.core.observation.BadPixelMask;
import io.spectractor.core.observation.FitsSource;
import java.util.Optional;

/** Calibration data together with a bad-pixel mask, which is calibration as well: its content counts in the hash. */
public final class MaskedCalibration extends ForwardingCalibration {
    private final BadPixelMask mask;
    private final String sha256;

    private MaskedCalibration(CalibrationStore store, BadPixelMask mask, String sha256) {
        super(store);
        this.mask = mask;
        this.sha256 = sha256;
    }

    /**
     * Joins a mask to calibration data.
     *
     * @param store the calibration data
     * @param mask FITS image whose non-zero pixels are bad
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if the mask cannot be read
     */
    public static MaskedCalibration of(CalibrationStore store, FitsSource mask) {
        return new MaskedCalibration(store, BadPixelMask.read(mask), joinedSha256(store.sha256(), mask.sha256()));
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public Optional<BadPixelMask> badPixels() {
        return Optional.of(mask);
    }
}
