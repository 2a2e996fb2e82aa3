package io.spectractor.core.instrument;

/**
 * What a description says of a disperser.
 *
 * @param label as headers and users write it
 * @param groovesPerMm groove density, 1/mm; 0 where the calibration data know it
 * @param angleDeg angle of the dispersion axis, degrees, anticlockwise; counts with {@code groovesPerMm} only
 * @param distanceExtraMm what it adds to the distance to the detector that the header gives, mm
 */
public record DescribedDisperser(String label, double groovesPerMm, double angleDeg, double distanceExtraMm) {
    /** Whether the description holds all that an extraction needs of it. */
    public boolean isDescribed() {
        return groovesPerMm > 0;
    }
}
