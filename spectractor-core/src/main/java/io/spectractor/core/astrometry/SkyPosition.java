package io.spectractor.core.astrometry;

/**
 * A position on the sky, ICRS.
 *
 * @param raDeg right ascension, degrees
 * @param decDeg declination, degrees
 */
public record SkyPosition(double raDeg, double decDeg) {
    /** Angle between two positions, arcsec. */
    public double arcsecTo(SkyPosition other) {
        double sinDec = Math.sin(Math.toRadians(other.decDeg - decDeg) / 2);
        double sinRa = Math.sin(Math.toRadians(other.raDeg - raDeg) / 2);
        double h = sinDec * sinDec
                + Math.cos(Math.toRadians(decDeg)) * Math.cos(Math.toRadians(other.decDeg)) * sinRa * sinRa;
        return 3600 * Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(h))));
    }
}
