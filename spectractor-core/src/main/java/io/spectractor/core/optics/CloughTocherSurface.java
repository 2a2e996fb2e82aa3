package io.spectractor.core.optics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Piecewise cubic surface with continuous first derivatives through scattered points (Clough and Tocher 1965) over
 * their Delaunay triangulation.
 *
 * <p>Gradients at the points minimise the curvature of the cubics along all edges (Nielson 1983; Renka and Cline 1984),
 * a linear system that is solved exactly. Along each edge the derivative towards the neighbouring triangle's centroid
 * is linear, which makes the surface independent of affine changes of the coordinates.
 *
 * <p>Positions in almost straight rows leave needle-shaped triangles along the convex hull, in which the surface follows
 * the values at the needle's ends instead of the one in its middle. They count for the gradients, but not as covered.
 */
final class CloughTocherSurface {
    /** Barycentric coordinates down to minus this still count as inside. */
    private static final double ROUNDING = 1e-10;

    /** Height over base below which a triangle at the edge is a needle. */
    private static final double NEEDLE = 0.05;

    private final double[] x;
    private final double[] y;
    private final int[][] triangles;
    private final boolean[] needle;
    private final int[][] boundary;
    /** Bézier ordinates, see {@link Ordinate}. */
    private final double[][] ordinates;

    /** Where the ordinates of a triangle with corners 0, 1, 2 and centroid 3 are kept. */
    private static final class Ordinate {
        /** Corner i. */
        static final int CORNER = 0;
        /** One third from corner i towards corner i+1, then from i towards i+2. */
        static final int NEXT = 3;

        static final int PREVIOUS = 6;
        /** One third from corner i towards the centroid. */
        static final int INWARD = 9;
        /** Centre of the sub-triangle on the edge opposite to corner i. */
        static final int EDGE = 12;
        /** Two thirds from corner i towards the centroid. */
        static final int RING = 15;
        /** The centroid. */
        static final int CENTRE = 18;

        private Ordinate() {}
    }

    /**
     * @param x coordinates of order one
     * @param y same
     * @param values at the points
     */
    CloughTocherSurface(double[] x, double[] y, double[] values) {
        this.x = x.clone();
        this.y = y.clone();
        DelaunayTriangulation delaunay = new DelaunayTriangulation(x, y);
        List<int[]> list = delaunay.triangles();
        this.triangles = list.toArray(new int[0][]);
        int[][] neighbours = delaunay.neighbours();
        this.needle = new boolean[triangles.length];
        this.boundary = removeSlivers(neighbours);
        double[] gradient = gradients(neighbours, values);
        this.ordinates = new double[triangles.length][];
        for (int t = 0; t < triangles.length; t++) {
            ordinates[t] = ordinates(t, neighbours[t], values, gradient);
        }
    }

    /** Edges of the covered region, each from point to point. */
    int[][] boundary() {
        return boundary.clone();
    }

    /** Value, or NaN outside the covered region. */
    double at(double px, double py) {
        for (int t = 0; t < triangles.length; t++) {
            if (needle[t]) {
                continue;
            }
            int[] v = triangles[t];
            double l0 = barycentric(v[0], v[1], v[2], px, py);
            double l1 = barycentric(v[1], v[2], v[0], px, py);
            double l2 = 1 - l0 - l1;
            if (l0 >= -ROUNDING && l1 >= -ROUNDING && l2 >= -ROUNDING) {
                return evaluate(ordinates[t], l0, l1, l2);
            }
        }
        return Double.NaN;
    }

