package io.spectractor.core.emission;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.fit.RobustStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Narrow, positive peaks of a spectrum, the brightest first, each found in what those before it leave. */
final class LinePeaks {
    /** Half the width of the median that is the continuum, px. */
    private static final int MEDIAN_PX = 40;

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

    /** 1σ per column; huge where there are no data. */
    static double[] errors(ColumnSpectrum s) {
        double[] error = new double[s.size()];
        for (int i = 0; i < error.length; i++) {
            error[i] = s.flags()[i] == 0 ? s.error(i) : 1e30;
        }
        return error;
    }

    /** The running median. */
    static double[] continuum(double[] rate) {
        double[] out = new double[rate.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = RobustStatistics.median(
                    Arrays.copyOfRange(rate, Math.max(0, i - MEDIAN_PX), Math.min(rate.length, i + MEDIAN_PX + 1)));
        }
        return out;
    }

    /** A line's shape of unit light, wider than the image by a factor. */
    static double[] profile(ColumnSpectrum s, double wider) {
        double fwhm = s.meanFwhmPx() * wider;
        int half = (int) Math.ceil(3 * fwhm);
        double[] profile = new double[2 * half + 1];
        double sum = 0;
        for (int k = -half; k <= half; k++) {
            double u = k * 2.3548 / fwhm;
            profile[k + half] = Math.exp(-0.5 * u * u);
            sum += profile[k + half];
        }
        for (int k = 0; k < profile.length; k++) {
            profile[k] /= sum;
        }
        return profile;
    }
}
