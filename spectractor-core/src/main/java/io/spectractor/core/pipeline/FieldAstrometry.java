package io.spectractor.core.pipeline;

import io.spectractor.core.astrometry.FieldMatch;
import io.spectractor.core.astrometry.PlacedStar;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.product.AstrometrySummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sky on one image.
 *
 * @param target where the target's order 0 should be, px
 * @param errorPx 1σ of that, each axis, px
 * @param match with the stars of the table, or null if there was none
 * @param targetMagnitude magnitude of the target in the table; NaN if it is not there
 * @param stars the other stars of the table, on the image and around it
 * @param summary for the header
 */
record FieldAstrometry(
        PixelPosition target,
        double errorPx,
        @Nullable FieldMatch match,
        double targetMagnitude,
        List<PlacedStar> stars,
        AstrometrySummary summary) {
    /** Whether the places are as good as those of fitted stars. */
    boolean refined() {
        return match != null;
    }
}
