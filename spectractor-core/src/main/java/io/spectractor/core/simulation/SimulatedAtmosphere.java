package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereParameters;

/**
 * The absorbers above the telescope.
 *
 * @param ozoneDu ozone column, Dobson units
 * @param waterMm precipitable water, mm
 * @param aerosolDepth vertical optical depth of the aerosols at 500 nm
 * @param angstromExponent β of their optical depth, which goes as λ^-β
 */
public record SimulatedAtmosphere(double ozoneDu, double waterMm, double aerosolDepth, double angstromExponent) {

    /** A clear night: 300 DU, 5 mm, 0.03, what the original's simulator takes when it is not told. */
    public static SimulatedAtmosphere typical() {
        return new SimulatedAtmosphere(300, 5, 0.03, AtmosphereParameters.USUAL_ANGSTROM_EXPONENT);
    }
}
