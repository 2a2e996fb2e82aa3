package io.spectractor.core.simulation;

import io.spectractor.core.observation.PixelPosition;
import java.util.List;

/**
 * What a perfect extraction of a simulated frame would find. The arrays have one row per pixel along the first order's
 * dispersion axis and are given away by whoever builds the truth.
 *
 * @param settings everything that was chosen
 * @param axisAngleDeg angle of the dispersion axis, degrees
 * @param groovesPerMm groove density used
 * @param lambdaRefNm wavelength at which refraction moves nothing, nm
 * @param lambdaNm wavelength in order 1, nm
 * @param flux what reaches the detector, star × atmosphere × telescope × disperser × flux scale, mean over the pixel,
 *     erg/s/cm²/nm
 * @param rate count rate of order 1, ADU/s per pixel along the axis
 * @param order2Flux the same flux in order 2, erg/s/cm²/nm
 * @param x column of the trace, refraction included, px
 * @param y row of the trace, px
 * @param shape PSF shape parameters, one array per parameter
 */
public record SimulationTruth(
        SimulationSettings settings,
        double axisAngleDeg,
        double groovesPerMm,
        double lambdaRefNm,
        double[] lambdaNm,
        double[] flux,
        double[] rate,
        double[] order2Flux,
        double[] x,
        double[] y,
        List<double[]> shape) {
    /** Label of the disperser. */
    public String disperser() {
        return settings.disperser();
    }

    /** Order-0 position at the reference wavelength, px. */
    public PixelPosition order0() {
        return settings.order0();
    }

    /** Distance from disperser to CCD, mm. */
    public double distanceMm() {
        return settings.distanceMm();
    }
}
