package io.spectractor.core.fit;

import java.util.Arrays;

/** Location and scale that outliers don't move. NaN values are ignored everywhere; inputs are left as they are. */
public final class RobustStatistics {
    /** Ratio of standard deviation to median absolute deviation of normal noise, 1 / Phi^-1(3/4). */
    public static final double MAD_TO_SIGMA = 1.482602218505602;

    /** Number of values from which on a better pivot is worth its comparisons. */
    private static final int NINTHER_FROM = 40;

    private RobustStatistics() {}

    /**
     * Moments of what sigma clipping left.
     *
     * @param mean mean, NaN if nothing was kept
     * @param median median
     * @param std standard deviation (divided by n, not n - 1)
     * @param kept number of values kept
     */
    public record ClippedMoments(double mean, double median, double std, int kept) {}

    /** Median; the mean of the two middle values for an even number; NaN if there is no value. */
    public static double median(double[] values) {
        double[] work = new double[values.length];
        return medianInPlace(work, copyFinite(values, work));
    }

    /** Median absolute deviation from the median, times {@link #MAD_TO_SIGMA}: estimates the sigma of normal noise. */
    public static double madSigma(double[] values) {
        return MAD_TO_SIGMA * mad(values);
    }

    /** Median absolute deviation from the median. */
    public static double mad(double[] values) {
        double[] work = new double[values.length];
        return madInPlace(work, copyFinite(values, work));
    }

    /** Median absolute deviation of the first n values, which are overwritten; none may be NaN. */
    public static double madInPlace(double[] v, int n) {
        double median = medianInPlace(v, n);
        for (int i = 0; i < n; i++) {
            v[i] = Math.abs(v[i] - median);
        }
        return medianInPlace(v, n);
    }

    /**
     * Value below which a fraction of the values lies, linear between neighbours (Hyndman and Fan's type 7).
     *
     * @param fraction in [0, 1]
     */
    public static double quantile(double[] values, double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a fraction must lie in [0, 1], got " + fraction);
        }
        double[] work = new double[values.length];
        int n = copyFinite(values, work);
        if (n == 0) {
            return Double.NaN;
        }
        double rank = fraction * (n - 1);
        int k = (int) rank;
        double low = select(work, n, k);
        if (k + 1 >= n || rank == k) {
            return low;
        }
        double high = minimum(work, k + 1, n);
        return low + (rank - k) * (high - low);
    }

    /**
     * Repeats: drop values further than nSigma standard deviations from the median of the kept ones, until none goes.
     *
     * @param nSigma limit, positive
     * @param maxRounds largest number of repetitions
     */
    public static ClippedMoments sigmaClip(double[] values, double nSigma, int maxRounds) {
        double[] kept = new double[values.length];
        int n = copyFinite(values, kept);
        for (int round = 0; round < maxRounds && n > 0; round++) {
            double limit = nSigma * standardDeviation(kept, n, mean(kept, n));
            double median = orderedMedian(kept, n);
            int m = 0;
            for (int i = 0; i < n; i++) {
                if (Math.abs(kept[i] - median) <= limit) {
                    kept[m++] = kept[i];
                }
            }
            if (m == n) {
                break;
            }
            n = m;
        }
        double mean = mean(kept, n);
        double std = standardDeviation(kept, n, mean);
        return new ClippedMoments(mean, orderedMedian(kept, n), std, n);
    }

    private static double mean(double[] v, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += v[i];
        }
        return sum / n;
    }

    private static double standardDeviation(double[] v, int n, double mean) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (v[i] - mean) * (v[i] - mean);
        }
        return Math.sqrt(sum / n);
    }

    private static int copyFinite(double[] values, double[] out) {
        int n = 0;
        for (double v : values) {
            if (!Double.isNaN(v)) {
                out[n++] = v;
            }
        }
        return n;
    }

    /** Median of the first n values, whose order is changed. */
    public static double medianInPlace(double[] v, int n) {
        return n == 0 ? Double.NaN : middleOf(v, n, select(v, n, n / 2));
    }

    /** The median, once the value of rank n / 2 stands in its place. */
    private static double middleOf(double[] v, int n, double high) {
        if (n % 2 == 1) {
            return high;
        }
        double low = maximum(v, n / 2);
        return low + 0.5 * (high - low);
    }

    /**
     * The value of rank k among the first n; afterwards smaller ones stand before position k, larger ones after. Partitions
     * without a branch on the values, which no processor could foresee.
     */
    private static double select(double[] v, int n, int k) {
        int lo = 0;
        int hi = n - 1;
        for (int pass = 0; lo < hi; pass++) {
            if (pass > 64) {
                Arrays.sort(v, lo, hi + 1);
                break;
            }
            double pivot = hi - lo < NINTHER_FROM ? middle(v[lo], v[(lo + hi) >>> 1], v[hi]) : ninther(v, lo, hi);
            int below = partition(v, lo, hi, pivot);
            if (k < below) {
                hi = below - 1;
            } else if (below > lo) {
                lo = below;
            } else {
                // the pivot is the smallest one: all its equals go
                lo = partition(v, lo, hi, Math.nextUp(pivot));
                if (k < lo) {
                    break;
                }
            }
        }
        return v[k];
    }

    /**
     * The middle of the middles of three times three values: nearer to the median than that of three, so fewer passes follow.
     *
     * @see "J. W. Tukey, The ninther, in Contributions to Survey Sampling and Applied Statistics (1978), 251"
     */
    private static double ninther(double[] v, int lo, int hi) {
        int step = (hi - lo) / 8;
        return middle(
                middle(v[lo], v[lo + step], v[lo + 2 * step]),
                middle(v[lo + 3 * step], v[lo + 4 * step], v[lo + 5 * step]),
                middle(v[hi - 2 * step], v[hi - step], v[hi]));
    }

    /** Brings values below a limit to the front; returns the position after the last of them. */
    private static int partition(double[] v, int lo, int hi, double limit) {
        int end = lo;
        for (int i = lo; i <= hi; i++) {
            double x = v[i];
            v[i] = v[end];
            v[end] = x;
            end += x < limit ? 1 : 0;
        }
        return end;
    }

    /** The same as {@link #medianInPlace}, and leaves the values in an order on which sums of them depend. */
    private static double orderedMedian(double[] v, int n) {
        return n == 0 ? Double.NaN : middleOf(v, n, selectInOrder(v, n, n / 2));
    }

    /** The same as {@link #select} by Wirth's method. */
    private static double selectInOrder(double[] v, int n, int k) {
        int lo = 0;
        int hi = n - 1;
        // the middle of three as pivot; falls back to sorting when it shrinks too slowly
        for (int pass = 0; lo < hi; pass++) {
            if (pass > 64) {
                Arrays.sort(v, lo, hi + 1);
                break;
            }
            double pivot = middle(v[lo], v[(lo + hi) >>> 1], v[hi]);
            int i = lo;
            int j = hi;
            while (i <= j) {
                while (v[i] < pivot) {
                    i++;
                }
                while (v[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = v[i];
                    v[i++] = v[j];
                    v[j--] = swap;
                }
            }
            if (k <= j) {
                hi = j;
            } else if (k >= i) {
                lo = i;
            } else {
                break;
            }
        }
        return v[k];
    }

    private static double middle(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static double maximum(double[] v, int end) {
        double best = v[0];
        for (int i = 1; i < end; i++) {
            best = Math.max(best, v[i]);
        }
        return best;
    }

    private static double minimum(double[] v, int from, int end) {
        double best = v[from];
        for (int i = from + 1; i < end; i++) {
            best = Math.min(best, v[i]);
        }
        return best;
    }
}
