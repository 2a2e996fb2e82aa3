package io.spectractor.serve.adql;

import io.spectractor.sky.Cone;
import io.spectractor.sky.Polygon;
import io.spectractor.sky.Region;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A point or region of the sky in a query, its numbers being the engine's SQL, degrees. */
sealed interface Shape {
    /** A number: its SQL, and its value where it is constant. */
    record Angle(String sql, @Nullable Double value) {
        static Angle of(double value) {
            return new Angle(number(value), value);
        }
    }

    /** A position. */
    record PointShape(Angle ra, Angle dec) implements Shape {}

    /** All within an angle of a position. */
    record CircleShape(PointShape centre, Angle radius) implements Shape {
        @Nullable
        Region region() {
            Double ra = centre.ra().value();
            Double dec = centre.dec().value();
            Double size = radius.value();
            return ra == null || dec == null || size == null ? null : new Cone(ra, dec, size);
        }
    }

    /** The inside of constant corners. */
    record PolygonShape(double[] ra, double[] dec) implements Shape {
        /**
         * Area in square degrees: the sum of the triangles from the middle to each side, whose excess is that of Eriksson
         * (1990), {@code tan(E/2) = a·(b×c) / (1 + a·b + b·c + c·a)}.
         */
        double area() {
            double[] m = middle();
            double sum = 0;
            for (int i = 0; i < ra.length; i++) {
                double[] a = vector(ra[i], dec[i]);
                double[] b = vector(ra[(i + 1) % ra.length], dec[(i + 1) % ra.length]);
                sum += 2 * Math.atan2(inner(m, cross(a, b)), 1 + inner(a, b) + inner(b, m) + inner(m, a));
            }
            return Math.abs(sum) * Math.toDegrees(1) * Math.toDegrees(1);
        }

        /**
         * Direction to the centre of gravity of the area: by Stokes' theorem half the sum over the sides of their length
         * times the unit vector at right angles to their plane.
         */
        PointShape centroid() {
            double[] sum = new double[3];
            for (int i = 0; i < ra.length; i++) {
                double[] a = vector(ra[i], dec[i]);
                double[] b = vector(ra[(i + 1) % ra.length], dec[(i + 1) % ra.length]);
                double[] normal = cross(a, b);
                double sine = Math.sqrt(inner(normal, normal));
                double factor = sine == 0 ? 0 : Math.atan2(sine, inner(a, b)) / sine;
                for (int k = 0; k < 3; k++) {
                    sum[k] += factor * normal[k];
                }
            }
            double sign = inner(sum, middle()) < 0 ? -1 : 1;
            double lon = Math.toDegrees(Math.atan2(sign * sum[1], sign * sum[0]));
            double lat = Math.toDegrees(Math.atan2(sign * sum[2], Math.hypot(sum[0], sum[1])));
            return new PointShape(constant((lon + 360) % 360), constant(lat));
        }

        private static Angle constant(double value) {
            return new Angle(number(value), value);
        }

        /** Direction to the sum of the corners, of length 1. */
        private double[] middle() {
            double[] sum = new double[3];
            for (int i = 0; i < ra.length; i++) {
                double[] corner = vector(ra[i], dec[i]);
                for (int k = 0; k < 3; k++) {
                    sum[k] += corner[k];
                }
            }
            double size = Math.sqrt(inner(sum, sum));
            return new double[] {sum[0] / size, sum[1] / size, sum[2] / size};
        }

        Region region() {
            return new Polygon(ra, dec);
        }
    }

    /** A number as a literal of type double. */
    static String number(double value) {
        String text = Double.toString(value);
        String literal = text.contains("E") ? text : text + "e0";
        return value < 0 ? "(" + literal + ")" : literal;
    }

