package io.spectractor.core.calibration;

import io.spectractor.core.astrometry.SkyData;
import java.util.Optional;

/** Calibration data together with world coordinates and stars, whose content counts in the hash. */
public final class SkyCalibration extends ForwardingCalibration {
    private final SkyData sky;
    private final String sha256;

    private SkyCalibration(CalibrationStore store, SkyData sky, String sha256) {
        super(store);
        this.sky = sky;
        this.sha256 = sha256;
    }

    /** Joins them; data without anything change nothing. */
    public static CalibrationStore of(CalibrationStore store, SkyData sky) {
        return sky.isEmpty() ? store : new SkyCalibration(store, sky, joinedSha256(store.sha256(), sky.sha256()));
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public Optional<SkyData> sky() {
        return Optional.of(sky);
    }
}
