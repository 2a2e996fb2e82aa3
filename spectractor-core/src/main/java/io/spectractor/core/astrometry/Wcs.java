package io.spectractor.core.astrometry;

import io.spectractor.core.observation.PixelPosition;
import org.jspecify.annotations.Nullable;

/**
 * World coordinates of an image in the gnomonic projection, with or without SIP distortion. Pixels count from 0 at their
 * centres, one less than in FITS. Immutable.
 *
 * @see "M. R. Calabretta, E. W. Greisen, A&A 395, 1077 (2002), sections 2 and 5.1.3"
 * @see WcsParser
 */
public final class Wcs {
    private static final int STEPS = 50;
    private static final double EXACT_PX = 1e-11;
    /** Farther from the centre than this the inverse of a distortion that was fitted to one chip says nothing. */
    private static final double FARTHEST_DEG = 30;

    private final double poleRa;
    private final double poleDec;
    private final double referenceX;
    private final double referenceY;
    /** Degrees of longitude and latitude per pixel. */
    private final double[] cd;

    private final SipPolynomial a;
    private final SipPolynomial b;

    /**
     * @param raDeg right ascension of the reference pixel, degrees
     * @param decDeg declination of it
     * @param reference the reference pixel, from 0
     * @param cd degrees east and north per pixel: east by x, east by y, north by x, north by y
     * @param a distortion along x
     * @param b distortion along y
     */
    Wcs(double raDeg, double decDeg, PixelPosition reference, double[] cd, SipPolynomial a, SipPolynomial b) {
        this.poleRa = Math.toRadians(raDeg);
        this.poleDec = Math.toRadians(decDeg);
        this.referenceX = reference.x();
        this.referenceY = reference.y();
        this.cd = cd.clone();
        this.a = a;
        this.b = b;
    }

    /** Gnomonic coordinates without distortion. */
    public static Wcs tangent(double raDeg, double decDeg, PixelPosition reference, double[] cd) {
        return new Wcs(raDeg, decDeg, reference, cd, SipPolynomial.NONE, SipPolynomial.NONE);
    }

    /** The sky at a place of the image. */
    public SkyPosition sky(PixelPosition p) {
        double u = p.x() - referenceX;
        double v = p.y() - referenceY;
        double du = u + a.at(u, v)[0];
        double dv = v + b.at(u, v)[0];
        double east = Math.toRadians(cd[0] * du + cd[1] * dv);
        double north = Math.toRadians(cd[2] * du + cd[3] * dv);
        double sin = Math.sin(poleDec);
        double cos = Math.cos(poleDec);
        double ra = poleRa + Math.atan2(east, cos - north * sin);
        double dec = Math.atan2((sin + north * cos), Math.hypot(east, cos - north * sin));
        double deg = Math.toDegrees(ra) % 360;
        return new SkyPosition(deg < 0 ? deg + 360 : deg, Math.toDegrees(dec));
    }

    /** The place on the image of a position on the sky, or null if it lies so far away that there is none. */
    public @Nullable PixelPosition pixel(SkyPosition sky) {
        double dec = Math.toRadians(sky.decDeg());
        double dRa = Math.toRadians(sky.raDeg()) - poleRa;
        double cosDistance = Math.sin(dec) * Math.sin(poleDec) + Math.cos(dec) * Math.cos(poleDec) * Math.cos(dRa);
        if (!(cosDistance > Math.cos(Math.toRadians(FARTHEST_DEG)))) {
            return null;
        }
        double east = Math.toDegrees(Math.cos(dec) * Math.sin(dRa) / cosDistance);
        double north = Math.toDegrees(
                (Math.sin(dec) * Math.cos(poleDec) - Math.cos(dec) * Math.sin(poleDec) * Math.cos(dRa)) / cosDistance);
        double det = cd[0] * cd[3] - cd[1] * cd[2];
        return undistorted((cd[3] * east - cd[1] * north) / det, (cd[0] * north - cd[2] * east) / det);
    }

    /** Solves u + A(u, v) = wantedU, v + B(u, v) = wantedV by Newton's method. */
    private @Nullable PixelPosition undistorted(double wantedU, double wantedV) {
        double u = wantedU;
        double v = wantedV;
        for (int i = 0; i < STEPS; i++) {
            double[] f = a.at(u, v);
            double[] g = b.at(u, v);
            double ru = wantedU - u - f[0];
            double rv = wantedV - v - g[0];
            double det = (1 + f[1]) * (1 + g[2]) - f[2] * g[1];
            double stepU = ((1 + g[2]) * ru - f[2] * rv) / det;
            double stepV = ((1 + f[1]) * rv - g[1] * ru) / det;
            u += stepU;
            v += stepV;
            if (Math.hypot(stepU, stepV) <= EXACT_PX * (1 + Math.hypot(u, v))) {
                return new PixelPosition(u + referenceX, v + referenceY);
            }
        }
        return null;
    }

    /** Degrees east and north per pixel at the reference: east by x, east by y, north by x, north by y. */
    public double[] cd() {
        return cd.clone();
    }
}
