package io.spectractor.core.astrometry;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.PixelTransform;
import org.jspecify.annotations.Nullable;

/**
 * The sky on an image.
 *
 * @param wcs world coordinates of some pixels
 * @param toImage takes those pixels to the image's
 */
public record SkyImage(Wcs wcs, PixelTransform toImage) {
    /** Where a position falls, px; null if it lies on another part of the sky. */
    public @Nullable PixelPosition pixel(SkyPosition sky) {
        PixelPosition p = wcs.pixel(sky);
        return p == null ? null : toImage.apply(p);
    }

    /** The same with positions on the image corrected. */
    public SkyImage corrected(PixelTransform correction) {
        return new SkyImage(wcs, toImage.then(correction));
    }
}
