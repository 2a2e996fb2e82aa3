package io.spectractor.sky;

import java.util.Arrays;

/**
 * The positions of one table by the HEALPix cells that circles around them touch, to find those near another position. Where
 * that one's pixel is known, as it is in a HATS catalogue, a look into a table of cells tells that it has no neighbour, without
 * any trigonometry. Exact on the sphere, poles and 0h included. Immutable: several threads may ask at once.
 */
public final class Neighbours {
    /**
     * A step of one radian on the sphere moves both coordinates inside a base pixel by no more than so many of its sides. In the
     * belt the gradient of either is at most hypot(3/4, (2/π)/cos δ) = 1.14 at sin δ = 2/3; in the caps, by x = 1 - (1 - φ)
     * √6 sin(θ/2) with φ in quarters of a turn, at most hypot(√6/2, (√6/π)/cos(θ/2)) = 1.49 (Górski et al. 2005, section 5).
     */
    private static final double STEEPEST = 1.5;
    /** Other programs round the pixel of a position on a border the other way. */
    private static final int ROUNDING = 2;

    private static final double WIDEST = 0.5;
    private static final double USUAL = 1.0 / 16;

    private final double radius;
    private final int shift;
    private final long firstCell;
    private final long lastCell;
    private final int bucketShift;
    private final int[] bucket;
    private long[] cell;
    private int[] row;
    private int entries;
    private final double[] ra;
    private final double[] dec;

    /**
     * Neighbours of any position.
     *
     * @param ra right ascensions, degrees
     * @param dec declinations, degrees
     * @param radius how far neighbours may be, degrees, up to 90
     */
    public Neighbours(double[] ra, double[] dec, double radius) {
        this(pixels(ra, dec), ra, dec, radius, 0, Healpix.pixels(Healpix.MAX_ORDER));
    }

    /**
     * Neighbours of positions in a range of pixels.
     *
     * @param pixels order-29 pixels of the positions
     * @param ra right ascensions, degrees
     * @param dec declinations, degrees
     * @param radius how far neighbours may be, degrees, up to 90
     * @param first first order-29 pixel of the positions that will be asked for
     * @param end the order-29 pixel after their last one
     */
    public Neighbours(long[] pixels, double[] ra, double[] dec, double radius, long first, long end) {
        if (!(radius >= 0 && radius <= 90)) {
            throw new IllegalArgumentException("radius " + radius + " is not within 0 to 90 degrees");
        }
        this.radius = radius;
        this.ra = ra;
        this.dec = dec;
        int order = order(radius, ra.length, end - first);
        this.shift = 2 * (Healpix.MAX_ORDER - order);
        this.firstCell = first >> shift;
        this.lastCell = (end - 1) >> shift;
        this.cell = new long[ra.length + 16];
        this.row = new int[ra.length + 16];
        long reach = (long) Math.ceil(STEEPEST * Math.toRadians(radius) * (1L << Healpix.MAX_ORDER)) + ROUNDING;
        for (int i = 0; i < ra.length; i++) {
            if (!touched(pixels[i], reach, i)) {
                touched(PixelCoverage.of(new Cone(ra[i], dec[i], radius), order), i);
            }
        }
        long cells = lastCell - firstCell + 1;
        this.bucketShift = Math.max(0, 64 - Long.numberOfLeadingZeros(cells / Math.max(1, entries)));
        this.bucket = new int[(int) ((cells - 1) >> bucketShift) + 2];
        sort();
    }

    private static long[] pixels(double[] ra, double[] dec) {
        long[] pixels = new long[ra.length];
        Arrays.setAll(pixels, i -> Healpix.pixel(Healpix.MAX_ORDER, ra[i], dec[i]));
        return pixels;
    }

    /** Cells small enough that few hold a position, and large enough that few circles touch more than one. */
    private static int order(double radius, int n, long range) {
        double side = STEEPEST * Math.toRadians(radius);
        int order = 0;
        while (order < Healpix.MAX_ORDER
                && side * (2L << order) <= WIDEST
                && (side * (2L << order) <= USUAL || range >> (2 * (Healpix.MAX_ORDER - order)) < 4L * n)) {
            order++;
        }
        return order;
    }

