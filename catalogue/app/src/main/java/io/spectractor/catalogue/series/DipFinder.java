package io.spectractor.catalogue.series;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The dip finder of the ZTF group for stars like Boyajian's: {@code analyze_dip} of dirac-institute/ZTF_Boyajian, dipper.py
 * at commit 24b6bde. A dip is a run of points fainter than the median of their band by more than a threshold, with points
 * below it on either side and no gap; the one of the largest integral wins. Its significance is that integral over the standard
 * deviation of the points away from it, magnitude × days over magnitude.
 *
 * <p>Same results as the original, in double where that ends in float (which holds a date to 337 s only). Points of equal time
 * keep their order here; there it is undefined. As there, the first point of a band is compared with its last one when
 * repeated observations are removed.
 */
public final class DipFinder implements SeriesFunction {
    private static final double REPEATED_DAYS = 1e-5;
    private static final double NIGHT_DAYS = 0.5;
    private static final double AWAY_DAYS = 5;
    private static final int MIN_IN_BAND = 10;
    private static final int MIN_AWAY = 5;
    private static final double EDGE = 20;
    private static final double COLUMNS = 3072;
    private static final double ROWS = 3080;
    /** Ranges of bad columns of ZTF's detectors. */
    private static final double[][] BAD_COLUMNS = {
        {24, 31},
        {95, 106},
        {328, 333},
        {1169, 1177},
        {1249, 1257},
        {1339, 1349},
        {2076, 2100},
        {2521, 2537},
        {2676, 2682},
        {2888, 2895}
    };

    private final List<String> bands;
    private final double maxGap;
    private final int minObservations;
    private final double minDays;
    private final double threshold;

