package io.spectractor.core.forward.stamps;

import io.spectractor.core.calibration.OrderOverlap.Overlap;

/**
 * The light of an order per column as a linear map of the amplitudes of the first order, b = G a, with at most two entries
 * per row. It covers columns half a stamp beyond both ends of the spectrum too, whose light reaches the columns inside.
 * Immutable.
 */
public final class LightMap {
    private final int n;
    private final int pad;
    private final int[] source;
    private final double[] left;
    private final double[] right;
    private final int firstLit;

    private LightMap(int n, int pad, int[] source, double[] left, double[] right) {
        this.n = n;
        this.pad = pad;
        this.source = source;
        this.left = left;
        this.right = right;
        int lit = 0;
        while (lit < source.length && source[lit] < 0) {
            lit++;
        }
        this.firstLit = lit - pad;
    }

    /**
     * The first order itself: the amplitudes inside, and beyond the ends the last ones times what the reference has there.
     *
     * @param expected what the first order should look like in all columns, pad columns beyond both ends included; or null
     *     for no light there
     */
    public static LightMap ofFirst(int n, int pad, double @org.jspecify.annotations.Nullable [] expected) {
        int[] source = new int[n + 2 * pad];
        double[] left = new double[source.length];
        for (int i = 0; i < source.length; i++) {
            int inside = Math.min(n - 1, Math.max(0, i - pad));
            double share = inside == i - pad ? 1 : expected == null ? 0 : expected[i] / expected[inside + pad];
            source[i] = share > 0 ? inside : -1;
            left[i] = share > 0 ? Math.min(share, 1) : 0;
        }
        return new LightMap(n, pad, source, left, new double[source.length]);
    }

    /**
     * A higher order, whose light comes from between two columns of the first.
     *
     * @param overlap what geometry and disperser predict for all columns, pad columns beyond both ends included
     * @param scale factor on it
     */
    public static LightMap ofHigher(Overlap overlap, int n, int pad, double scale) {
        int[] source = new int[n + 2 * pad];
        double[] left = new double[source.length];
        double[] right = new double[source.length];
        for (int j = 0; j < source.length; j++) {
            double position = overlap.source()[j];
            source[j] = -1;
            if (!Double.isNaN(position) && overlap.gain()[j] > 0) {
                source[j] = (int) Math.min(position, n - 2.0);
                right[j] = (position - source[j]) * overlap.gain()[j] * scale;
                left[j] = overlap.gain()[j] * scale - right[j];
            }
        }
        return new LightMap(n, pad, source, left, right);
    }

    /** First column, negative: of those beyond the left end. */
    public int from() {
        return -pad;
    }

    /** Column after the last. */
    public int to() {
        return n + pad;
    }

    /** Left one of the two columns that a column's light comes from, -1 if there is none. */
    public int source(int column) {
        return source[column + pad];
    }

    public double left(int column) {
        return left[column + pad];
    }

    public double right(int column) {
        return right[column + pad];
    }

    /** First column with light, {@link #to()} if there is none. */
    public int firstLit() {
        return firstLit;
    }

    /** G a: all columns from {@link #from()} on. */
    public double[] apply(double[] amplitudes) {
        double[] light = new double[source.length];
        for (int j = 0; j < light.length; j++) {
            if (source[j] >= 0) {
                light[j] = left[j] * amplitudes[source[j]];
                if (right[j] != 0) {
                    light[j] += right[j] * amplitudes[source[j] + 1];
                }
            }
        }
        return light;
    }

    /** Adds the transpose of G times a vector over all columns from {@link #from()} on. */
    public void addTransposed(double[] light, double[] amplitudes) {
        for (int j = 0; j < light.length; j++) {
            if (source[j] >= 0) {
                amplitudes[source[j]] += left[j] * light[j];
                if (right[j] != 0) {
                    amplitudes[source[j] + 1] += right[j] * light[j];
                }
            }
        }
    }

    /**
     * An order of elimination: columns without a share in this order, whose equations are a band, before those with one,
     * which couple to columns far away.
     */
    public int[] eliminationOrder() {
        boolean[] shares = new boolean[n];
        for (int j = 0; j < source.length; j++) {
            if (source[j] >= 0) {
                shares[source[j]] = true;
                shares[Math.min(source[j] + 1, n - 1)] = true;
            }
        }
        int[] order = new int[n];
        int k = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < n; i++) {
                if (shares[i] == (pass == 1)) {
                    order[k++] = i;
                }
            }
        }
        return order;
    }
}
