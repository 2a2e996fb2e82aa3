package io.spectractor.core.trail;

import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells whether a line on which light lies is a trail: light all along it and on both sides of the spectrum, about equally
 * bright, in a narrow band. A diffraction spike fades, stars in a row leave gaps, a border between amplifiers has no band.
 */
final class TrailClassifier {
    /** Distance across up to which light counts as the trail's; farther out, up to {@link #OUTER}, is its surroundings, px. */
    private static final int INNER = 30;

    private static final int OUTER = 42;
    /** Median of the pixels along the line, in its standard deviations, that a trail has. */
    private static final double LEAST_SIGMA = 7;
    /** The same on each side of the spectrum. */
    private static final double LEAST_SIDE_SIGMA = 3.5;
    /** Length on one side from which that side is asked, px. */
    private static final int LEAST_SIDE = 40;
    /** Expected significance of each piece of the line that is compared with the others. */
    private static final double PIECE_SIGMA = 4;

    private static final int FEWEST_PIECES = 4;
    private static final int MOST_PIECES = 12;
    /** A piece fainter than this part of the middle one is a gap. */
    private static final double GAP = 0.35;

    private static final double MOST_GAPS = 0.25;
    /** A piece brighter than that many times the middle one is a star, and its spike. */
    private static final double BRIGHTEST = 4;
    /** Light left beside the mask, in units of the scatter of pixels. */
    private static final double LEFT_OVER = 0.15;

    private static final double CLIP = 5;

    /** Width at half height of the widest trail, px: what is wider is stray light. */
    private static final int WIDEST = 12;

    private final SignificanceMap map;
    private final double widest;

    /** @param rebin pixels of the chip per pixel of the map, along each axis */
    TrailClassifier(SignificanceMap map, int rebin) {
        this.map = map;
        this.widest = Math.max(4, (double) WIDEST / rebin);
    }

    /**
     * A trail.
     *
     * @param line its middle
     * @param halfWidth distance up to which its light counts, px
     */
    record Trail(TrailLine line, double halfWidth) {}

    /** The trail on a line that was found coarsely; empty if it is none. */
    Optional<Trail> judge(TrailLine coarse) {
        TrailLine line = refine(refine(coarse, 8, 1, 0.6 / map.columns, 8), 1, 0.25, 0.15 / map.columns, 4);
        double[] profile = new double[2 * OUTER + 1];
        for (int d = -OUTER; d <= OUTER; d++) {
            profile[d + OUTER] = median(samples(line, d, 0, -1, 1));
        }
        double base = surroundings(profile);
        double[] middle = samples(line, 0, 1, -1, 1);
        if (Double.isNaN(base) || significance(middle, base) < LEAST_SIGMA || !bothSides(line, base)) {
            return Optional.empty();
        }
        double error = 1.2533 / Math.sqrt(middle.length);
        int halfWidth = halfWidth(profile, base, Math.max(LEFT_OVER, 2.5 * error));
        if (halfWidth >= INNER || width(profile, base) > widest || !isEven(line, base, significance(middle, base))) {
            return Optional.empty();
        }
        return Optional.of(new Trail(line, halfWidth + 1.5));
    }

    /** The best of lines about this one, by the clipped sum of three pixels across. */
    private TrailLine refine(TrailLine start, double reach, double step, double turn, int turns) {
        TrailLine best = start;
        double bestSum = Double.NEGATIVE_INFINITY;
        for (int t = -turns; t <= turns; t++) {
            for (double d = -reach; d <= reach; d += step) {
                TrailLine line = start.moved(d, t * turn);
                double sum = 0;
                for (double v : samples(line, 0, 1, -1, 1)) {
                    sum += Math.max(-CLIP, Math.min(CLIP, v));
                }
                if (sum > bestSum) {
                    bestSum = sum;
                    best = line;
                }
            }
        }
        return best;
    }

