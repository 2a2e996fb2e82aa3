package io.spectractor.core.astrometry;

import io.spectractor.core.observation.PixelPosition;

/**
 * A star of a catalogue on an image.
 *
 * @param position where its order 0 should be, px
 * @param magnitude G; NaN if unknown
 * @param temperatureK K; NaN if unknown
 */
public record PlacedStar(PixelPosition position, double magnitude, double temperatureK) {}
