package io.spectractor.cli.accuracy;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import org.jspecify.annotations.Nullable;

/**
 * A frame of a campaign and what its extraction is told.
 *
 * @param frame how it is simulated
 * @param format how its camera writes it
 * @param reference what is known of its star
 * @param wrong the star whose spectrum is given, with a wrong reference
 */
public record CampaignFrame(
        PlannedFrame frame,
        CameraFormat format,
        ReferenceKind reference,
        @Nullable String wrong) {
    /**
     * The calibration data that the extraction gets.
     *
     * @param sky what the frame was simulated with
     * @param ownTemplate whether the library may have the star itself although it is unknown
     */
    public CalibrationStore told(CalibrationStore sky, boolean ownTemplate) {
        String star = frame.settings().target();
        return switch (reference) {
            case KNOWN -> sky;
            case UNKNOWN -> ownTemplate ? sky : new WithheldStar(sky, star, null);
            case WRONG ->
                new WithheldStar(
                        sky, star, wrong == null ? null : sky.target(wrong).orElse(null));
        };
    }

    /** The name under which the extraction knows the star. */
    public String told() {
        return reference == ReferenceKind.UNKNOWN
                ? "an unknown star"
                : frame.settings().target();
    }
}
