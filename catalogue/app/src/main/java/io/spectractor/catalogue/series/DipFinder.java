package io.spectractor.catalogue.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
        List<Points> parts = new ArrayList<>();
        for (String band : bands) {
            parts.add(Points.of(curve, band));
        }
        return new Search(Points.joined(parts)).result();
    }

    /** Points in the order of time, magnitudes relative to the median of their band. */
    private record Points(double[] mjd, double[] mag, double[] err) {
        static Points of(LightCurve curve, String band) {
            int[] rows = IntStream.range(0, curve.time().length)
                    .filter(i -> curve.band()[i].equals(band))
                    .boxed()
                    .sorted(java.util.Comparator.comparingDouble(i -> curve.time()[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int n = rows.length;
            double[] time = take(curve.time(), rows);
            int[] good = IntStream.range(0, n)
                    .filter(i -> Math.abs(time[i] - time[(i + n - 1) % n]) > REPEATED_DAYS && sound(curve, rows[i]))
                    .map(i -> rows[i])
                    .toArray();
            if (good.length < MIN_IN_BAND) {
                return new Points(new double[0], new double[0], new double[0]);
            }
            double[] mjd = take(curve.time(), good);
            double[] mag = take(curve.value(), good);
            boolean[] apart = apart(mjd);
            double base = median(IntStream.range(0, mag.length)
                    .filter(i -> apart[i])
                    .mapToDouble(i -> mag[i])
                    .toArray());
            return new Points(mjd, Arrays.stream(mag).map(m -> m - base).toArray(), take(curve.error(), good));
        }

        static Points joined(List<Points> parts) {
            double[] mjd =
                    parts.stream().flatMapToDouble(p -> Arrays.stream(p.mjd)).toArray();
            double[] mag =
                    parts.stream().flatMapToDouble(p -> Arrays.stream(p.mag)).toArray();
            double[] err =
                    parts.stream().flatMapToDouble(p -> Arrays.stream(p.err)).toArray();
            int[] order = IntStream.range(0, mjd.length)
                    .boxed()
                    .sorted(java.util.Comparator.comparingDouble(i -> mjd[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new Points(take(mjd, order), take(mag, order), take(err, order));
        }

        private static double[] take(double[] values, int[] rows) {
            return IntStream.of(rows).mapToDouble(i -> values[i]).toArray();
        }
    }

    private static boolean sound(LightCurve curve, int i) {
        boolean known = Double.isFinite(curve.time()[i]) && Double.isFinite(curve.value()[i]);
        if (!known || !(curve.error()[i] > 0) || !(at(curve.field("catflags"), i, 0) == 0)) {
            return false;
        }
        double y = at(curve.field("ypos"), i, ROWS / 2);
        double x = at(curve.field("xpos"), i, COLUMNS / 2);
        if (!(x > EDGE && x < COLUMNS - EDGE && y > EDGE && y < ROWS - EDGE)) {
            return false;
        }
        for (double[] range : BAD_COLUMNS) {
            if (x >= range[0] && x <= range[1]) {
                return false;
            }
        }
        return true;
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
            double[] away = IntStream.range(0, points.mjd.length)
                    .filter(i ->
                            apart[i] && (points.mjd[i] < bestStart - AWAY_DAYS || points.mjd[i] > bestEnd + AWAY_DAYS))
                    .mapToDouble(i -> points.mag[i])
                    .toArray();
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
