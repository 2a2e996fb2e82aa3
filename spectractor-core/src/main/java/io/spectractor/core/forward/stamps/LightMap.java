package io.spectractor.core.forward.stamps;

import io.spectractor.core.calibration.OrderOverlap.Overlap;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

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

    /** Lowest column that light comes from; 0 if there is no light. */
    public int firstSource() {
        return Arrays.stream(source).filter(s -> s >= 0).min().orElse(0);
    }

    /** Highest of the left ones of the columns that light comes from; 0 if there is no light. */
    public int lastSource() {
        return Arrays.stream(source).max().stream()
                .map(s -> Math.max(0, s))
                .findFirst()
                .orElse(0);
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
     * An order of elimination for matrices of stamps with stamps under which little fills in. A column that this order puts
     * light into, x, couples with the columns about the one that the light comes from, s(x), and each with its own
     * neighbours: two strips side by side, joined by the columns between them. First come those between, a band; then both
     * strips together, each source where its light falls, a band of twice the width; last the sources next to those
     * between, the border.
     */
    public int[] eliminationOrder() {
        double[] place = new double[n];
        Arrays.fill(place, -1);
        for (int j = source.length - 1; j >= 0; j--) {
            if (source[j] >= 0) {
                place[source[j]] = j - pad;
                place[Math.min(source[j] + 1, n - 1)] = j - pad;
            }
        }
        boolean[] between = new boolean[n];
        for (int i = 0; i < n; i++) {
            boolean target = source[i + pad] >= 0;
            between[i] = !target && place[i] < 0;
            place[i] = target ? i : place[i];
        }
        for (int i = 0; i < n; i++) {
            if (between[i]) {
                place[i] = i - 2.0 * n;
            } else if (source[i + pad] < 0 && isNear(between, i)) {
                place[i] = i + 2.0 * n;
            }
        }
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> place[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Whether a stamp shares pixels with one of some columns'. */
    private boolean isNear(boolean[] columns, int i) {
        for (int j = Math.max(0, i - 2 * pad); j <= Math.min(n - 1, i + 2 * pad); j++) {
            if (columns[j]) {
                return true;
            }
        }
        return false;
    }
}
