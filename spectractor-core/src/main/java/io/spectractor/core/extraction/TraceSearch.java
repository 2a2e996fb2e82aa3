package io.spectractor.core.extraction;

import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;

/**
 * Finds the spectrum when the predicted trace is off by many pixels: the brightest ridge in blocks of columns, and a
 * straight line through them by the median of pairwise slopes (Theil, Sen), which shrugs off neighbours and cosmic rays.
 */
final class TraceSearch {
    static final int BLOCKS = 16;
    private static final double MIN_SNR = 5;

    private TraceSearch() {}

    /** Offset of the ridge from the given trace per column, px; zeros when fewer than 4 blocks show a ridge. */
    static double[] offsets(ProfileWindow window) {
        return offsets(window, profiles(window));
    }

    /** Mean profile of every block of columns, ADU/s per row of the window; none where a block has no columns. */
    static double[][] profiles(ProfileWindow window) {
        double[][] profiles = new double[BLOCKS][];
        for (int b = 0; b < BLOCKS; b++) {
            int from = b * window.columns / BLOCKS;
            int to = (b + 1) * window.columns / BLOCKS;
            profiles[b] = to > from ? profile(window, from, to) : new double[0];
        }
        return profiles;
    }

    /** The same from the mean profiles of the blocks. */
    static double[] offsets(ProfileWindow window, double[][] profiles) {
        double[] centre = new double[BLOCKS];
        double[] offset = new double[BLOCKS];
        int found = 0;
        for (int b = 0; b < BLOCKS; b++) {
            int from = b * window.columns / BLOCKS;
            int to = (b + 1) * window.columns / BLOCKS;
            double peak = to > from ? ridge(profiles[b]) : Double.NaN;
            if (!Double.isNaN(peak)) {
                centre[found] = 0.5 * (from + to - 1);
                offset[found++] = peak;
            }
        }
        double[] line = new double[window.columns];
        if (found < 4) {
            return line;
        }
        double[] slopes = new double[found * (found - 1) / 2];
        int n = 0;
        for (int i = 0; i < found; i++) {
            for (int j = i + 1; j < found; j++) {
                slopes[n++] = (offset[j] - offset[i]) / (centre[j] - centre[i]);
            }
        }
        double slope = RobustStatistics.median(slopes);
        double[] intercepts = new double[found];
        for (int i = 0; i < found; i++) {
            intercepts[i] = offset[i] - slope * centre[i];
        }
        double intercept = RobustStatistics.median(intercepts);
        for (int c = 0; c < line.length; c++) {
            line[c] = intercept + slope * c;
        }
        return line;
    }

    private static double[] profile(ProfileWindow w, int from, int to) {
        double[] profile = new double[w.rows];
        double[] column = new double[to - from];
        for (int k = 0; k < w.rows; k++) {
            int n = 0;
            for (int c = from; c < to; c++) {
                int i = c * w.rows + k;
                if (w.mask[i] == 0) {
                    column[n++] = w.signal[i];
                }
            }
            // The median over the block ignores cosmic rays.
            profile[k] = n == 0 ? 0 : RobustStatistics.median(Arrays.copyOf(column, n));
        }
        return profile;
    }

    /** Offset of the brightest row of a block's mean profile, smoothed over 5 rows; NaN if it is not significant. */
    private static double ridge(double[] profile) {
        int rows = profile.length;
        int half = rows / 2;
        double[] smooth = new double[rows];
        for (int k = 2; k < rows - 2; k++) {
            smooth[k] = (profile[k - 2] + profile[k - 1] + profile[k] + profile[k + 1] + profile[k + 2]) / 5;
        }
        int best = 2;
        for (int k = 2; k < rows - 2; k++) {
            best = smooth[k] > smooth[best] ? k : best;
        }
        double level = RobustStatistics.median(profile);
        double noise = RobustStatistics.madSigma(profile) / Math.sqrt(5);
        if (smooth[best] - level < MIN_SNR * noise) {
            return Double.NaN;
        }
        double sum = 0;
        double moment = 0;
        for (int k = Math.max(0, best - 3); k <= Math.min(rows - 1, best + 3); k++) {
            double v = Math.max(profile[k] - level, 0);
            sum += v;
            moment += v * (k - half);
        }
        return sum > 0 ? moment / sum : best - half;
    }
}