    /** Angle between two positions, degrees: Vincenty's formula on the sphere, as {@code sky.Sphere} has it. */
    static String distance(PointShape a, PointShape b) {
        String lambda = "radians((" + b.ra().sql() + ") - (" + a.ra().sql() + "))";
        String one = "radians(" + a.dec().sql() + ")";
        String two = "radians(" + b.dec().sql() + ")";
        return String.format(
                Locale.ROOT,
                "degrees(atan2(sqrt(pow(cos(%3$s)*sin(%1$s), 2)"
                        + " + pow(cos(%2$s)*sin(%3$s) - sin(%2$s)*cos(%3$s)*cos(%1$s), 2)),"
                        + " sin(%2$s)*sin(%3$s) + cos(%2$s)*cos(%3$s)*cos(%1$s)))",
                lambda,
                one,
                two);
    }

    /** Whether a position lies in a circle, the border included. */
    static String inCircle(PointShape point, CircleShape circle) {
        String dec = circle.centre().dec().sql();
        String radius = circle.radius().sql();
        // what follows from the distance, said so that joins need not try every pair
        return "(" + point.dec().sql() + " >= (" + dec + ") - (" + radius + ") - 1e-9 AND "
                + point.dec().sql() + " <= (" + dec + ") + (" + radius + ") + 1e-9 AND "
                + distance(point, circle.centre()) + " <= " + radius + ")";
    }

    /** Whether a position lies in a polygon: the direction to a point that walks round the border turns once. */
    static String inPolygon(PointShape point, PolygonShape polygon) {
        String ra = "radians(" + point.ra().sql() + ")";
        String dec = "radians(" + point.dec().sql() + ")";
        String x = "cos(" + dec + ")*cos(" + ra + ")";
        String y = "cos(" + dec + ")*sin(" + ra + ")";
        String z = "sin(" + dec + ")";
        int n = polygon.ra().length;
        double[][] corners = new double[n][];
        double[] sum = new double[3];
        for (int i = 0; i < n; i++) {
            corners[i] = vector(polygon.ra()[i], polygon.dec()[i]);
            for (int k = 0; k < 3; k++) {
                sum[k] += corners[i][k];
            }
        }
        StringBuilder turned = new StringBuilder();
        for (int i = 0; i < n; i++) {
            double[] a = corners[i];
            double[] b = corners[(i + 1) % n];
            double[] normal = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
            double between = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
            turned.append(i == 0 ? "" : " + ")
                    .append("atan2(")
                    .append(dot(normal, x, y, z))
                    .append(", ")
                    .append(number(between))
                    .append(" - (")
                    .append(dot(a, x, y, z))
                    .append(")*(")
                    .append(dot(b, x, y, z))
                    .append("))");
        }
        return "(" + dot(sum, x, y, z) + " > 0 AND abs(" + turned + ") > 3)";
    }

    private static String dot(double[] v, String x, String y, String z) {
        return number(v[0]) + "*" + x + " + " + number(v[1]) + "*" + y + " + " + number(v[2]) + "*" + z;
    }

    private static double inner(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double[] vector(double ra, double dec) {
        double phi = Math.toRadians(dec);
        double lambda = Math.toRadians(ra);
        return new double[] {Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)};
    }

    /**
     * A box of ADQL 2.1: its sides are great circles, at right angles to the arms of a cross at its centre. They are straight
     * lines in the plane that touches the sphere there.
     */
    static PolygonShape box(double ra, double dec, double width, double height) {
        double x = Math.tan(Math.toRadians(width / 2));
        double y = Math.tan(Math.toRadians(height / 2));
        double[] xs = {x, x, -x, -x};
        double[] ys = {-y, y, y, -y};
        double[] ras = new double[4];
        double[] decs = new double[4];
        double phi = Math.toRadians(dec);
        for (int i = 0; i < 4; i++) {
            double down = Math.cos(phi) - ys[i] * Math.sin(phi);
            double up = Math.sin(phi) + ys[i] * Math.cos(phi);
            ras[i] = ((ra + Math.toDegrees(Math.atan2(xs[i], down))) % 360 + 360) % 360;
            decs[i] = Math.toDegrees(Math.atan2(up, Math.hypot(xs[i], down)));
        }
        return new PolygonShape(ras, decs);
    }
}
