package io.spectractor.sky;

import java.util.Arrays;

/** The inside of a closed line of great-circle arcs, convex or not, smaller than a hemisphere. Immutable. */
public final class Polygon implements Region {
    private final double[] ra;
    private final double[] dec;
    private final double[][] corner;
    private final double[] middle;

    /**
     * @param ra right ascensions of the corners, degrees
     * @param dec declinations of the corners, degrees
     * @throws IllegalArgumentException if there are fewer than three corners, or they reach 90 degrees from their middle
     */
    public Polygon(double[] ra, double[] dec) {
        if (ra.length != dec.length || ra.length < 3) {
            throw new IllegalArgumentException(
                    "a polygon has three corners or more, each of a right ascension and a declination");
        }
        this.ra = Arrays.stream(ra).map(Sphere::normalRa).toArray();
        this.dec = Arrays.stream(dec).map(Sphere::checkedDec).toArray();
        this.corner = new double[ra.length][];
        double[] sum = new double[3];
        for (int i = 0; i < ra.length; i++) {
            corner[i] = vector(this.ra[i], this.dec[i]);
            if (i > 0 && Sphere.separation(this.ra[i - 1], this.dec[i - 1], this.ra[i], this.dec[i]) == 0) {
                throw new IllegalArgumentException("corners " + i + " and " + (i + 1) + " of the polygon are one");
            }
            for (int k = 0; k < 3; k++) {
                sum[k] += corner[i][k];
            }
        }
        this.middle = sum;
        for (double[] point : corner) {
            if (dot(point, sum) <= 0) {
                throw new IllegalArgumentException("the polygon reaches 90 degrees from its middle; divide it");
            }
        }
    }

    @Override
    public boolean contains(double pointRa, double pointDec) {
        double[] point = vector(pointRa, pointDec);
        if (dot(point, middle) <= 0) {
            return false;
        }
        // the direction to a point that walks round the border turns once if the border goes round us
        double turned = 0;
        double[] east = {-Math.sin(Math.toRadians(pointRa)), Math.cos(Math.toRadians(pointRa)), 0};
        double[] north = cross(point, east);
        double before = 0;
        for (int i = 0; i <= corner.length; i++) {
            double[] there = corner[i % corner.length];
            double x = dot(there, east);
            double y = dot(there, north);
            if (x == 0 && y == 0) {
                return true;
            }
            double angle = Math.atan2(y, x);
            if (i > 0) {
                double step = angle - before;
                turned += step > Math.PI ? step - 2 * Math.PI : step < -Math.PI ? step + 2 * Math.PI : step;
            }
            before = angle;
        }
        return Math.abs(turned) > Math.PI;
    }

    @Override
    public boolean mayOverlap(double circleRa, double circleDec, double radius) {
        return contains(circleRa, circleDec) || border(circleRa, circleDec) <= radius + PixelCoverage.SLACK;
    }

    @Override
    public boolean containsCircle(double circleRa, double circleDec, double radius) {
        return contains(circleRa, circleDec) && border(circleRa, circleDec) > radius + PixelCoverage.SLACK;
    }

    /** Distance of a position from the border, degrees. */
    private double border(double pointRa, double pointDec) {
        double[] point = vector(pointRa, pointDec);
        double nearest = 180;
        for (int i = 0; i < corner.length; i++) {
            int next = (i + 1) % corner.length;
            nearest = Math.min(nearest, Sphere.separation(ra[i], dec[i], pointRa, pointDec));
            double[] pole = cross(corner[i], corner[next]);
            double size = Math.sqrt(dot(pole, pole));
            if (size > 0 && dot(cross(pole, corner[i]), point) > 0 && dot(cross(corner[next], pole), point) > 0) {
                double sine = Math.abs(dot(pole, point)) / size;
                nearest = Math.min(nearest, Math.toDegrees(Math.asin(Math.min(1, sine))));
            }
        }
        return nearest;
    }

    private static double[] vector(double ra, double dec) {
        double phi = Math.toRadians(dec);
        double lambda = Math.toRadians(ra);
        return new double[] {Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
