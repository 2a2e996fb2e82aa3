package io.spectractor.core.trail;

import io.spectractor.core.fit.RobustStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sums along all straight lines of a {@link SignificanceMap} (a Radon transform), in bins of 4 × 4 pixels, and the lines
 * where the sum stands out most.
 */
final class LineSearch {
    private static final int BIN = 4;
    /** What one bin can contribute at most, sigma: a star is not a line. */
    private static final double CLIP = 4;
    /** Bins with data that a line needs: 80 px. */
    private static final int LEAST_BINS = 20;
    /** Lines nearer than this to a better one are the same, px at the map's edge. */
    private static final double SAME_LINE = 24;

    private static final int MOST = 6;

    private final SignificanceMap map;
    private final int across;
    private final int up;
    private final int bottom;
    private final float[] sum;
    private final byte[] valid;

    LineSearch(SignificanceMap map) {
        this.map = map;
        this.bottom = map.lowestRow();
        this.across = map.columns / BIN;
        this.up = (map.highestRow() - bottom + 1) / BIN;
        this.sum = new float[across * up];
        this.valid = new byte[across * up];
        fill();
    }

    private record Candidate(TrailLine line, double z) {}

    private void fill() {
        double[] all = new double[sum.length];
        int n = 0;
        for (int i = 0; i < sum.length; i++) {
            int x0 = map.firstColumn + i % across * BIN;
            int y0 = bottom + i / across * BIN;
            double total = 0;
            int count = 0;
            for (int j = 0; j < BIN * BIN; j++) {
                float v = map.at(x0 + j % BIN, y0 + j / BIN);
                if (!Float.isNaN(v)) {
                    total += v;
                    count++;
                }
            }
            if (count > BIN * BIN / 2) {
                valid[i] = 1;
                sum[i] = (float) (total / Math.sqrt(count));
                all[n++] = sum[i];
            }
        }
        if (n == 0) {
            return;
        }
        double[] found = Arrays.copyOf(all, n);
        double level = RobustStatistics.median(found);
        double sigma = Math.max(RobustStatistics.madSigma(found), 1e-6);
        for (int i = 0; i < sum.length; i++) {
            if (valid[i] == 1) {
                sum[i] = (float) Math.max(-CLIP, Math.min(CLIP, (sum[i] - level) / sigma));
            }
        }
    }

    /** Lines whose sum is more than so many of its standard deviations, the most significant first. */
    List<TrailLine> above(double threshold) {
        List<Candidate> candidates = new ArrayList<>();
        flat(candidates, threshold);
        steep(candidates, threshold);
        candidates.sort(Comparator.comparingDouble((Candidate c) -> -c.z));
        List<TrailLine> chosen = new ArrayList<>();
        for (Candidate c : candidates) {
            if (chosen.size() < MOST && chosen.stream().noneMatch(l -> isSame(l, c.line))) {
                chosen.add(c.line);
            }
        }
        return chosen;
    }

    private boolean isSame(TrailLine a, TrailLine b) {
        double half = 0.5 * map.columns * Math.abs(b.dx()) + map.reach * Math.abs(b.dy());
        return Math.abs(a.distance(b.xAt(half, 0), b.yAt(half, 0))) < SAME_LINE
                || Math.abs(a.distance(b.xAt(-half, 0), b.yAt(-half, 0))) < SAME_LINE
                || Math.abs(a.distance(b.x(), b.y())) < SAME_LINE / 2;
    }

    /** Lines of at most 45 degrees: row = offset + slope × (column − middle). */
    private void flat(List<Candidate> candidates, double threshold) {
        int half = Math.max(1, across / 2);
        double[] sums = new double[sum.length];
        double[] counts = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            int at = i % across * up + i / across;
            sums[at] = sum[i];
            counts[at] = valid[i];
        }
        for (int m = -half; m <= half; m++) {
            double slope = (double) m / half;
            Offsets offsets = new Offsets((int) Math.ceil(Math.abs(slope) * half), up);
            for (int c = 0; c < across; c++) {
                offsets.add(sums, counts, c * up, slope * (c - half));
            }
            for (int i = 0; i < offsets.total.length; i++) {
                double z = offsets.significance(i);
                if (z > threshold) {
                    candidates.add(new Candidate(line(half, i - offsets.beyond, Math.atan(slope)), z));
                }
            }
        }
    }

    /** Lines steeper than that: column = offset + slope × (row − middle). */
    private void steep(List<Candidate> candidates, double threshold) {
        int half = Math.max(1, up / 2);
        double[] sums = new double[sum.length];
        double[] counts = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            sums[i] = sum[i];
            counts[i] = valid[i];
        }
        for (int m = -half + 1; m < half; m++) {
            double slope = (double) m / half;
            Offsets offsets = new Offsets((int) Math.ceil(Math.abs(slope) * half), across);
            for (int r = 0; r < up; r++) {
                offsets.add(sums, counts, r * across, slope * (r - half));
            }
            for (int i = 0; i < offsets.total.length; i++) {
                double z = offsets.significance(i);
                if (z > threshold) {
                    double angle = 0.5 * Math.PI - Math.atan(slope);
                    candidates.add(new Candidate(line(i - offsets.beyond, half, angle), z));
                }
            }
        }
    }

    private TrailLine line(double column, double row, double angle) {
        double x = map.firstColumn + (column + 0.5) * BIN - 0.5;
        double y = bottom + (row + 0.5) * BIN - 0.5;
        return TrailLine.of(x, y, angle);
    }

    /** Sums along all lines of one slope, each with its own offset: those that begin outside too. */
    private static final class Offsets {
        /** Offsets below 0, and as many above the last bin. */
        final int beyond;

        private final int bins;
        final double[] total;
        private final double[] count;

        Offsets(int beyond, int bins) {
            this.beyond = beyond;
            this.bins = bins;
            this.total = new double[bins + 2 * beyond];
            this.count = new double[total.length];
        }

        /** Adds to each line its bin of a row or column: all lines at a time, so that the loop becomes vector instructions. */
        void add(double[] sums, double[] counts, int first, double shift) {
            int start = beyond - (int) Math.floor(shift + 0.5);
            int from = Math.max(0, -start);
            int to = Math.min(bins, total.length - start);
            for (int i = from; i < to; i++) {
                total[start + i] += sums[first + i];
                count[start + i] += counts[first + i];
            }
        }

        double significance(int i) {
            return count[i] < LEAST_BINS ? 0 : total[i] / Math.sqrt(count[i]);
        }
    }
}
