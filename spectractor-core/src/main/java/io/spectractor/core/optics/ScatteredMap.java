package io.spectractor.core.optics;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;

/**
 * A map measured at scattered positions on the chip. Immutable.
 *
 * <p>Inside the convex hull of the positions (but for needles along it): the C1 Clough–Tocher interpolant, which passes
 * through the measured values. Outside: a second-degree polynomial fitted to the whole table, which is its trend, plus what
 * the nearest point of that region departs from the trend, fading out smoothly over the spacing of the table. So the map
 * is continuous, and far away no single measurement shifts it: departures from the trend are alike only between neighbours.
 */
public final class ScatteredMap implements PositionMap {
    private final double meanX;
    private final double meanY;
    private final double scale;
    private final double[] x;
    private final double[] y;
    private final int[][] boundary;
    private final CloughTocherSurface surface;
    private final double[] polynomial;
    private final double spacing;

    /**
     * @param xPx columns of the positions, px
     * @param yPx rows, px
     * @param values measured there
     * @throws IllegalArgumentException if there are fewer than 6 points, not as many of each, not finite, coincident,
     *     or all on a line
     */
    public ScatteredMap(double[] xPx, double[] yPx, double[] values) {
        int n = xPx.length;
        if (n < 6 || yPx.length != n || values.length != n) {
            throw new IllegalArgumentException("a map needs at least 6 points with x, y and a value, got " + n + ", "
                    + yPx.length + " and " + values.length);
        }
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(xPx[i] + yPx[i] + values[i])) {
                throw new IllegalArgumentException("point " + i + " of the map is not finite");
            }
            sumX += xPx[i];
            sumY += yPx[i];
        }
        meanX = sumX / n;
        meanY = sumY / n;
        double extent = 0;
        for (int i = 0; i < n; i++) {
            extent = Math.max(extent, Math.max(Math.abs(xPx[i] - meanX), Math.abs(yPx[i] - meanY)));
        }
        scale = extent > 0 ? extent : 1;
        x = new double[n];
        y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (xPx[i] - meanX) / scale;
            y[i] = (yPx[i] - meanY) / scale;
        }
        surface = new CloughTocherSurface(x, y, values);
        boundary = surface.boundary();
        polynomial = fitPolynomial(values);
        spacing = spacing(x, y);
    }

    @Override
    public double at(double xPx, double yPx) {
        double px = (xPx - meanX) / scale;
        double py = (yPx - meanY) / scale;
        double inside = surface.at(px, py);
        if (!Double.isNaN(inside)) {
            return inside;
        }
        double[] edge = nearestOnBoundary(px, py);
        double departure = edge[2] - polynomial(edge[0], edge[1]);
        double away = Math.min(1, Math.hypot(px - edge[0], py - edge[1]) / spacing);
        return polynomial(px, py) + departure * (1 - away * away * (3 - 2 * away));
    }

    @Override
    public boolean covers(double xPx, double yPx) {
        return !Double.isNaN(surface.at((xPx - meanX) / scale, (yPx - meanY) / scale));
    }

    /** Nearest point of the measured region (x, y) and the value there. */
    private double[] nearestOnBoundary(double px, double py) {
        double best = Double.POSITIVE_INFINITY;
        double[] result = {px, py, Double.NaN};
        for (int[] side : boundary) {
            int a = side[0];
            int b = side[1];
            double ex = x[b] - x[a];
            double ey = y[b] - y[a];
            double along = ((px - x[a]) * ex + (py - y[a]) * ey) / (ex * ex + ey * ey);
            double t = Math.max(0, Math.min(1, along));
            double qx = x[a] + t * ex;
            double qy = y[a] + t * ey;
            double distance = Math.hypot(px - qx, py - qy);
            if (distance < best) {
                best = distance;
                result = new double[] {qx, qy, surface.at(qx, qy)};
            }
        }
        return result;
    }

    /** Mean distance to the nearest neighbour. */
    private static double spacing(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < x.length; j++) {
                if (j != i) {
                    nearest = Math.min(nearest, Math.hypot(x[i] - x[j], y[i] - y[j]));
                }
            }
            sum += nearest;
        }
        return sum / x.length;
    }

    private double[] fitPolynomial(double[] values) {
        double[][] rows = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            rows[i] = new double[] {1, x[i], y[i], x[i] * x[i], x[i] * y[i], y[i] * y[i]};
        }
        return new QRDecomposition(new Array2DRowRealMatrix(rows, false))
                .getSolver()
                .solve(new ArrayRealVector(values))
                .toArray();
    }

    private double polynomial(double px, double py) {
        double[] c = polynomial;
        return c[0] + px * (c[1] + c[3] * px + c[4] * py) + py * (c[2] + c[5] * py);
    }
}
