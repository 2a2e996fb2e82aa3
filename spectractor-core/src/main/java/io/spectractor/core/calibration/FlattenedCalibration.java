package io.spectractor.core.calibration;

import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.FlatField;
import java.util.Optional;

/** Calibration data together with a flat, which is calibration as well: its content counts in the hash. */
public final class FlattenedCalibration extends ForwardingCalibration {
    /** Tells a flat from a bad-pixel mask of the same content. */
    private static final String KIND = "flat";

    private final FlatField flat;
    private final String sha256;

    private FlattenedCalibration(CalibrationStore store, FlatField flat, String sha256) {
        super(store);
        this.flat = flat;
        this.sha256 = sha256;
    }

    /**
     * Joins a flat to calibration data.
     *
     * @param store the calibration data
     * @param flat FITS image by which frames are divided
     * @throws io.spectractor.core.outcome.ExtractionException UNPROCESSABLE if the flat cannot be read
     */
    public static FlattenedCalibration of(CalibrationStore store, FitsSource flat) {
        return new FlattenedCalibration(store, FlatField.read(flat), joinedSha256(store.sha256(), KIND, flat.sha256()));
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public Optional<FlatField> flat() {
        return Optional.of(flat);
    }
}
