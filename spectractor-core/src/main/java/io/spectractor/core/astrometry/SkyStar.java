package io.spectractor.core.astrometry;

/**
 * A star of a catalogue.
 *
 * @param raDeg right ascension at the epoch, ICRS, degrees
 * @param decDeg declination at the epoch, degrees
 * @param pmRaMas proper motion in right ascension, times cos δ as Gaia gives it, mas/yr
 * @param pmDecMas proper motion in declination, mas/yr
 * @param epoch Julian year of the position
 * @param magnitude G, or the magnitude that the table has; NaN if unknown
 * @param temperatureK effective temperature, K; NaN if unknown
 */
public record SkyStar(
        double raDeg,
        double decDeg,
        double pmRaMas,
        double pmDecMas,
        double epoch,
        double magnitude,
        double temperatureK) {
    private static final double MAS_PER_RAD = Math.toDegrees(1) * 3.6e6;

    /**
     * Where it is in another year: uniform motion along a straight line in space, without radial velocity, which moves no
     * star of a field by a milliarcsecond in a century.
     *
     * @param year Julian year
     */
    public SkyPosition at(double year) {
        double dt = (year - epoch) / MAS_PER_RAD;
        double ra = Math.toRadians(raDeg);
        double dec = Math.toRadians(decDeg);
        double east = pmRaMas * dt;
        double north = pmDecMas * dt;
        double x = Math.cos(dec) * Math.cos(ra) - east * Math.sin(ra) - north * Math.sin(dec) * Math.cos(ra);
        double y = Math.cos(dec) * Math.sin(ra) + east * Math.cos(ra) - north * Math.sin(dec) * Math.sin(ra);
        double z = Math.sin(dec) + north * Math.cos(dec);
        double deg = Math.toDegrees(Math.atan2(y, x));
        return new SkyPosition(deg < 0 ? deg + 360 : deg, Math.toDegrees(Math.atan2(z, Math.hypot(x, y))));
    }

    /**
     * Effective temperature of a dwarf of solar composition, K, after Mucciarelli and Bellazzini (2020, RNAAS 4, 52): 5040
     * over a polynomial of the colour. It is held beyond 0 and 3 mag.
     *
     * @param bpMinusRp Gaia colour, mag
     */
    public static double temperatureOf(double bpMinusRp) {
        double c = Math.max(0, Math.min(3, bpMinusRp));
        return 5040 / (0.4929 + c * (0.5092 - 0.0353 * c));
    }
}