    /**
     * @param parameters bands (g,r), max_gap (2 days), min_num_observations (3), min_dip_time (2 days), threshold (3)
     * @throws IllegalArgumentException if one is unknown or no number
     */
    public DipFinder(Map<String, String> parameters) {
        TreeSet<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(List.of("bands", "max_gap", "min_num_observations", "min_dip_time", "threshold"));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the dip finder has no parameter " + String.join(", ", unknown)
                    + "; it has bands, max_gap, min_num_observations, min_dip_time, threshold");
        }
        this.bands = List.of(parameters.getOrDefault("bands", "g,r").split(",", -1));
        this.maxGap = number(parameters, "max_gap", 2);
        this.minObservations = (int) number(parameters, "min_num_observations", 3);
        this.minDays = number(parameters, "min_dip_time", 2);
        this.threshold = number(parameters, "threshold", 3);
    }

    private static double number(Map<String, String> parameters, String name, double usual) {
        String text = parameters.get(name);
        try {
            return text == null ? usual : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("parameter " + name + " is not a number: " + text, e);
        }
    }

    @Override
    public List<String> results() {
        return List.of("intmag", "start_mjd", "end_mjd", "nobs", "complexity", "significance", "num_dips");
    }

    @Override
    public double[] apply(LightCurve curve) {
        Detector detector = Detector.of(curve);
        Points points = null;
        for (String band : bands) {
            Points its = Points.of(curve, band, detector);
            points = points == null ? its : points.merged(its);
        }
        return new Search(java.util.Objects.requireNonNull(points)).result();
    }

    /**
     * Points in the order of time, magnitudes relative to the median of their band.
     *
     * @param n so many; the arrays may be longer
     */
    private record Points(int n, double[] mjd, double[] mag, double[] err) {
        private static final Points NONE = new Points(0, new double[0], new double[0], new double[0]);

        static Points of(LightCurve curve, String band, Detector detector) {
            int[] rows = inTime(curve, band);
            double[] time = curve.time();
            double[] value = curve.value();
            double[] error = curve.error();
            double[] mjd = new double[rows.length];
            double[] mag = new double[rows.length];
            double[] err = new double[rows.length];
            double[] apart = new double[rows.length];
            int count = 0;
            int nights = 0;
            double before = rows.length == 0 ? 0 : time[rows[rows.length - 1]];
            for (int row : rows) {
                double now = time[row];
                if (Math.abs(now - before) > REPEATED_DAYS && detector.isSound(curve, row)) {
                    mjd[count] = now;
                    mag[count] = value[row];
                    err[count] = error[row];
                    if (count == 0 || now - mjd[count - 1] > NIGHT_DAYS) {
                        apart[nights++] = value[row];
                    }
                    count++;
                }
                before = now;
            }
            if (count < MIN_IN_BAND) {
                return NONE;
            }
            double base = median(apart, nights);
            for (int i = 0; i < count; i++) {
                mag[i] -= base;
            }
            return new Points(count, mjd, mag, err);
        }

        private static int[] inTime(LightCurve curve, String band) {
            double[] time = curve.time();
            String[] bands = curve.band();
            int[] rows = new int[time.length];
            int n = 0;
            boolean sorted = true;
            for (int i = 0; i < time.length; i++) {
                if (bands[i].equals(band)) {
                    sorted &= n == 0 || time[rows[n - 1]] <= time[i];
                    rows[n++] = i;
                }
            }
            rows = Arrays.copyOf(rows, n);
            return sorted
                    ? rows
                    : Arrays.stream(rows)
                            .boxed()
                            .sorted(java.util.Comparator.comparingDouble(i -> time[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }

        /** The points of both in the order of time; of equal times those of this come first. */
        Points merged(Points other) {
            int all = n + other.n;
            Points merged = new Points(all, new double[all], new double[all], new double[all]);
            int own = 0;
            int its = 0;
            for (int i = 0; i < all; i++) {
                // the times of sound points are finite
                if (its == other.n || (own < n && mjd[own] <= other.mjd[its])) {
                    merged.take(i, this, own++);
                } else {
                    merged.take(i, other, its++);
                }
            }
            return merged;
        }

        private void take(int to, Points from, int at) {
            mjd[to] = from.mjd[at];
            mag[to] = from.mag[at];
            err[to] = from.err[at];
        }
    }

    /** Where on the detector points are, and what flags they have; null where the series does not say. */
    private record Detector(double @Nullable [] flags, double @Nullable [] x, double @Nullable [] y) {
        static Detector of(LightCurve curve) {
            return new Detector(curve.field("catflags"), curve.field("xpos"), curve.field("ypos"));
        }

        boolean isSound(LightCurve curve, int i) {
            boolean known = Double.isFinite(curve.time()[i]) && Double.isFinite(curve.value()[i]);
            if (!known || !(curve.error()[i] > 0) || !(at(flags, i, 0) == 0)) {
                return false;
            }
            double atX = at(x, i, COLUMNS / 2);
            double atY = at(y, i, ROWS / 2);
            if (!(atX > EDGE && atX < COLUMNS - EDGE && atY > EDGE && atY < ROWS - EDGE)) {
                return false;
            }
            if (x != null) {
                for (double[] range : BAD_COLUMNS) {
                    if (atX >= range[0] && atX <= range[1]) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private static double at(double @Nullable [] values, int i, double usual) {
        return values == null ? usual : values[i];
    }

    /** The median of the first n values, of which there is one at least; their order is lost. Hoare's selection. */
    private static double median(double[] v, int n) {
        int middle = n / 2;
        int lo = 0;
        int hi = n - 1;
        while (lo < hi) {
            double pivot = v[(lo + hi) >>> 1];
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
                    double lower = v[j];
                    v[j--] = v[i];
                    v[i++] = lower;
                }
            }
            if (middle > j && middle < i) {
                break;
            }
            lo = middle > j ? i : lo;
            hi = middle < i ? j : hi;
        }
        if (n % 2 == 1) {
            return v[middle];
        }
        double below = v[0];
        for (int i = 1; i < middle; i++) {
            below = Math.max(below, v[i]);
        }
        return (below + v[middle]) / 2;
    }

    /** One pass over the points. */
    private final class Search {
        private final Points points;
        private final double[] significance;
        private double bestIntegral = -1;
        private double bestStart = Double.NaN;
        private double bestEnd = Double.NaN;
        private int bestCount;
        private double bestComplexity = Double.NaN;
        private int dips;

        private boolean inside;
        private double start;
        private double integral;
        private int count;
        private double deepest;
        private double steps;

        Search(Points points) {
            this.points = points;
            this.significance = new double[points.n];
            for (int i = 0; i < points.n; i++) {
                significance[i] = points.mag[i] / points.err[i];
            }
        }

        double[] result() {
            for (int i = 1; i < points.n; i++) {
                boolean faint = significance[i] >= threshold;
                if (points.mjd[i] - points.mjd[i - 1] > maxGap) {
                    inside = false;
                } else if (faint) {
                    faint(i);
                } else if (inside) {
                    end(i);
                }
                if (significance[i] > threshold && significance[i - 1] < threshold) {
                    dips++;
                }
            }
            return new double[] {bestIntegral, bestStart, bestEnd, bestCount, bestComplexity, overScatter(), dips};
        }

        private void faint(int i) {
            double mag = points.mag[i];
            if (inside) {
                count++;
                double before = points.mag[i - 1];
                integral += (points.mjd[i] - points.mjd[i - 1]) * ((mag + before) / 2);
                deepest = Math.max(deepest, mag);
                steps += Math.abs(mag - before) - points.err[i];
            } else if (!(significance[i - 1] >= threshold)) {
                inside = true;
                start = points.mjd[i];
                integral = 0;
                count = 1;
                deepest = mag;
                steps = mag - points.err[i];
            }
        }

        private void end(int i) {
            steps += points.mag[i - 1] - points.err[i];
            double last = points.mjd[i - 1];
            if (integral > bestIntegral && count >= minObservations && last - start > minDays) {
                bestIntegral = integral;
                bestStart = start;
                bestEnd = last;
                bestCount = count;
                bestComplexity = steps / deepest / 2;
            }
            inside = false;
        }

        private double overScatter() {
            double[] away = new double[points.n];
            int n = 0;
            double sum = 0;
            for (int i = 0; i < points.n; i++) {
                double mjd = points.mjd[i];
                boolean apart = i == 0 || mjd - points.mjd[i - 1] > NIGHT_DAYS;
                if (apart && (mjd < bestStart - AWAY_DAYS || mjd > bestEnd + AWAY_DAYS)) {
                    away[n++] = points.mag[i];
                    sum += points.mag[i];
                }
            }
            if (n < MIN_AWAY) {
                return 0;
            }
            double mean = sum / n;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (away[i] - mean) * (away[i] - mean);
            }
            return bestIntegral / Math.sqrt(squares / n);
        }
    }
}
