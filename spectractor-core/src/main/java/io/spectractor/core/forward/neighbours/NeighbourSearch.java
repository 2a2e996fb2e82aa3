package io.spectractor.core.forward.neighbours;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.stamps.ProfileTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for stars under the spectrogram: places where a point source explains the residuals of the fit much better than
 * noise does; and for pixels that are too bright alone, hot or hit by a cosmic ray.
 */
public final class NeighbourSearch {
    /** Least significance of a star. */
    public static final double MIN_SNR = 8;
    /** The same where the spectrum's own light is known well enough to tell a star on the trace from it. */
    public static final double MIN_SNR_KNOWN = 6.5;

    /** Sources less significant than this are not worth the question what share of them the spectrum took. */
    private static final double ASKED_SNR = 4;

    private static final double LEAST_SHARE = 0.05;
    /** Where the profile doesn't fit, residuals are significant everywhere: a star stands out from them. */
    private static final double MIN_CONTRAST = 1.5;

    private static final int MAX_STARS = 5;
    /**
     * What a star explains of the χ² that its inner pixels have beyond noise, at least. A cosmic ray through several
     * pixels, which no point source looks like, leaves more: in simulated frames stars explain 0.9 and rays 0.1
     * of it, two stars that touch 0.6.
     */
    private static final double MIN_EXPLAINED = 0.4;

    /** Half widths of a stamp, 4 FWHM, in that of the inner pixels: one FWHM. */
    private static final int CORE = 4;

    private final ProfileWindow window;
    private final ProfileTable table;
    private final int half;

    public NeighbourSearch(ProfileWindow window, ProfileTable table, int half) {
        this.window = window;
        this.table = table;
        this.half = half;
    }

    /**
     * A candidate.
     *
     * @param column column of the window
     * @param row row of the window in that column
     * @param rate light, ADU/s
     * @param snr its significance
     */
    public record Candidate(int column, int row, double rate, double snr) {}

    /**
     * What was found.
     *
     * @param stars brightest first
     * @param lonePixels pixels of the window that are far too bright for what lies about them
     */
    public record Result(List<Candidate> stars, List<Integer> lonePixels) {
        /** The weights without the lone pixels. */
        public double[] without(double[] weight) {
            double[] out = weight.clone();
            lonePixels.forEach(p -> out[p] = 0);
            return out;
        }
    }

    /**
     * The candidates, local maxima of the significance, and lone pixels: where one pixel of its own explains more of χ²
     * than a star does, because a star would light up its neighbours too.
     */
    public Result find(double[] residual, double[] weight) {
        return find(residual, weight, unit -> 1, MIN_SNR);
    }

    /** How much of a source's weighted square the spectrum does not take for its own. */
    public interface Share {
        /**
         * The share.
         *
         * @param unit the source with a light of 1, per pixel of the window
         */
        double of(double[] unit);
    }

    /**
     * The same where the residuals are those of a fit that takes part of a source's light for the spectrum's: a source is then
     * more significant than it looks, and brighter.
     *
     * @param share asked for every source that comes into question
     * @param least significance of a star
     */
    public Result find(double[] residual, double[] weight, Share share, double least) {
        int n = window.columns;
        Work work = new Work(window, half);
        double[] snr = work.snr;
        double[] rate = work.rate;
        double[][] strips = new double[table.stride][table.rows];
        double[] weighted = new double[snr.length];
        for (int p = 0; p < weighted.length; p++) {
            weighted[p] = weight[p] > 0 ? weight[p] * residual[p] : 0;
        }
        for (int c = 0; c < n; c++) {
            int origin = table.strips(c, 0, -half, half + 1, strips);
            correlate(c, strips, origin, new Padded(weighted, half), new Padded(weight, half), work);
        }
        List<Candidate> found = new ArrayList<>();
        for (int c = half; c < n - half; c++) {
            for (int k = 0; k < window.rows; k++) {
                int p = c * window.rows + k;
                if (snr[p] > ASKED_SNR
                        && isPeak(snr, c, k)
                        && explained(c, k, snr[p], residual, weight) > MIN_EXPLAINED) {
                    double own = Math.max(share.of(unit(c, k)), LEAST_SHARE);
                    if (snr[p] > least * Math.sqrt(own)) {
                        found.add(new Candidate(c, k, rate[p] / own, snr[p] / Math.sqrt(own)));
                    }
                }
            }
        }
        found.sort((a, b) -> Double.compare(b.snr(), a.snr()));
        double limit = MIN_CONTRAST * typical(found);
        List<Candidate> stars = found.stream()
                .filter(star -> found.size() <= 2 || star.snr() > limit)
                .limit(MAX_STARS)
                .toList();
        List<Integer> lone = new ArrayList<>();
        for (int p = 0; p < snr.length; p++) {
            double alone = residual[p] * Math.sqrt(weight[p]);
            if (alone > MIN_SNR && alone > snr[p]) {
                lone.add(p);
            }
        }
        return new Result(stars, lone);
    }

