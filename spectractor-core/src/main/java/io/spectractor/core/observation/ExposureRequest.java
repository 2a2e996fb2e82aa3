package io.spectractor.core.observation;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an image before it is read.
 *
 * @param name file name without folder
 * @param target name of the star, or null when nobody said
 * @param disperser label that overrides the header's, or null to take the header's
 * @param loggedDisperser label by the logbook, which counts where the header has none, or null: the header is written by
 *     the wheel, the logbook by hand
 * @param guess order-0 position in unbinned pixels, or null to search for it
 * @param windowXPx half width of the search window from the logbook (Dx), unbinned pixels, or null for the configured one
 * @param windowYPx half height of it (Dy), or null
 */
public record ExposureRequest(
        String name,
        @Nullable String target,
        @Nullable String disperser,
        @Nullable String loggedDisperser,
        @Nullable PixelPosition guess,
        @Nullable Integer windowXPx,
        @Nullable Integer windowYPx) {

    /** A request without a logbook's disperser. */
    public ExposureRequest(
            String name,
            @Nullable String target,
            @Nullable String disperser,
            @Nullable PixelPosition guess,
            @Nullable Integer windowXPx,
            @Nullable Integer windowYPx) {
        this(name, target, disperser, null, guess, windowXPx, windowYPx);
    }

    /** A request that leaves everything to the header and the image. */
    public static ExposureRequest of(String name) {
        return new ExposureRequest(name, null, null, null, null, null);
    }
}
