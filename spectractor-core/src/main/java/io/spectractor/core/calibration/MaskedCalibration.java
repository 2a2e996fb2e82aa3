package io.spectractor.core.calibration;

import io.spectractor.core.observation.BadPixelMask;
import io.spectractor.core.observation.FitsSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        BadPixelMask pixels = BadPixelMask.read(mask);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(store.sha256().getBytes(StandardCharsets.US_ASCII));
            digest.update(mask.sha256().getBytes(StandardCharsets.US_ASCII));
            return new MaskedCalibration(store, pixels, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
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
