package io.spectractor.core.optics;

/**
 * Atmospheric differential refraction: how far light of a wavelength falls from light of the reference wavelength, on
 * the sky and on the image. Plane-parallel atmosphere (tan z law), which is good to the airmasses of photometry. Immutable.
 *
 * <p>One evaluation costs three divisions and allocates nothing.
 */
public final class AtmosphericRefraction {
    private static final double ARCSEC_PER_RADIAN = 648_000 / Math.PI;

    private final double dryFactor;
    private final double vapourFactor;
    private final double halfTanZenithArcsec;
    private final double referenceNm;
    private final double inverseSquareIndexAtReference;
    private final double sinParallactic;
    private final double cosParallactic;
    private final CameraOrientation camera;
    private final double xPxPerArcsec;
    private final double yPxPerArcsec;

    /**
     * @param air conditions at the telescope
     * @param airmass of the exposure, at least 1
     * @param parallacticAngleDeg degrees
     * @param referenceNm wavelength at which order 0 was measured, nm; see {@link EffectiveWavelength}
     * @param camera how the sky lies on the image
     * @throws IllegalArgumentException if the airmass is below 1 or the wavelength not between 200 and 3000 nm
     */
    public AtmosphericRefraction(
            AirConditions air,
            double airmass,
            double parallacticAngleDeg,
            double referenceNm,
            CameraOrientation camera) {
        if (!(airmass >= 1) || !(airmass < 40)) {
            throw new IllegalArgumentException("an airmass is at least 1, got " + airmass);
        }
        if (!(referenceNm >= 200 && referenceNm <= 3000)) {
            throw new IllegalArgumentException("reference wavelength of " + referenceNm + " nm");
        }
        this.dryFactor = air.dryFactor();
        this.vapourFactor = air.vapourFactor();
        this.halfTanZenithArcsec = 0.5 * Math.sqrt(airmass * airmass - 1) * ARCSEC_PER_RADIAN;
        this.referenceNm = referenceNm;
        this.inverseSquareIndexAtReference = inverseSquareIndex(referenceNm);
        double q = Math.toRadians(parallacticAngleDeg);
        this.sinParallactic = Math.sin(q);
        this.cosParallactic = Math.cos(q);
        this.camera = camera;
        this.xPxPerArcsec = camera.xPx(sinParallactic, -cosParallactic);
        this.yPxPerArcsec = camera.yPx(sinParallactic, -cosParallactic);
    }

    /** Wavelength of no shift, nm. */
    public double referenceNm() {
        return referenceNm;
    }

    /** Shift in zenith distance against the reference wavelength, arcsec; negative (higher in the sky) in the blue. */
    public double shiftArcsec(double lambdaNm) {
        return halfTanZenithArcsec * (inverseSquareIndex(lambdaNm) - inverseSquareIndexAtReference);
    }

    /** Shift to the west, px. */
    public double westPx(double lambdaNm) {
        return shiftArcsec(lambdaNm) * sinParallactic / camera.plateScaleArcsec();
    }

    /** Shift to the north, px. */
    public double northPx(double lambdaNm) {
        return -shiftArcsec(lambdaNm) * cosParallactic / camera.plateScaleArcsec();
    }

    /** Shift along the columns of the image, px. */
    public double xPx(double lambdaNm) {
        return shiftArcsec(lambdaNm) * xPxPerArcsec;
    }

    /** Shift along the rows of the image, px. */
    public double yPx(double lambdaNm) {
        return shiftArcsec(lambdaNm) * yPxPerArcsec;
    }

    private double inverseSquareIndex(double lambdaNm) {
        double s = 1e6 / (lambdaNm * lambdaNm);
        double n = 1 + dryFactor * AirConditions.dryDispersion(s) - vapourFactor * AirConditions.vapourDispersion(s);
        return 1 / (n * n);
    }
}
