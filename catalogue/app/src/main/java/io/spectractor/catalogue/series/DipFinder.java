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
        Points points = Points.NONE;
        for (String band : bands) {
            points = points.merged(Points.of(curve, band));
        }
        return new Search(points).result();
    }

    /** Points in the order of time, magnitudes relative to the median of their band. */
    private record Points(double[] mjd, double[] mag, double[] err) {
        private static final Points NONE = new Points(new double[0], new double[0], new double[0]);

        static Points of(LightCurve curve, String band) {
            int[] rows = inTime(curve, band);
            Detector detector = Detector.of(curve);
            int n = rows.length;
            int[] good = new int[n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                double before = curve.time()[rows[(i + n - 1) % n]];
                if (Math.abs(curve.time()[rows[i]] - before) > REPEATED_DAYS && detector.isSound(curve, rows[i])) {
                    good[count++] = rows[i];
                }
            }
            if (count < MIN_IN_BAND) {
                return NONE;
            }
            good = Arrays.copyOf(good, count);
            double[] mjd = take(curve.time(), good);
            double[] mag = take(curve.value(), good);
            double base = median(chosen(mag, apart(mjd)));
            for (int i = 0; i < count; i++) {
                mag[i] -= base;
            }
            return new Points(mjd, mag, take(curve.error(), good));
        }

        private static int[] inTime(LightCurve curve, String band) {
            double[] time = curve.time();
            int[] rows = new int[time.length];
            int n = 0;
            boolean sorted = true;
            for (int i = 0; i < time.length; i++) {
                if (curve.band()[i].equals(band)) {
                    rows[n++] = i;
                    sorted &= n == 1 || Double.compare(time[rows[n - 2]], time[i]) <= 0;
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
            int n = mjd.length + other.mjd.length;
            Points all = new Points(new double[n], new double[n], new double[n]);
            int own = 0;
            int its = 0;
            for (int i = 0; i < n; i++) {
                boolean first =
                        its == other.mjd.length || (own < mjd.length && Double.compare(mjd[own], other.mjd[its]) <= 0);
                Points from = first ? this : other;
                int at = first ? own++ : its++;
                all.mjd[i] = from.mjd[at];
                all.mag[i] = from.mag[at];
                all.err[i] = from.err[at];
            }
            return all;
        }

        private static double[] take(double[] values, int[] rows) {
            double[] taken = new double[rows.length];
            Arrays.setAll(taken, i -> values[rows[i]]);
            return taken;
        }
    }

    private static double[] chosen(double[] values, boolean[] wanted) {
        double[] chosen = new double[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (wanted[i]) {
                chosen[n++] = values[i];
            }
        }
        return Arrays.copyOf(chosen, n);
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

    /** Whether a point comes more than half a day after the one before it. */
    private static boolean[] apart(double[] times) {
        boolean[] apart = new boolean[times.length];
        for (int i = 0; i < times.length; i++) {
            apart[i] = i == 0 || times[i] - times[i - 1] > NIGHT_DAYS;
        }
        return apart;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /** One pass over the points. */
    private final class Search {
        private final Points points;
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
        }

        double[] result() {
            for (int i = 1; i < points.mjd.length; i++) {
                boolean faint = significance(i) >= threshold;
                if (points.mjd[i] - points.mjd[i - 1] > maxGap) {
                    inside = false;
                } else if (faint) {
                    faint(i);
                } else if (inside) {
                    end(i);
                }
                if (significance(i) > threshold && significance(i - 1) < threshold) {
                    dips++;
                }
            }
            return new double[] {bestIntegral, bestStart, bestEnd, bestCount, bestComplexity, overScatter(), dips};
        }

        private double significance(int i) {
            return points.mag[i] / points.err[i];
        }

        private void faint(int i) {
            double mag = points.mag[i];
            if (inside) {
                count++;
                double before = points.mag[i - 1];
                integral += (points.mjd[i] - points.mjd[i - 1]) * ((mag + before) / 2);
                deepest = Math.max(deepest, mag);
                steps += Math.abs(mag - before) - points.err[i];
            } else if (!(significance(i - 1) >= threshold)) {
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
            boolean[] apart = apart(points.mjd);
            for (int i = 0; i < apart.length; i++) {
                apart[i] &= points.mjd[i] < bestStart - AWAY_DAYS || points.mjd[i] > bestEnd + AWAY_DAYS;
            }
            double[] away = chosen(points.mag, apart);
            if (away.length < MIN_AWAY) {
                return 0;
            }
            double mean = Arrays.stream(away).sum() / away.length;
            double variance =
                    Arrays.stream(away).map(m -> (m - mean) * (m - mean)).sum() / away.length;
            return bestIntegral / Math.sqrt(variance);
        }
    }
}
