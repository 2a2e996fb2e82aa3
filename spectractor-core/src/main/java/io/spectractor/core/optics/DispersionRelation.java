package io.spectractor.core.optics;

import io.spectractor.core.observation.PixelPosition;

/**
 * Wavelength against distance from order 0 for a plane transmission grating in a converging beam. Immutable.
 *
 * <p>Distances are algebraic, in pixels along the dispersion axis, before refraction by the atmosphere. With D the
 * distance from the grating to the CCD, p the pixel pitch, N the groove density, m the order and θ₀ the incidence:
 * sin θ = m N λ + sin θ₀, distance = (D/p) (tan θ − tan θ₀).
 *
 * <p>The order is any integer but 0; nothing checks it in the methods that are called per pixel.
 */
public final class DispersionRelation {
    private static final double ARCSEC = Math.PI / 648_000;

    private final double groovesPerMm;
    private final double incidenceRad;
    private final double distanceMm;
    private final double pixelSizeMm;
    private final double sinIncidence;
    private final double tanIncidence;
    private final double pixelsPerTangent;

    /**
     * @param groovesPerMm groove density, exact
     * @param incidenceRad angle of incidence along the dispersion, see {@link #incidenceRad}
     * @param distanceMm from the grating to the CCD
     * @param pixelSizeMm pitch of the (binned) pixels that distances are counted in
     * @throws IllegalArgumentException if a length or the density is not positive, or the angle is not small
     */
    public DispersionRelation(double groovesPerMm, double incidenceRad, double distanceMm, double pixelSizeMm) {
        requirePositive("groove density", groovesPerMm);
        requirePositive("distance to the CCD", distanceMm);
        requirePositive("pixel size", pixelSizeMm);
        if (!(Math.abs(incidenceRad) < 1)) {
            throw new IllegalArgumentException("incidence of " + incidenceRad + " rad");
        }
        this.groovesPerMm = groovesPerMm;
        this.incidenceRad = incidenceRad;
        this.distanceMm = distanceMm;
        this.pixelSizeMm = pixelSizeMm;
        this.sinIncidence = Math.sin(incidenceRad);
        this.tanIncidence = Math.tan(incidenceRad);
        this.pixelsPerTangent = distanceMm / pixelSizeMm;
    }

    /**
     * The relation of a disperser for a star at a place on the chip.
     *
     * @param disperser gives the groove density at that place
     * @param orderZeroUnbinned order-0 position in the raw frame, unbinned pixels
     * @param incidenceRad see {@link #incidenceRad}
     * @param distanceMm from the grating to the CCD
     * @param pixelSizeMm pitch of the (binned) pixels that distances are counted in
     */
    public static DispersionRelation of(
            Disperser disperser,
            PixelPosition orderZeroUnbinned,
            double incidenceRad,
            double distanceMm,
            double pixelSizeMm) {
        double grooves = disperser.grooves().at(orderZeroUnbinned.x(), orderZeroUnbinned.y());
        return new DispersionRelation(grooves, incidenceRad, distanceMm, pixelSizeMm);
    }

    /**
     * Angle of incidence along x of a star at a column: zero in the middle of the chip.
     *
     * @param xPx order-0 column in the raw frame
     * @param widthPx width of the frame, in the same (binned or unbinned) pixels
     * @param plateScaleArcsec size of those pixels on the sky
     */
    public static double incidenceRad(double xPx, int widthPx, double plateScaleArcsec) {
        return (xPx - widthPx / 2.0) * plateScaleArcsec * ARCSEC;
    }

    /** The same grating at another distance from the CCD. */
    public DispersionRelation withDistance(double newDistanceMm) {
        return new DispersionRelation(groovesPerMm, incidenceRad, newDistanceMm, pixelSizeMm);
    }

    /** Groove density, 1/mm. */
    public double groovesPerMm() {
        return groovesPerMm;
    }

    /** Angle of incidence, rad. */
    public double incidenceRad() {
        return incidenceRad;
    }

    /** Distance from the grating to the CCD, mm. */
    public double distanceMm() {
        return distanceMm;
    }

    /** Pitch of the pixels, mm. */
    public double pixelSizeMm() {
        return pixelSizeMm;
    }

    /**
     * Where a wavelength falls.
     *
     * @param lambdaNm wavelength, nm
     * @param order diffraction order, not 0
     * @return px from order 0, or NaN if the order does not exist at this wavelength (sin θ beyond 1)
     */
    public double distancePx(double lambdaNm, int order) {
        double sine = order * groovesPerMm * lambdaNm * 1e-6 + sinIncidence;
        return pixelsPerTangent * (sine / Math.sqrt(1 - sine * sine) - tanIncidence);
    }

    /**
     * Which wavelength falls at a distance; negative if the order lies on the other side.
     *
     * @param distancePx px from order 0
     * @param order diffraction order, not 0
     * @return nm
     */
    public double wavelengthNm(double distancePx, int order) {
        double tangent = distancePx / pixelsPerTangent + tanIncidence;
        return 1e6 * (tangent / Math.sqrt(1 + tangent * tangent) - sinIncidence) / (order * groovesPerMm);
    }

    /**
     * Derivative of the wavelength with distance.
     *
     * @param distancePx px from order 0
     * @param order diffraction order, not 0
     * @return nm/px, with the sign of the order
     */
    public double dispersionNmPerPx(double distancePx, int order) {
        double tangent = distancePx / pixelsPerTangent + tanIncidence;
        double secantSquared = 1 + tangent * tangent;
        return 1e6 / (order * groovesPerMm * pixelsPerTangent * secantSquared * Math.sqrt(secantSquared));
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("the " + what + " must be positive, got " + value);
        }
    }

    @Override
    public String toString() {
        return "DispersionRelation[" + groovesPerMm + " grooves/mm, " + distanceMm + " mm, " + pixelSizeMm + " mm/px]";
    }
}
