package io.spectractor.catalogue.series;

/** Medians of short arrays. */
final class Medians {
    private Medians() {}

    /**
     * The median of n values from one on, of which there is one at least, none of them NaN; their order is lost. Selection with
     * Lomuto's partition, which swaps every element instead of asking which of them it has to.
     */
    static double median(double[] v, int from, int n) {
        int middle = from + n / 2;
        int lo = from;
        int hi = from + n - 1;
        while (lo < hi) {
            double pivot = pivot(v, lo, hi);
            int less = partition(v, lo, hi, pivot);
            if (middle < less) {
                hi = less - 1;
            } else {
                int above = equals(v, less, hi, pivot);
                if (middle < above) {
                    break;
                }
                lo = above;
            }
        }
        if (n % 2 == 1) {
            return v[middle];
        }
        double below = v[from];
        for (int i = from + 1; i < middle; i++) {
            below = Math.max(below, v[i]);
        }
        return (below + v[middle]) / 2;
    }

    private static double pivot(double[] v, int lo, int hi) {
        double a = v[lo];
        double b = v[(lo + hi) >>> 1];
        double c = v[hi];
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Puts what is below the pivot before the rest; where the rest begins. */
    private static int partition(double[] v, int lo, int hi, double pivot) {
        int to = lo;
        for (int i = lo; i <= hi; i++) {
            double x = v[i];
            v[i] = v[to];
            v[to] = x;
            to += x < pivot ? 1 : 0;
        }
        return to;
    }

    /** Puts what equals the pivot before the rest, none of which is below it. */
    private static int equals(double[] v, int lo, int hi, double pivot) {
        int to = lo;
        for (int i = lo; i <= hi; i++) {
            double x = v[i];
            v[i] = v[to];
            v[to] = x;
            to += x <= pivot ? 1 : 0;
        }
        return to;
    }
}
