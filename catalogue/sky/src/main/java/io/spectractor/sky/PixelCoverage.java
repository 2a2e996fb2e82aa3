package io.spectractor.sky;

import java.util.Arrays;

/** Ranges of order-29 pixels, ascending and apart, that hold a region as a whole: never too small. Immutable. */
public final class PixelCoverage {
    /** What rounding may do to an angle, degrees: far more than it does, far less than a pixel of order 29 (0.0004 arcsec). */
    static final double SLACK = 1e-10;

    private final long[] bounds;

    private PixelCoverage(long[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Covers a region.
     *
     * @param region the region
     * @param order finest pixels that are looked at; those on the border are in it as a whole
     */
    public static PixelCoverage of(Region region, int order) {
        Builder builder = new Builder(region, order);
        for (int face = 0; face < 12; face++) {
            builder.add(0, face);
        }
        return new PixelCoverage(Arrays.copyOf(builder.bounds, builder.size));
    }

    /** Number of ranges. */
    public int size() {
        return bounds.length / 2;
    }

    /** First order-29 pixel of a range. */
    public long first(int range) {
        return bounds[2 * range];
    }

    /** The order-29 pixel after the last one of a range. */
    public long end(int range) {
        return bounds[2 * range + 1];
    }

    /** Whether any of the order-29 pixels from {@code first} to before {@code end} is covered. */
    public boolean meets(long first, long end) {
        int at = Arrays.binarySearch(bounds, first);
        int after = at >= 0 ? at + 1 : -at - 1;
        // after an odd number of bounds we are inside a range
        return after % 2 == 1 || (after < bounds.length && bounds[after] < end);
    }

    /** Whether an order-29 pixel is covered. */
    public boolean holds(long pixel) {
        return meets(pixel, pixel + 1);
    }

    /** Whether a pixel of any order has covered ones in it. */
    public boolean meets(int order, long pixel) {
        int shift = 2 * (Healpix.MAX_ORDER - order);
        return meets(pixel << shift, (pixel + 1) << shift);
    }

    private static final class Builder {
        private final Region region;
        private final int order;
        private final double[] radius = new double[Healpix.MAX_ORDER + 1];
        private long[] bounds = new long[16];
        private int size;

        Builder(Region region, int order) {
            this.region = region;
            this.order = order;
            for (int k = 0; k <= order; k++) {
                radius[k] = Healpix.radius(k);
            }
        }

        void add(int k, long pixel) {
            double[] centre = Healpix.centre(k, pixel);
            if (!region.mayOverlap(centre[0], centre[1], radius[k])) {
                return;
            }
            if (k == order || region.containsCircle(centre[0], centre[1], radius[k])) {
                int shift = 2 * (Healpix.MAX_ORDER - k);
                append(pixel << shift, (pixel + 1) << shift);
                return;
            }
            for (int child = 0; child < 4; child++) {
                add(k + 1, 4 * pixel + child);
            }
        }

        private void append(long first, long end) {
            if (size > 0 && bounds[size - 1] == first) {
                bounds[size - 1] = end;
                return;
            }
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
            }
            bounds[size++] = first;
            bounds[size++] = end;
        }
    }
}
