package io.spectractor.core.reference;

/**
 * A star at a place: which template, and where its features fall.
 *
 * @param template kind of star
 * @param distanceMm distance from disperser to CCD, mm
 * @param shiftPx shift of the origin of the dispersion, px
 * @param redshift of the star
 * @param chi2 of the spectrum's columns, with the priors
 * @param covariance of distance, shift and redshift (mm, px, 1), 3 × 3 by rows; empty before it was refined
 */
record Hypothesis(
        StarTemplate template, double distanceMm, double shiftPx, double redshift, double chi2, double[] covariance) {
    /** Where it has the wavelengths. */
    ReferenceChoice.Place place() {
        return new ReferenceChoice.Place(distanceMm, shiftPx, covariance);
    }

    /** The same place with another template. */
    Hypothesis with(StarTemplate other) {
        return new Hypothesis(other, distanceMm, shiftPx, redshift, chi2, covariance);
    }
}