    /** Takes the cells of the square around a position's place in its base pixel; false if that leaves the base pixel. */
    private boolean touched(long pixel, long reach, int i) {
        long mask = (1L << (2 * Healpix.MAX_ORDER)) - 1;
        long x = Healpix.compact(pixel & mask);
        long y = Healpix.compact((pixel & mask) >> 1);
        long side = 1L << Healpix.MAX_ORDER;
        if (x < reach || y < reach || x + reach >= side || y + reach >= side) {
            return false;
        }
        int half = shift / 2;
        long face = (pixel & ~mask) >> shift;
        for (long cx = (x - reach) >> half; cx <= (x + reach) >> half; cx++) {
            for (long cy = (y - reach) >> half; cy <= (y + reach) >> half; cy++) {
                add(face | Healpix.spread(cx) | Healpix.spread(cy) << 1, i);
            }
        }
        return true;
    }

    private void touched(PixelCoverage coverage, int i) {
        for (int range = 0; range < coverage.size(); range++) {
            long last = Math.min(lastCell, (coverage.end(range) - 1) >> shift);
            for (long c = Math.max(firstCell, coverage.first(range) >> shift); c <= last; c++) {
                add(c, i);
            }
        }
    }

    private void add(long its, int i) {
        if (its < firstCell || its > lastCell) {
            return;
        }
        if (entries == cell.length) {
            cell = Arrays.copyOf(cell, entries + entries / 2);
            row = Arrays.copyOf(row, entries + entries / 2);
        }
        cell[entries] = its;
        row[entries++] = i;
    }

    /** Puts the entries in the order of their buckets; of one cell the lower row comes first. */
    private void sort() {
        for (int e = 0; e < entries; e++) {
            bucket[(int) ((cell[e] - firstCell) >> bucketShift) + 1]++;
        }
        for (int b = 1; b < bucket.length; b++) {
            bucket[b] += bucket[b - 1];
        }
        int[] place = bucket.clone();
        long[] sortedCell = new long[entries];
        int[] sortedRow = new int[entries];
        for (int e = 0; e < entries; e++) {
            int at = place[(int) ((cell[e] - firstCell) >> bucketShift)]++;
            sortedCell[at] = cell[e];
            sortedRow[at] = row[e];
        }
        cell = sortedCell;
        row = sortedRow;
    }

    /**
     * The nearest neighbours of a position, nearest first, the border of the circle included; of equally near ones the one of
     * the lower row comes first.
     *
     * @param pixel the position's order-29 pixel
     * @param count at most so many
     * @param rows gets their rows
     * @param separations gets their distances, degrees
     * @return how many there are
     */
    public int nearest(long pixel, double atRa, double atDec, int count, int[] rows, double[] separations) {
        long its = pixel >> shift;
        if (its < firstCell || its > lastCell) {
            return 0;
        }
        int b = (int) ((its - firstCell) >> bucketShift);
        int found = 0;
        for (int e = bucket[b]; e < bucket[b + 1]; e++) {
            if (cell[e] == its && Math.abs(dec[row[e]] - atDec) <= radius + PixelCoverage.SLACK) {
                double separation = Sphere.separation(atRa, atDec, ra[row[e]], dec[row[e]]);
                if (separation <= radius) {
                    found = insert(row[e], separation, found, count, rows, separations);
                }
            }
        }
        return found;
    }

    private static int insert(
            int candidate, double separation, int found, int count, int[] rows, double[] separations) {
        int at = found;
        while (at > 0
                && (separations[at - 1] > separation
                        || (separations[at - 1] == separation && rows[at - 1] > candidate))) {
            if (at < count) {
                separations[at] = separations[at - 1];
                rows[at] = rows[at - 1];
            }
            at--;
        }
        if (at < count) {
            separations[at] = separation;
            rows[at] = candidate;
            return Math.min(count, found + 1);
        }
        return found;
    }
}
