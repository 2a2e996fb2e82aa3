package io.spectractor.core.observation;

/**
 * Positions of another equinox in that of J2000, which ICRS has to 0.03″ (Lieske 1979, IAU 1976 precession; proper motion
 * and nutation left out).
 */
public final class Equinox {
    private Equinox() {}

    /**
     * A position at J2000.
     *
     * @param raDeg right ascension at the mean equinox of the year, degrees
     * @param decDeg declination, degrees
     * @param year Julian year
     * @return right ascension in [0, 360) and declination, degrees
     */
    public static double[] j2000(double raDeg, double decDeg, double year) {
        double t = (year - 2000) / 100;
        double zeta = arcsec(2306.2181 * t + 0.30188 * t * t + 0.017998 * t * t * t);
        double z = arcsec(2306.2181 * t + 1.09468 * t * t + 0.018203 * t * t * t);
        double theta = arcsec(2004.3109 * t - 0.42665 * t * t - 0.041833 * t * t * t);
        // from date to J2000: the rotation backwards
        double alpha = Math.toRadians(raDeg) - z;
        double delta = Math.toRadians(decDeg);
        double a = Math.cos(delta) * Math.sin(alpha);
        double b = Math.cos(theta) * Math.cos(delta) * Math.cos(alpha) + Math.sin(theta) * Math.sin(delta);
        double c = -Math.sin(theta) * Math.cos(delta) * Math.cos(alpha) + Math.cos(theta) * Math.sin(delta);
        double ra = Math.toDegrees(Math.atan2(a, b) - zeta) % 360;
        return new double[] {ra < 0 ? ra + 360 : ra, Math.toDegrees(Math.atan2(c, Math.hypot(a, b)))};
    }

    private static double arcsec(double seconds) {
        return Math.toRadians(seconds / 3600);
    }
}
