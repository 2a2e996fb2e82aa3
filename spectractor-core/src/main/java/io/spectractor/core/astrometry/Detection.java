package io.spectractor.core.astrometry;

import io.spectractor.core.observation.PixelPosition;

/**
 * A star that an image shows.
 *
 * @param position its centre, px
 * @param rate its light, ADU/s
 */
public record Detection(PixelPosition position, double rate) {}
