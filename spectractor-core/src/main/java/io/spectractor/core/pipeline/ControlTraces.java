package io.spectractor.core.pipeline;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trace of a spectrum among traces of the same shape elsewhere on the image, its controls: what the stars of a crowded field
 * put on one of them by chance they put on the others too. Immutable.
 */
final class ControlTraces {
    /** Half height of a trace, in FWHM. */
    private static final double HALF = 0.7;
    /** Traces nearer than this see the wings of the spectrum, in FWHM. */
    private static final double APART = 4;
    /** Columns of the running median that a peak stands on, in FWHM. */
    private static final double BASE = 10;

    private static final int FEWEST_PEAKS = 3;
    private static final int MOST_PEAKS = 8;
    /** Fewer controls say little of the field. */
    private static final int FEWEST_CONTROLS = 6;
    /** Parts of the spectrum that are looked at by themselves, down to an eighth: filters and cool stars leave much dark. */
    private static final int MOST_PARTS = 8;
    /** A trace stands on those so many traces above and below. */
    private static final int BESIDE = 2;

    private final double fwhm;
    private final double[] own;
    /** Light per column of all traces from the lowest to the highest; empty where one leaves the image. */
    private final List<double[]> all = new ArrayList<>();
    /** Which of them is the spectrum's. */
    private final int at;

    private final int near;

    /**
     * @param image the exposure
     * @param spectrum with its trace
     */
    ControlTraces(CcdImage image, ColumnSpectrum spectrum) {
        fwhm = Math.max(3, spectrum.meanFwhmPx());
        int half = (int) Math.max(1, Math.rint(HALF * fwhm));
        int step = 2 * half + 1;
        int most = image.height() / step + 1;
        for (int k = -most; k <= most; k++) {
            all.add(light(image, spectrum, k * step, half));
        }
        at = most;
        own = all.get(at);
        near = Math.max(BESIDE + 1, (int) Math.ceil(APART * fwhm / step));
    }

    private static double[] light(CcdImage image, ColumnSpectrum spectrum, int offset, int half) {
        double[] light = new double[spectrum.size()];
        for (int i = 0; i < light.length; i++) {
            int middle = (int) Math.rint(spectrum.traceY()[i]) + offset;
            if (middle - half < 0 || middle + half >= image.height()) {
                return new double[0];
            }
            int x = spectrum.firstColumn() + i;
            for (int y = middle - half; y <= middle + half; y++) {
                light[i] += image.isGood(x, y) ? image.rate(x, y) : Double.NaN;
            }
        }
        return light;
    }

    /**
     * How far the continuum of the spectrum, or of a part of it, stands out from those of the controls, in their scatter. The
     * continuum is the median light of a trace, less that above and below.
     *
     * @param enough once that is exceeded no other part is looked at
     * @return infinite where there are too few controls, or the trace leaves the image
     */
    double continuum(double enough) {
        if (own.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int parts = 1; parts <= MOST_PARTS && !(most > enough); parts *= 2) {
            for (int part = 0; part < parts; part++) {
                double[] level = new double[all.size()];
                for (int k = 0; k < level.length; k++) {
                    double[] light = all.get(k);
                    level[k] = median(light, part * light.length / parts, (part + 1) * light.length / parts);
                }
                double here = above(level, at);
                double[] others = new double[level.length];
                int n = 0;
                for (int k = BESIDE; k < level.length - BESIDE; k++) {
                    double other = above(level, k);
                    if (Math.abs(k - at) > near && Double.isFinite(other)) {
                        others[n++] = other;
                    }
                }
                if (n < FEWEST_CONTROLS) {
                    return Double.POSITIVE_INFINITY;
                }
                double[] controls = Arrays.copyOf(others, n);
                double usual = RobustStatistics.median(controls);
                double outlying = (here - usual) / Math.max(RobustStatistics.madSigma(controls), 1e-300);
                most = Double.isNaN(outlying) ? most : Math.max(most, outlying);
            }
        }
        return most;
    }

    private static double above(double[] level, int k) {
        double below = k < BESIDE ? Double.NaN : level[k - BESIDE];
        double over = k + BESIDE >= level.length ? Double.NaN : level[k + BESIDE];
        double beside = Double.isNaN(below) ? over : Double.isNaN(over) ? below : (below + over) / 2;
        return level[k] - beside;
    }

    /**
     * The probability that a trace of the field has the peaks of this one: for the number of brightest peaks that makes it
     * least likely, Poisson's with the mean of the controls.
     *
     * @return 0 where no control has such peaks, there are too few, or the trace leaves the image
     */
    double chanceOfPeaks() {
        if (own.length == 0) {
            return 0;
        }
        double[] heights = peaks(own);
        int[] above = new int[MOST_PEAKS + 1];
        int controls = 0;
        for (int k = 0; k < all.size(); k++) {
            if (Math.abs(k - at) <= near || all.get(k).length == 0) {
                continue;
            }
            double[] others = peaks(all.get(k));
            controls++;
            for (int m = FEWEST_PEAKS; m <= Math.min(MOST_PEAKS, heights.length); m++) {
                double least = heights[heights.length - m];
                above[m] += (int) Arrays.stream(others).filter(h -> h >= least).count();
            }
        }
        if (controls < FEWEST_CONTROLS) {
            return 0;
        }
        double lowest = 1;
        for (int m = FEWEST_PEAKS; m <= Math.min(MOST_PEAKS, heights.length); m++) {
            lowest = Math.min(lowest, atLeast(m, above[m] / (double) controls));
        }
        return lowest;
    }

    /** Heights of the peaks of a trace, in rising order. */
    private double[] peaks(double[] light) {
        int n = light.length;
        int width = (int) Math.max(1, Math.rint(fwhm / 2));
        double[] smooth = new double[n];
        for (int i = 0; i < n; i++) {
            smooth[i] = mean(light, i - width, i + width);
        }
        int reach = (int) Math.ceil(fwhm);
        int base = (int) Math.ceil(BASE * fwhm / 2);
        double[] heights = new double[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (isHighest(smooth, i, reach)) {
                heights[count++] = smooth[i] - median(smooth, Math.max(0, i - base), Math.min(n, i + base + 1));
            }
        }
        double[] found = Arrays.copyOf(heights, count);
        Arrays.sort(found);
        return found;
    }

    /** Median of what is a number. */
    private static double median(double[] values, int from, int to) {
        double[] finite =
                Arrays.stream(values, from, to).filter(Double::isFinite).toArray();
        return finite.length == 0 ? Double.NaN : RobustStatistics.median(finite);
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        int n = 0;
        for (int i = Math.max(0, from); i <= Math.min(values.length - 1, to); i++) {
            if (Double.isFinite(values[i])) {
                sum += values[i];
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    private static boolean isHighest(double[] values, int i, int reach) {
        if (Double.isNaN(values[i])) {
            return false;
        }
        for (int k = Math.max(0, i - reach); k <= Math.min(values.length - 1, i + reach); k++) {
            if (values[k] > values[i] || (values[k] == values[i] && k < i)) {
                return false;
            }
        }
        return true;
    }

    /** Probability of so many or more by Poisson's distribution: the tail itself, which one less the rest would lose. */
    private static double atLeast(int m, double mean) {
        double term = Math.exp(-mean);
        for (int k = 0; k < m; k++) {
            term *= mean / (k + 1);
        }
        double tail = 0;
        for (int k = m; term > tail * 1e-9; k++) {
            tail += term;
            term *= mean / (k + 1);
        }
        return Math.min(1, tail);
    }
}
