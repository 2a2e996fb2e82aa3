package io.spectractor.core.emission;

import io.spectractor.core.calibration.WavelengthSolution;
import java.util.List;

/**
 * A spectrum of lines.
 *
 * @param solution wavelengths
 * @param lines by wavelength
 * @param redshift of the lines
 * @param redshiftErr its 1σ
 * @param probability that the lines are those that they were taken for
 * @param width of lines over the profile across the dispersion
 * @param misfit rms of what lines and continuum leave, as a fraction of the rms light
 */
public record Emission(
        WavelengthSolution solution,
        List<MeasuredLine> lines,
        double redshift,
        double redshiftErr,
        double probability,
        double width,
        double misfit) {
    /** Lines that are wider than this, in the profile's width, are resolved. */
    private static final double RESOLVED = 1.6;

    public Emission {
        lines = List.copyOf(lines);
    }

    /** Whether the object's lines are wider than the image. */
    public boolean resolved() {
        return width > RESOLVED;
    }
}