    /** Marks needles from outside inwards and returns the edges that then bound the rest. */
    private int[][] removeSlivers(int[][] neighbours) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int t = 0; t < triangles.length; t++) {
                for (int k = 0; k < 3 && !needle[t]; k++) {
                    needle[t] = isOuter(neighbours[t][k]) && flatness(triangles[t], k) < NEEDLE;
                    changed |= needle[t];
                }
            }
        }
        List<int[]> edges = new ArrayList<>();
        for (int t = 0; t < triangles.length; t++) {
            for (int k = 0; k < 3; k++) {
                if (!needle[t] && isOuter(neighbours[t][k])) {
                    edges.add(new int[] {triangles[t][(k + 1) % 3], triangles[t][(k + 2) % 3]});
                }
            }
        }
        return edges.toArray(new int[0][]);
    }

    private boolean isOuter(int neighbour) {
        return neighbour < 0 || needle[neighbour];
    }

    /** Height of corner k over the edge opposite to it, in lengths of that edge. */
    private double flatness(int[] v, int k) {
        double ex = x[v[(k + 2) % 3]] - x[v[(k + 1) % 3]];
        double ey = y[v[(k + 2) % 3]] - y[v[(k + 1) % 3]];
        double cross = ex * (y[v[k]] - y[v[(k + 1) % 3]]) - ey * (x[v[k]] - x[v[(k + 1) % 3]]);
        return Math.abs(cross) / (ex * ex + ey * ey);
    }

    /** Share of corner a in the barycentric coordinates of a position. */
    private double barycentric(int a, int b, int c, double px, double py) {
        double whole = (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
        return ((x[b] - px) * (y[c] - py) - (y[b] - py) * (x[c] - px)) / whole;
    }

    private static double evaluate(double[] o, double l0, double l1, double l2) {
        int k = l0 <= l1 && l0 <= l2 ? 0 : l1 <= l2 ? 1 : 2;
        int i = (k + 1) % 3;
        int j = (k + 2) % 3;
        double lk = k == 0 ? l0 : k == 1 ? l1 : l2;
        double u = (i == 0 ? l0 : i == 1 ? l1 : l2) - lk;
        double v = (j == 0 ? l0 : j == 1 ? l1 : l2) - lk;
        double w = 3 * lk;
        return u * u * u * o[Ordinate.CORNER + i]
                + v * v * v * o[Ordinate.CORNER + j]
                + w * w * w * o[Ordinate.CENTRE]
                + 3 * u * v * (u * o[Ordinate.NEXT + i] + v * o[Ordinate.PREVIOUS + j])
                + 3 * w * (u * u * o[Ordinate.INWARD + i] + v * v * o[Ordinate.INWARD + j])
                + 3 * w * w * (u * o[Ordinate.RING + i] + v * o[Ordinate.RING + j])
                + 6 * u * v * w * o[Ordinate.EDGE + k];
    }

    /** Gradients (x, y for each point) that minimise the integral of the squared second derivative along the edges. */
    private double[] gradients(int[][] neighbours, double[] values) {
        int n = x.length;
        RealMatrix matrix = new Array2DRowRealMatrix(2 * n, 2 * n);
        RealVector right = new ArrayRealVector(2 * n);
        for (int t = 0; t < triangles.length; t++) {
            for (int k = 0; k < 3; k++) {
                int p = triangles[t][(k + 1) % 3];
                int q = triangles[t][(k + 2) % 3];
                boolean once = neighbours[t][k] < 0 || p < q;
                if (once) {
                    addEdge(matrix, right, p, q, values[q] - values[p]);
                }
            }
        }
        return new CholeskyDecomposition(matrix).getSolver().solve(right).toArray();
    }

    private void addEdge(RealMatrix matrix, RealVector right, int p, int q, double rise) {
        double[] e = {x[q] - x[p], y[q] - y[p]};
        double weight = Math.pow(Math.hypot(e[0], e[1]), -3);
        for (int a = 0; a < 2; a++) {
            right.addToEntry(2 * p + a, 3 * rise * weight * e[a]);
            right.addToEntry(2 * q + a, 3 * rise * weight * e[a]);
            for (int b = 0; b < 2; b++) {
                double product = weight * (e[a] * e[b]);
                matrix.addToEntry(2 * p + a, 2 * p + b, 2 * product);
                matrix.addToEntry(2 * q + a, 2 * q + b, 2 * product);
                matrix.addToEntry(2 * p + a, 2 * q + b, product);
                matrix.addToEntry(2 * q + a, 2 * p + b, product);
            }
        }
    }

    private double[] ordinates(int t, int[] neighbours, double[] values, double[] gradient) {
        double[] o = new double[19];
        int[] v = triangles[t];
        for (int i = 0; i < 3; i++) {
            int next = v[(i + 1) % 3];
            int previous = v[(i + 2) % 3];
            o[Ordinate.CORNER + i] = values[v[i]];
            o[Ordinate.NEXT + i] = values[v[i]] + slope(gradient, v[i], next) / 3;
            o[Ordinate.PREVIOUS + i] = values[v[i]] + slope(gradient, v[i], previous) / 3;
            o[Ordinate.INWARD + i] = (o[Ordinate.CORNER + i] + o[Ordinate.NEXT + i] + o[Ordinate.PREVIOUS + i]) / 3;
        }
        for (int k = 0; k < 3; k++) {
            o[Ordinate.EDGE + k] = edgeOrdinate(o, v, k, neighbours[k]);
        }
        for (int i = 0; i < 3; i++) {
            o[Ordinate.RING + i] =
                    (o[Ordinate.INWARD + i] + o[Ordinate.EDGE + (i + 1) % 3] + o[Ordinate.EDGE + (i + 2) % 3]) / 3;
            o[Ordinate.CENTRE] += o[Ordinate.RING + i] / 3;
        }
        return o;
    }

    private double slope(double[] gradient, int from, int to) {
        return gradient[2 * from] * (x[to] - x[from]) + gradient[2 * from + 1] * (y[to] - y[from]);
    }

    /**
     * The ordinate that makes the derivative across the edge opposite to corner k linear. The direction of that
     * derivative, in shares (a, b, c) of the edge's ends and of the own centroid with a + b + c = 0, points to the
     * neighbour's centroid, or away from the middle of an edge of the hull.
     */
    private double edgeOrdinate(double[] o, int[] v, int k, int neighbour) {
        int i = (k + 1) % 3;
        int j = (k + 2) % 3;
        double a = -0.5;
        double b = -0.5;
        double c = 1;
        if (neighbour >= 0) {
            int[] w = triangles[neighbour];
            double nx = (x[w[0]] + x[w[1]] + x[w[2]]) / 3;
            double ny = (y[w[0]] + y[w[1]] + y[w[2]]) / 3;
            double lk = barycentric(v[k], v[i], v[j], nx, ny);
            double li = barycentric(v[i], v[j], v[k], nx, ny);
            // in the sub-triangle (i, j, centroid) the shares are li - lk, lj - lk, 3 lk
            a = li - lk;
            c = 3 * lk - 1;
            b = -a - c;
        }
        double atI = a * o[Ordinate.CORNER + i] + b * o[Ordinate.NEXT + i] + c * o[Ordinate.INWARD + i];
        double atJ = a * o[Ordinate.PREVIOUS + j] + b * o[Ordinate.CORNER + j] + c * o[Ordinate.INWARD + j];
        return ((atI + atJ) / 2 - a * o[Ordinate.NEXT + i] - b * o[Ordinate.PREVIOUS + j]) / c;
    }
}
