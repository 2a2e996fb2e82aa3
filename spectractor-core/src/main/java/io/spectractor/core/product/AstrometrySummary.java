package io.spectractor.core.product;

import org.jspecify.annotations.Nullable;

/**
 * Which world coordinates an extraction used, and how good they are.
 *
 * @param skySource the file, header, or solve-field; with a reason where they could not be used; null if none were asked for
 * @param skyTargetX where they put the target, px; NaN without
 * @param skyTargetY row, px
 * @param skyErrorPx 1σ of that, each axis, px
 * @param skyMatches stars of the table that they were refined with
 * @param skyRmsPx root mean square of the distances of those, px; NaN without
 * @param starTable name of the table of stars, or null
 * @param starsInModel stars of the table whose light is in the model of the spectrogram
 */
public record AstrometrySummary(
        @Nullable String skySource,
        double skyTargetX,
        double skyTargetY,
        double skyErrorPx,
        int skyMatches,
        double skyRmsPx,
        @Nullable String starTable,
        int starsInModel) {
    /** None were asked for. */
    public static AstrometrySummary none() {
        return new AstrometrySummary(null, Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN, null, 0);
    }

    /** The same with another number of stars in the model. */
    public AstrometrySummary withStars(int count) {
        return new AstrometrySummary(
                skySource, skyTargetX, skyTargetY, skyErrorPx, skyMatches, skyRmsPx, starTable, count);
    }
}
