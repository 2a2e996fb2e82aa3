package io.spectractor.catalogue.series;

/** One pass over the points of a light curve, for the dip of the largest integral. */
final class DipSearch {
    private static final double AWAY_DAYS = 5;
    private static final int MIN_AWAY = 5;

    private final DipPoints points;
    private final double[] significance;
    private final double maxGap;
    private final int minObservations;
    private final double minDays;
    private final double threshold;

    private double bestIntegral = -1;
    private double bestStart = Double.NaN;
    private double bestEnd = Double.NaN;
    private int bestCount;
    private double bestComplexity = Double.NaN;

    private boolean inside;
    private double start;
    private double integral;
    private int count;
    private double deepest;
    private double steps;

    /**
     * @param maxGap days without a point that end a dip unfinished
     * @param minObservations points that a dip has at least
     * @param minDays and its length
     * @param threshold what its points are fainter by than the median, in their errors
     */
    DipSearch(DipPoints points, double maxGap, int minObservations, double minDays, double threshold) {
        this.points = points;
        this.maxGap = maxGap;
        this.minObservations = minObservations;
        this.minDays = minDays;
        this.threshold = threshold;
        int n = points.n();
        double[] mag = points.mag();
        double[] err = points.err();
        double[] ratio = new double[n];
        for (int i = 0; i < n; i++) {
            ratio[i] = mag[i] / err[i];
        }
        this.significance = ratio;
    }

    /** Integral, begin, end, number of points and complexity of the dip, its significance, and how many dips there are. */
    double[] result() {
        double[] ratio = significance;
        double[] mjd = points.mjd();
        for (int i = 1; i < ratio.length; i++) {
            boolean faint = ratio[i] >= threshold;
            if (!faint && !inside) {
                continue;
            }
            if (mjd[i] - mjd[i - 1] > maxGap) {
                inside = false;
            } else if (faint) {
                faint(i);
            } else {
                end(i);
            }
        }
        return new double[] {bestIntegral, bestStart, bestEnd, bestCount, bestComplexity, overScatter(), dips()};
    }

    @SuppressWarnings("ShortCircuitBoolean") // as random as the bands of DipPoints
    private int dips() {
        int dips = 0;
        for (int i = 1; i < significance.length; i++) {
            dips += significance[i] > threshold & significance[i - 1] < threshold ? 1 : 0;
        }
        return dips;
    }

    private void faint(int i) {
        double[] mjd = points.mjd();
        double mag = points.mag()[i];
        double err = points.err()[i];
        if (inside) {
            count++;
            double before = points.mag()[i - 1];
            integral += (mjd[i] - mjd[i - 1]) * ((mag + before) / 2);
            deepest = Math.max(deepest, mag);
            steps += Math.abs(mag - before) - err;
        } else if (!(significance[i - 1] >= threshold)) {
            inside = true;
            start = mjd[i];
            integral = 0;
            count = 1;
            deepest = mag;
            steps = mag - err;
        }
    }

    private void end(int i) {
        steps += points.mag()[i - 1] - points.err()[i];
        double last = points.mjd()[i - 1];
        if (integral > bestIntegral && count >= minObservations && last - start > minDays) {
            bestIntegral = integral;
            bestStart = start;
            bestEnd = last;
            bestCount = count;
            bestComplexity = steps / deepest / 2;
        }
        inside = false;
    }

    /** The integral over the standard deviation of the first points of the nights away from the dip; 0 if these are few. */
    @SuppressWarnings("ShortCircuitBoolean")
    private double overScatter() {
        if (Double.isNaN(bestStart)) {
            return 0;
        }
        int n = points.n();
        double[] mjd = points.mjd();
        double[] mag = points.mag();
        double[] away = new double[n];
        double from = bestStart - AWAY_DAYS;
        double to = bestEnd + AWAY_DAYS;
        double before = Double.NEGATIVE_INFINITY;
        int nights = 0;
        for (int i = 0; i < n; i++) {
            double now = mjd[i];
            away[nights] = mag[i];
            nights += now - before > DipFinder.NIGHT_DAYS & (now < from | now > to) ? 1 : 0;
            before = now;
        }
        if (nights < MIN_AWAY) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < nights; i++) {
            sum += away[i];
        }
        double mean = sum / nights;
        double squares = 0;
        for (int i = 0; i < nights; i++) {
            squares += (away[i] - mean) * (away[i] - mean);
        }
        return bestIntegral / Math.sqrt(squares / nights);
    }
}
