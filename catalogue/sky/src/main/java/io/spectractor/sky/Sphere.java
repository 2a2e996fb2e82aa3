package io.spectractor.sky;

/** Angles between positions, degrees, ICRS or any other spherical system. */
public final class Sphere {
    private Sphere() {}

    /**
     * Angle between two positions, degrees; exact to rounding for small and for large angles (Vincenty's formula on the
     * sphere).
     */
    public static double separation(double ra1, double dec1, double ra2, double dec2) {
        double lambda = Math.toRadians(ra2 - ra1);
        double phi1 = Math.toRadians(dec1);
        double phi2 = Math.toRadians(dec2);
        double sinLambda = Math.sin(lambda);
        double cosLambda = Math.cos(lambda);
        double sin1 = Math.sin(phi1);
        double cos1 = Math.cos(phi1);
        double sin2 = Math.sin(phi2);
        double cos2 = Math.cos(phi2);
        double y = Math.hypot(cos2 * sinLambda, cos1 * sin2 - sin1 * cos2 * cosLambda);
        double x = sin1 * sin2 + cos1 * cos2 * cosLambda;
        return Math.toDegrees(Math.atan2(y, x));
    }

    /**
     * A right ascension in [0, 360).
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public static double normalRa(double ra) {
        if (!Double.isFinite(ra)) {
            throw new IllegalArgumentException("right ascension " + ra + " is not a number of degrees");
        }
        double wrapped = ra % 360;
        if (wrapped < 0) {
            wrapped += 360;
        }
        // -1e-17 + 360 is 360
        return wrapped >= 360 ? 0 : wrapped + 0.0;
    }

    /**
     * A declination that is one.
     *
     * @throws IllegalArgumentException if it is not in [-90, 90]
     */
    public static double checkedDec(double dec) {
        if (!(dec >= -90 && dec <= 90)) {
            throw new IllegalArgumentException("declination " + dec + " is not within -90 to 90 degrees");
        }
        return dec;
    }
}
