package io.spectractor.core.instrument;

import java.util.List;

/**
 * The image of flags beside an image, whose header names the bits.
 *
 * @param hdu name of its HDU
 * @param prefix of the cards that number the bits, e.g. {@code MP_}
 * @param bad planes of pixels without information
 * @param saturated planes of saturated pixels
 * @param cosmic planes of pixels that a cosmic ray hit
 */
public record MaskPlane(String hdu, String prefix, List<String> bad, List<String> saturated, List<String> cosmic) {
    public MaskPlane {
        bad = List.copyOf(bad);
        saturated = List.copyOf(saturated);
        cosmic = List.copyOf(cosmic);
    }
}
