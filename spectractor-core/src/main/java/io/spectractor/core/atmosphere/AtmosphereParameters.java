package io.spectractor.core.atmosphere;

/**
 * The state of the atmosphere above the telescope. Models refuse what lies outside their {@link AtmosphereRanges}.
 *
 * @param airmass airmass
 * @param pressureHPa pressure at the telescope, hPa
 * @param ozoneDu ozone column, Dobson units
 * @param waterMm precipitable water, mm
 * @param aerosolDepth vertical optical depth of the aerosols at 500 nm
 * @param angstromExponent β of their optical depth, which goes as λ^-β
 */
public record AtmosphereParameters(
        double airmass,
        double pressureHPa,
        double ozoneDu,
        double waterMm,
        double aerosolDepth,
        double angstromExponent) {

    /** Ångström exponent of continental aerosols, which getObsAtmo takes too. */
    public static final double USUAL_ANGSTROM_EXPONENT = 1.2;

    /** A copy with other precipitable water, mm. */
    public AtmosphereParameters withWater(double mm) {
        return new AtmosphereParameters(airmass, pressureHPa, ozoneDu, mm, aerosolDepth, angstromExponent);
    }

    /** A copy with other aerosols. */
    public AtmosphereParameters withAerosols(double depth, double exponent) {
        return new AtmosphereParameters(airmass, pressureHPa, ozoneDu, waterMm, depth, exponent);
    }
}
