package io.spectractor.sky;

/**
 * HEALPix pixels in the NESTED numbering (Górski et al. 2005, ApJ 622, 759), orders 0 to 29. A pixel of order k has four
 * children of order k + 1, numbered 4p to 4p + 3.
 */
public final class Healpix {
    /** Finest order whose numbers fit 63 bits. */
    public static final int MAX_ORDER = 29;

    private static final double TWO_THIRDS = 2.0 / 3.0;
    private static final int[] ROW = {2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4};
    private static final int[] COLUMN = {1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7};

    private Healpix() {}

    /** Number of pixels of an order. */
    public static long pixels(int order) {
        return 12L << (2 * checked(order));
    }

    /**
     * The pixel of a position.
     *
     * @param order 0 to 29
     * @param ra right ascension, degrees
     * @param dec declination, degrees
     * @throws IllegalArgumentException if the position is none
     */
    public static long pixel(int order, double ra, double dec) {
        checked(order);
        double turn = Sphere.normalRa(ra) / 90;
        double phi = Math.toRadians(Sphere.checkedDec(dec));
        double z = Math.sin(phi);
        long nside = 1L << order;
        double quarter = turn >= 4 ? 0 : turn;
        if (Math.abs(z) <= TWO_THIRDS) {
            return equatorial(order, nside, z, quarter);
        }
        // 1 - |z| loses digits near the pole; the half angle keeps them
        double half = Math.sin(Math.toRadians(90 - Math.abs(dec)) / 2);
        double root = nside * half * Math.sqrt(6);
        int face = Math.min(3, (int) quarter);
        double inside = quarter - face;
        long up = Math.min((long) (inside * root), nside - 1);
        long down = Math.min((long) ((1 - inside) * root), nside - 1);
        return z >= 0 ? number(order, face, nside - down - 1, nside - up - 1) : number(order, face + 8, up, down);
    }

    private static long equatorial(int order, long nside, double z, double quarter) {
        double right = nside * (0.5 + quarter);
        double lift = nside * (z * 0.75);
        long up = (long) Math.floor(right - lift);
        long down = (long) Math.floor(right + lift);
        long faceUp = up >> order;
        long faceDown = down >> order;
        int face;
        if (faceUp == faceDown) {
            face = (int) (faceUp & 3) | 4;
        } else if (faceUp < faceDown) {
            face = (int) (faceUp & 3);
        } else {
            face = (int) (faceDown & 3) + 8;
        }
        return number(order, face, down & (nside - 1), nside - (up & (nside - 1)) - 1);
    }

    private static long number(int order, int face, long x, long y) {
        return ((long) face << (2 * order)) | spread(x) | (spread(y) << 1);
    }

    /**
     * A point of a pixel: (0.5, 0.5) is its centre, (0, 0) its southern corner, (1, 1) its northern one.
     *
     * @param u along the pixel's x axis, 0 to 1
     * @param v along its y axis, 0 to 1
     * @return right ascension in [0, 360) and declination, degrees
     */
    public static double[] point(int order, long pixel, double u, double v) {
        long nside = 1L << checked(order);
        int face = (int) (pixel >> (2 * order));
        if (pixel < 0 || face > 11) {
            throw new IllegalArgumentException("order " + order + " has no pixel " + pixel);
        }
        double x = (compact(pixel & ((1L << (2 * order)) - 1)) + u) / nside;
        double y = (compact((pixel & ((1L << (2 * order)) - 1)) >> 1) + v) / nside;
        double ring = ROW[face] - x - y;
        double dec;
        double width;
        if (ring < 1) {
            width = ring;
            dec = 90 - 2 * Math.toDegrees(Math.asin(ring / Math.sqrt(6)));
        } else if (ring > 3) {
            width = 4 - ring;
            dec = 2 * Math.toDegrees(Math.asin(width / Math.sqrt(6))) - 90;
        } else {
            width = 1;
            dec = Math.toDegrees(Math.asin((2 - ring) * TWO_THIRDS));
        }
        double step = COLUMN[face] * width + x - y;
        double ra = width < 1e-300 ? 0 : 45 * step / width;
        return new double[] {Sphere.normalRa(ra), dec};
    }

    /** Centre of a pixel: right ascension and declination, degrees. */
    public static double[] centre(int order, long pixel) {
        return point(order, pixel, 0.5, 0.5);
    }

    /** The largest distance of any point of any pixel of an order from the pixel's centre, degrees. */
    public static double radius(int order) {
        // the pixels that reach farthest touch the belt's upper corner; Reinecke's max_pixrad in HEALPix C++
        long nside = 1L << checked(order);
        double left = 1 - 1.0 / nside;
        double z = 1 - left * left / 3;
        double ra = Math.toDegrees(Math.PI / (4 * nside));
        return Sphere.separation(ra, Math.toDegrees(Math.asin(TWO_THIRDS)), 0, Math.toDegrees(Math.asin(z)));
    }

    /** The pixel of a coarser order that a pixel lies in. */
    public static long parent(long pixel, int order, int coarser) {
        return pixel >> (2 * (order - coarser));
    }

    private static int checked(int order) {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException("HEALPix order " + order + " is not within 0 to " + MAX_ORDER);
        }
        return order;
    }

    /** Bits moved to the even places. */
    static long spread(long bits) {
        long v = bits & 0xffffffffL;
        v = (v | (v << 16)) & 0x0000ffff0000ffffL;
        v = (v | (v << 8)) & 0x00ff00ff00ff00ffL;
        v = (v | (v << 4)) & 0x0f0f0f0f0f0f0f0fL;
        v = (v | (v << 2)) & 0x3333333333333333L;
        return (v | (v << 1)) & 0x5555555555555555L;
    }

    /** The bits of the even places, moved together. */
    static long compact(long bits) {
        long v = bits & 0x5555555555555555L;
        v = (v | (v >> 1)) & 0x3333333333333333L;
        v = (v | (v >> 2)) & 0x0f0f0f0f0f0f0f0fL;
        v = (v | (v >> 4)) & 0x00ff00ff00ff00ffL;
        v = (v | (v >> 8)) & 0x0000ffff0000ffffL;
        return (v | (v >> 16)) & 0xffffffffL;
    }
}
