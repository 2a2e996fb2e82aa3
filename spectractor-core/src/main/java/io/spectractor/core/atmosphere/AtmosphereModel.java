package io.spectractor.core.atmosphere;

/** Direct transmission of the atmosphere against wavelength. Immutable, safe for threads. */
public interface AtmosphereModel {
    /** What it is, one line. */
    String description();

    /** The parameters that it covers. */
    AtmosphereRanges ranges();

    /** Wavelengths at which it is computed, nm, increasing; a copy. In between the transmission is linear. */
    double[] nodesNm();

    /**
     * Transmission at the nodes.
     *
     * @throws IllegalArgumentException if a parameter is out of its range; the message tells which
     */
    double[] atNodes(AtmosphereParameters parameters);

    /**
     * The model for one line of sight, with slopes.
     *
     * @param airmass of it
     * @param pressureHPa at the telescope, hPa
     */
    default SlantAir slant(double airmass, double pressureHPa) {
        return new DifferencedAir(this);
    }

    /**
     * Transmission at any wavelengths, nm; fastest if they increase. 0 outside the nodes, as of the original's grids.
     *
     * @throws IllegalArgumentException as {@link #atNodes}
     */
    default double[] transmission(AtmosphereParameters parameters, double[] lambdaNm) {
        return InterpolationNodes.interpolate(nodesNm(), atNodes(parameters), lambdaNm);
    }
}
