package io.spectractor.sky;

/**
 * A HEALPix pixel and all positions within an angle of it. The border is known by points on it: what is within half their
 * spacing more may count as in it too, never less.
 */
public final class PixelNeighbourhood implements Region {
    private static final int POINTS_OF_EDGE = 16;

    private final int order;
    private final long pixel;
    private final double radius;
    private final double[][] border = new double[4 * POINTS_OF_EDGE][];
    private final double slack;

    /**
     * @param order HEALPix order
     * @param pixel number in the NESTED scheme
     * @param radius how far around it, degrees
     */
    public PixelNeighbourhood(int order, long pixel, double radius) {
        this.order = order;
        this.pixel = pixel;
        this.radius = radius;
        for (int i = 0; i < POINTS_OF_EDGE; i++) {
            double t = (double) i / POINTS_OF_EDGE;
            border[i] = Healpix.point(order, pixel, t, 0);
            border[POINTS_OF_EDGE + i] = Healpix.point(order, pixel, 1, t);
            border[2 * POINTS_OF_EDGE + i] = Healpix.point(order, pixel, 1 - t, 1);
            border[3 * POINTS_OF_EDGE + i] = Healpix.point(order, pixel, 0, 1 - t);
        }
        double widest = 0;
        for (int i = 0; i < border.length; i++) {
            double[] next = border[(i + 1) % border.length];
            widest = Math.max(widest, Sphere.separation(border[i][0], border[i][1], next[0], next[1]));
        }
        // points of a curved edge are at most a little more than half a spacing from the nearest one
        this.slack = 0.75 * widest;
    }

    private double borderDistance(double ra, double dec) {
        double nearest = 180;
        for (double[] point : border) {
            nearest = Math.min(nearest, Sphere.separation(point[0], point[1], ra, dec));
        }
        return nearest;
    }

    @Override
    public boolean contains(double ra, double dec) {
        return mayOverlap(ra, dec, 0);
    }

    @Override
    public boolean mayOverlap(double ra, double dec, double circle) {
        return Healpix.pixel(order, ra, dec) == pixel
                || borderDistance(ra, dec) <= circle + radius + slack + PixelCoverage.SLACK;
    }

    @Override
    public boolean containsCircle(double ra, double dec, double circle) {
        return Healpix.pixel(order, ra, dec) == pixel && borderDistance(ra, dec) > circle + slack + PixelCoverage.SLACK;
    }
}
