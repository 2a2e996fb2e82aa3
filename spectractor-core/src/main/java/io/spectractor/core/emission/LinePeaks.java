package io.spectractor.core.emission;

import java.util.ArrayList;
import java.util.List;

/** Narrow, positive peaks of a spectrum, the brightest first, each found in what those before it leave. */
final class LinePeaks {
    /** Significance below which a peak is noise. */
    private static final double LEAST_SNR = 6;
    /** What an imperfect profile leaves of the light of a peak that was taken out, a fraction of that light. */
    private static final double LEFT = 0.03;
    /** The same of the continuum, which need not be smooth. */
    private static final double RIPPLE = 0.05;

    private static final int MOST = 40;

    private LinePeaks() {}

    /**
     * A peak.
     *
     * @param column where it is, from the first column, px
     * @param rate its light, in the unit of the spectrum times columns
     * @param snr light over its 1σ
     * @param contrast height over the continuum below
     */
    record Peak(double column, double rate, double snr, double contrast) {}

    /**
     * Finds peaks.
     *
     * @param rate spectrum by column
     * @param error its 1σ; infinite for columns that don't count
     * @param continuum below the lines
     * @param profile of a line, odd number of columns, sum 1
     */
    static List<Peak> find(double[] rate, double[] error, double[] continuum, double[] profile) {
        int n = rate.length;
        int half = profile.length / 2;
        double[] left = new double[n];
        double[] taken = new double[n];
        for (int i = 0; i < n; i++) {
            left[i] = rate[i] - continuum[i];
        }
        List<Peak> peaks = new ArrayList<>();
        while (peaks.size() < MOST) {
            double[] snr = new double[n];
            double[] amplitude = new double[n];
            int best = -1;
            for (int i = 2; i < n - 2; i++) {
                double cross = 0;
                double norm = 0;
                for (int k = -half; k <= half; k++) {
                    int j = i + k;
                    if (j >= 0 && j < n) {
                        double variance = error[j] * error[j] + square(RIPPLE * continuum[j]) + square(LEFT * taken[j]);
                        cross += profile[k + half] * left[j] / variance;
                        norm += profile[k + half] * profile[k + half] / variance;
                    }
                }
                snr[i] = norm > 0 ? cross / Math.sqrt(norm) : 0;
                amplitude[i] = norm > 0 ? cross / norm : 0;
                if (best < 0 || snr[i] > snr[best]) {
                    best = i;
                }
            }
            if (best < 0 || snr[best] < LEAST_SNR) {
                break;
            }
            double bend = amplitude[best - 1] - 2 * amplitude[best] + amplitude[best + 1];
            double offset = bend < 0 ? 0.5 * (amplitude[best - 1] - amplitude[best + 1]) / bend : 0;
            double at = best + Math.max(-0.5, Math.min(0.5, offset));
            double light = amplitude[best];
            double below = Math.max(continuum[best], error[best]);
            peaks.add(new Peak(at, light, snr[best], light * profile[half] / Math.max(below, 1e-300)));
            for (int j = Math.max(0, best - 4 * half); j < Math.min(n, best + 4 * half); j++) {
                double value = light * at(profile, j - at + half);
                left[j] -= value;
                taken[j] += value;
            }
        }
        return peaks;
    }

    /** Value of a profile between its columns; 0 outside. */
    private static double at(double[] profile, double position) {
        int i = (int) Math.floor(position);
        double t = position - i;
        return i >= 0 && i + 1 < profile.length ? (1 - t) * profile[i] + t * profile[i + 1] : 0;
    }

    private static double square(double v) {
        return v * v;
    }
}
