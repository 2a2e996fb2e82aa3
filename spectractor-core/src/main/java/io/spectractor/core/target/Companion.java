package io.spectractor.core.target;

import io.spectractor.core.observation.PixelPosition;

/**
 * Another star within the seeing discs of order 0, fitted together with it.
 *
 * @param position its centre, px of the image
 * @param lightRatio its light over that of the star itself; above 1 where a guess asks for the fainter one
 */
public record Companion(PixelPosition position, double lightRatio) {}
