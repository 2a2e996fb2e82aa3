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
    /** Points on the border as unit vectors. */
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
            border[i] = vector(Healpix.point(order, pixel, t, 0));
            border[POINTS_OF_EDGE + i] = vector(Healpix.point(order, pixel, 1, t));
            border[2 * POINTS_OF_EDGE + i] = vector(Healpix.point(order, pixel, 1 - t, 1));
            border[3 * POINTS_OF_EDGE + i] = vector(Healpix.point(order, pixel, 0, 1 - t));
        }
        double widest = 0;
        for (int i = 0; i < border.length; i++) {
            widest = Math.max(widest, distance(border[i], border[(i + 1) % border.length]));
        }
        widest = angle(widest);
        // points of a curved edge are at most a little more than half a spacing from the nearest one
        this.slack = 0.75 * widest;
    }

    private static double[] vector(double[] position) {
        double lambda = Math.toRadians(position[0]);
        double phi = Math.toRadians(position[1]);
        return new double[] {Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)};
    }

    /** Square of the straight line between two points of the unit sphere: many are compared, an angle is made of one. */
    private static double distance(double[] a, double[] b) {
        double x = a[0] - b[0];
        double y = a[1] - b[1];
        double z = a[2] - b[2];
        return x * x + y * y + z * z;
    }

    private static double angle(double square) {
        return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(square) / 2)));
    }

    private double borderDistance(double ra, double dec) {
        double[] at = vector(new double[] {ra, dec});
        double nearest = 4;
        for (double[] point : border) {
            nearest = Math.min(nearest, distance(point, at));
        }
        return angle(nearest);
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