    /** A source of unit light, per pixel of the window. */
    private double[] unit(int c, int k) {
        double[][] strips = new double[table.stride][table.rows];
        int origin = table.strips(c, 0, -half, half + 1, strips);
        double[] out = new double[window.columns * window.rows];
        int size = table.stride / (half + 1);
        for (int x = Math.max(0, c - half); x <= Math.min(window.columns - 1, c + half); x++) {
            double[] strip = strips[Math.abs(x - c) * size];
            for (int row = 0; row < window.rows; row++) {
                int dy = window.firstRow[x] + row - window.firstRow[c] - k;
                if (Math.abs(dy) <= half && dy - origin >= 0 && dy - origin < table.rows) {
                    out[x * window.rows + row] = strip[dy - origin];
                }
            }
        }
        return out;
    }

    private static double typical(List<Candidate> found) {
        return found.isEmpty()
                ? 0
                : RobustStatistics.median(
                        found.stream().mapToDouble(Candidate::snr).toArray());
    }

    /** Light of a star at every row of a column, and its significance. */
    private void correlate(int c, double[][] strips, int origin, Padded weighted, Padded weight, Work work) {
        int size = table.stride / (half + 1);
        int lowest = Math.max(-half, origin);
        int count = Math.min(half, origin + table.rows - 1) - lowest + 1;
        Arrays.fill(work.top, 0);
        Arrays.fill(work.norm, 0);
        for (int dx = 0; dx <= half; dx++) {
            double[] strip = strips[dx * size];
            for (int d = 0; d < count; d++) {
                work.factors[d] = strip[lowest + d - origin];
                work.squares[d] = work.factors[d] * work.factors[d];
            }
            weighted.around(c, dx, window, work.column);
            correlate(work.column, work.factors, lowest, count, work, work.top);
            weight.around(c, dx, window, work.column);
            correlate(work.column, work.squares, lowest, count, work, work.norm);
        }
        for (int k = 0; k < window.rows; k++) {
            int p = c * window.rows + k;
            work.snr[p] = work.norm[k] > 0 ? work.top[k] / Math.sqrt(work.norm[k]) : 0;
            work.rate[p] = work.norm[k] > 0 ? work.top[k] / work.norm[k] : 0;
        }
    }

    /** Adds to every row k the sum of factors times rows k + lowest and up of a padded column. */
    private void correlate(double[] column, double[] factors, int lowest, int count, Work work, double[] out) {
        // moved copies, whose loops have the same index in all arrays: else the JVM makes no vector instructions
        for (int d = 0; d < count; d++) {
            System.arraycopy(column, half + lowest + d, work.moved[d], 0, window.rows);
        }
        RowSum.add(out, work.moved, 0, count, factors, 0, 0, window.rows);
    }

    /** An image of the window, whose columns are seen with half a stamp of zeros before and after. */
    private record Padded(double[] image, int half) {
        /** The column dx to the right plus that dx to the left, each moved to the rows of the image that column c has. */
        void around(int c, int dx, ProfileWindow window, double[] out) {
            Arrays.fill(out, 0);
            add(c, c - dx, window, out);
            if (dx > 0) {
                add(c, c + dx, window, out);
            }
        }

        private void add(int c, int x, ProfileWindow window, double[] out) {
            if (x < 0 || x >= window.columns) {
                return;
            }
            // row k of column x is number k + tilt of column c
            int tilt = half + window.firstRow[x] - window.firstRow[c];
            int from = Math.max(0, -tilt);
            int to = Math.min(window.rows, out.length - tilt);
            for (int k = from; k < to; k++) {
                out[k + tilt] += image[x * window.rows + k];
            }
        }
    }

    /** Arrays of one search. */
    private static final class Work {
        final double[] snr;
        final double[] rate;
        final double[] top;
        final double[] norm;
        final double[] column;
        final double[] factors;
        final double[] squares;
        final double[][] moved;

        Work(ProfileWindow window, int half) {
            this.snr = new double[window.columns * window.rows];
            this.rate = new double[snr.length];
            this.top = new double[window.rows];
            this.norm = new double[window.rows];
            this.column = new double[window.rows + 2 * half];
            this.factors = new double[2 * half + 1];
            this.squares = new double[factors.length];
            this.moved = new double[factors.length][window.rows];
        }
    }

    /** Share of the χ² beyond noise, of the pixels that hold most of a star's light, that the star explains. */
    private double explained(int c, int k, double snr, double[] residual, double[] weight) {
        int reach = Math.max(1, half / CORE);
        double excess = 0;
        for (int x = Math.max(0, c - reach); x <= Math.min(window.columns - 1, c + reach); x++) {
            int middle = k + window.firstRow[c] - window.firstRow[x];
            for (int row = Math.max(0, middle - reach); row <= Math.min(window.rows - 1, middle + reach); row++) {
                int p = x * window.rows + row;
                excess += weight[p] > 0 ? weight[p] * residual[p] * residual[p] - 1 : 0;
            }
        }
        return snr * snr / Math.max(excess, 1);
    }

    private boolean isPeak(double[] snr, int c, int k) {
        double here = snr[c * window.rows + k];
        for (int dx = -half / 2; dx <= half / 2; dx++) {
            for (int dy = -half / 2; dy <= half / 2; dy++) {
                int x = c + dx;
                if (x < 0 || x >= window.columns) {
                    continue;
                }
                int row = k + window.firstRow[c] - window.firstRow[x] + dy;
                if (row >= 0 && row < window.rows && snr[x * window.rows + row] > here) {
                    return false;
                }
            }
        }
        return true;
    }
}