    /**
     * Values along the line, in steps of a pixel, each a mean over pixels across; those without data are left out.
     *
     * @param sideways distance from the line, px
     * @param half how many pixels on both sides are in the mean
     * @param lowest of the sides of the trace, -1 below or 1 above, that count
     * @param highest of them
     */
    private double[] samples(TrailLine line, double sideways, int half, int lowest, int highest) {
        int length = map.columns + 2 * map.reach;
        double[] found = new double[2 * length + 1];
        int n = 0;
        for (int t = -length; t <= length; t++) {
            double x = line.xAt(t, sideways);
            double y = line.yAt(t, sideways);
            if (x < map.firstColumn - 1 || x > map.firstColumn + map.columns) {
                continue;
            }
            double side = Math.signum(map.aboveTrace(x, y));
            if (side < lowest || side > highest) {
                continue;
            }
            double sum = 0;
            int count = 0;
            for (int d = -half; d <= half; d++) {
                float v =
                        map.at((int) Math.rint(line.xAt(t, sideways + d)), (int) Math.rint(line.yAt(t, sideways + d)));
                if (!Float.isNaN(v)) {
                    sum += v;
                    count++;
                }
            }
            if (count > half) {
                found[n++] = sum / count;
            }
        }
        return Arrays.copyOf(found, n);
    }

    private static double median(double[] values) {
        return values.length == 0 ? Double.NaN : RobustStatistics.median(values);
    }

    private static double surroundings(double[] profile) {
        double[] outside = new double[2 * (OUTER - INNER)];
        int n = 0;
        for (int d = INNER + 1; d <= OUTER; d++) {
            for (int i : new int[] {OUTER - d, OUTER + d}) {
                if (!Double.isNaN(profile[i])) {
                    outside[n++] = profile[i];
                }
            }
        }
        return median(Arrays.copyOf(outside, n));
    }

    /** Of means over three pixels: how far their median is above the surroundings. */
    private static double significance(double[] values, double base) {
        return (median(values) - base) * Math.sqrt(3.0 * values.length) / 1.2533;
    }

    private boolean bothSides(TrailLine line, double base) {
        int asked = 0;
        for (int side : new int[] {-1, 1}) {
            double[] values = samples(line, 0, 1, side, side);
            if (values.length >= LEAST_SIDE) {
                asked++;
                if (significance(values, base) < LEAST_SIDE_SIGMA) {
                    return false;
                }
            }
        }
        return asked > 0;
    }

    /** Width at half height, px. */
    private static int width(double[] profile, double base) {
        double peak = profile[OUTER];
        for (int d = -2; d <= 2; d++) {
            peak = Math.max(peak, profile[OUTER + d]);
        }
        int width = 1;
        for (int sign : new int[] {-1, 1}) {
            for (int d = 1; d <= OUTER && profile[OUTER + sign * d] - base > 0.5 * (peak - base); d++) {
                width++;
            }
        }
        return width;
    }

    private static int halfWidth(double[] profile, double base, double leftOver) {
        int width = 0;
        for (int sign : new int[] {-1, 1}) {
            int d = 1;
            // two in a row, as one may be low by chance
            while (d < INNER
                    && (profile[OUTER + sign * d] - base > leftOver
                            || profile[OUTER + sign * (d + 1)] - base > leftOver)) {
                d++;
            }
            width = Math.max(width, d);
        }
        return width;
    }

    private boolean isEven(TrailLine line, double base, double sigma) {
        double[] values = samples(line, 0, 1, -1, 1);
        int pieces = (int) Math.max(FEWEST_PIECES, Math.min(MOST_PIECES, Math.pow(sigma / PIECE_SIGMA, 2)));
        double[] level = new double[pieces];
        for (int p = 0; p < pieces; p++) {
            level[p] = median(Arrays.copyOfRange(values, p * values.length / pieces, (p + 1) * values.length / pieces))
                    - base;
        }
        double middle = RobustStatistics.median(level);
        int gaps = 0;
        double brightest = 0;
        for (double l : level) {
            gaps += l < GAP * middle ? 1 : 0;
            brightest = Math.max(brightest, l);
        }
        return gaps <= MOST_GAPS * pieces && brightest < BRIGHTEST * middle;
    }
}
