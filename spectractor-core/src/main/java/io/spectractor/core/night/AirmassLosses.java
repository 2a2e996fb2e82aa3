package io.spectractor.core.night;

/**
 * Light that is lost the more the lower a star stands, by other ways than the air's: beside the window of the extraction when the
 * image is larger, through refraction, through a sky that is taken off too high. Its optical depth per airmass is taken to be linear in the
 * logarithm of the wavelength; what is grey in it is part of the grey factors. Unlike aerosols it may have either sign.
 */
final class AirmassLosses {
    private static final double MIDDLE_NM = 550;

    private AirmassLosses() {}

    /** Optical depth for a slope of 1 at a wavelength, nm. */
    static double shape(double lambdaNm) {
        return Math.log(lambdaNm / MIDDLE_NM);
    }

    /** Transmission for a slope times airmass. */
    static double factor(double slopeOnSlant, double lambdaNm) {
        return slopeOnSlant == 0 ? 1 : Math.pow(lambdaNm / MIDDLE_NM, -slopeOnSlant);
    }
}
