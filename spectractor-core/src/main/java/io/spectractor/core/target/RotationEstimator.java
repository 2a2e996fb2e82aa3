package io.spectractor.core.target;

import io.spectractor.core.config.RotationConfig;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Measures the angle of the dispersion axis in the raw frame with the Hessian.
 *
 * <p>The Hessian finds the crest of the spectrum; the angle is that of the line from order 0 to the crest, the weighted
 * median over its points. Spectractor takes the median of the crest's local directions instead. But refraction tilts
 * the spectrum by 0.05 to 0.2° while it moves its middle by less than a pixel from the axis through order 0: in frames
 * of known truth the line is right to 0.02°, the local directions to 0.2°. They serve as a check: where both disagree by
 * more than {@value #MAX_DISAGREEMENT_DEG}°, order 0 is not on the axis of this spectrum and the directions are used.
 *
 * <p>Stars have two large eigenvalues and are passed over, order 0 is left out, other spectra do not point at order 0.
 * Stateless.
 */
public final class RotationEstimator {
    private static final double MAX_DISAGREEMENT_DEG = 1;
    /** Crest pixels wanted, as a fraction of the columns searched. */
    private static final double WANTED_FRACTION = 0.2;

    private static final int MIN_COLUMNS = 50;
    private static final int MAX_HALVINGS = 30;
    private static final double NOISE_SIGMA = 5;
    private static final double MAX_OFFSET_PX = 0.75;
    /** A ridge is at least this much longer than wide. */
    private static final double MAX_EIGENVALUE_RATIO = 0.3;
    /** Radius left out around order 0, in half heights of the strip. */
    private static final double EXCLUDED = 0.6;
    /** Width of the bins in which the dominant direction is sought, and what is kept on both sides of it. */
    private static final double BIN_DEG = 0.5;

    private static final double KEEP_DEG = 0.75;
    /** How far the disperser's maps may be off: a weak preference among directions. */
    private static final double MAP_SIGMA_DEG = 3;

    private static final double MIN_CONCENTRATION = 0.3;
    /** Length over which the smoothing correlates the crest, px. */
    private static final double CORRELATION_PX = 10;

    /**
     * Measures the angle, or returns the disperser's with a caveat when there is no clear spectrum.
     *
     * @param image raw image
     * @param order0 order-0 position in it, px
     * @param disperserAngleDeg angle from the disperser's map at order 0, degrees
     * @param config method and accepted differences from the disperser's angle
     * @param halfHeightPx half height of the strip about the expected axis, px
     */
    public RotationEstimate estimate(
            CcdImage image, PixelPosition order0, double disperserAngleDeg, RotationConfig config, int halfHeightPx) {
        if (config.method() != RotationConfig.Method.HESSIAN) {
            double angle = config.method() == RotationConfig.Method.NONE ? 0 : disperserAngleDeg;
            return RotationEstimate.assumed(angle, disperserAngleDeg, new TreeSet<>());
        }
        Strip strip = new Strip(image, order0, disperserAngleDeg, halfHeightPx);
        List<RidgeMap.Crest> ridge = new ArrayList<>();
        if (!strip.window.isEmpty()) {
            RidgeMap map = RidgeMap.of(image, strip.window);
            ridge = crests(strip, map, disperserAngleDeg, config);
        }
        RotationEstimate measured = measure(ridge, order0, disperserAngleDeg, config);
        if (measured != null) {
            return measured;
        }
        TreeSet<Caveat> caveats = new TreeSet<>();
        caveats.add(Caveat.ANGLE_FROM_DISPERSER);
        return RotationEstimate.assumed(disperserAngleDeg, disperserAngleDeg, caveats);
    }

    /** Lowers the threshold by halves until enough columns have a crest, at most to the noise. */
    private static List<RidgeMap.Crest> crests(
            Strip strip, RidgeMap map, double disperserAngleDeg, RotationConfig config) {
        PixelWindow covered = map.covered();
        float[][] lower = map.lowerEigenvalues();
        double lowest = 0;
        int columns = 0;
        double[] sample = new double[4096];
        int n = 0;
        int seen = 0;
        for (int x = covered.x0(); x < covered.x1(); x++) {
            int used = 0;
            for (int y = strip.firstRow(x, covered); y < strip.endRow(x, covered); y++) {
                if (strip.isExcluded(x, y)) {
                    continue;
                }
                used = 1;
                double value = lower[y - strip.window.y0()][x - strip.window.x0()];
                if (seen++ % 97 == 0 && n < sample.length) {
                    sample[n++] = value;
                }
                lowest = Math.min(lowest, value);
            }
            columns += used;
        }
        if (n == 0 || lowest >= 0) {
            return List.of();
        }
        double[] some = Arrays.copyOf(sample, n);
        double floor = Math.min(0, RobustStatistics.median(some)) - NOISE_SIGMA * RobustStatistics.madSigma(some);
        List<RidgeMap.Crest> all = new ArrayList<>();
        for (int x = covered.x0(); x < covered.x1(); x++) {
            for (int y = strip.firstRow(x, covered); y < strip.endRow(x, covered); y++) {
                if (lower[y - strip.window.y0()][x - strip.window.x0()] <= floor && !strip.isExcluded(x, y)) {
                    RidgeMap.Crest crest = map.crest(x, y);
                    if (isSpectral(crest, disperserAngleDeg, config)) {
                        all.add(crest);
                    }
                }
            }
        }
        double[] strength = all.stream().mapToDouble(RidgeMap.Crest::lower).toArray();
        double threshold = lowest;
        for (int halving = 0; halving < MAX_HALVINGS && threshold < floor; halving++) {
            int chosen = 0;
            for (double value : strength) {
                chosen += value <= threshold ? 1 : 0;
            }
            if (chosen >= WANTED_FRACTION * columns) {
                double limit = threshold;
                return all.stream().filter(c -> c.lower() <= limit).toList();
            }
            threshold /= 2;
        }
        return all;
    }

    /** Whether a crest is sharp, much longer than wide, and points where a spectrum may. */
    private static boolean isSpectral(RidgeMap.Crest crest, double disperserAngleDeg, RotationConfig config) {
        double difference = Math.toDegrees(crest.angleRad()) - disperserAngleDeg;
        return Math.abs(crest.offsetPx()) <= MAX_OFFSET_PX
                && Math.abs(crest.upper()) <= MAX_EIGENVALUE_RATIO * Math.abs(crest.lower())
                && difference >= config.minDeg()
                && difference <= config.maxDeg();
    }

    private static @Nullable RotationEstimate measure(
            List<RidgeMap.Crest> ridge, PixelPosition order0, double disperserAngleDeg, RotationConfig config) {
        List<Direction> directions = new ArrayList<>();
        for (RidgeMap.Crest crest : ridge) {
            double dx = crest.x() - order0.x();
            double dy = crest.y() - order0.y();
            double fromOrder0 = Math.toDegrees(Math.atan2(dx < 0 ? -dy : dy, Math.abs(dx)));
            double difference = fromOrder0 - disperserAngleDeg;
            if (difference >= config.minDeg() && difference <= config.maxDeg()) {
                // slopes from order 0 are the more precise the longer the arm
                double weight = -crest.lower() * Math.abs(dx);
                directions.add(new Direction(fromOrder0, Math.toDegrees(crest.angleRad()), weight, -crest.lower(), (int)
                        Math.round(crest.x())));
            }
        }
        double peak = dominant(directions, disperserAngleDeg);
        List<Direction> kept = directions.stream()
                .filter(d -> Math.abs(d.fromOrder0 - peak) <= KEEP_DEG)
                .toList();
        long columns = kept.stream().mapToInt(Direction::column).distinct().count();
        if (columns < MIN_COLUMNS || total(kept) < MIN_CONCENTRATION * total(directions)) {
            return null;
        }
        double[] lines = kept.stream().mapToDouble(Direction::fromOrder0).toArray();
        double[] locals = kept.stream().mapToDouble(Direction::local).toArray();
        double line = weightedMedian(
                lines, kept.stream().mapToDouble(Direction::weight).toArray());
        double local = weightedMedian(
                locals, kept.stream().mapToDouble(Direction::strength).toArray());
        boolean agree = Math.abs(line - local) <= MAX_DISAGREEMENT_DEG;
        double spread = RobustStatistics.madSigma(agree ? lines : locals);
        double error = spread / Math.sqrt(Math.max(1, columns / CORRELATION_PX));
        return new RotationEstimate(
                agree ? line : local, error, local, disperserAngleDeg, kept.size(), true, new TreeSet<>());
    }

    /** Centre of the bin with most weight, the disperser's map preferred weakly; NaN without directions. */
    private static double dominant(List<Direction> directions, double disperserAngleDeg) {
        double best = 0;
        double peak = Double.NaN;
        List<Direction> sorted = directions.stream()
                .sorted(Comparator.comparingDouble(Direction::fromOrder0))
                .toList();
        int from = 0;
        double inBin = 0;
        for (int to = 0; to < sorted.size(); to++) {
            inBin += sorted.get(to).weight;
            while (sorted.get(to).fromOrder0 - sorted.get(from).fromOrder0 > BIN_DEG) {
                inBin -= sorted.get(from++).weight;
            }
            double centre = 0.5 * (sorted.get(from).fromOrder0 + sorted.get(to).fromOrder0);
            double off = (centre - disperserAngleDeg) / MAP_SIGMA_DEG;
            double score = inBin * Math.exp(-0.5 * off * off);
            if (score > best) {
                best = score;
                peak = centre;
            }
        }
        return peak;
    }

    private static double total(List<Direction> directions) {
        return directions.stream().mapToDouble(Direction::weight).sum();
    }

    private static double weightedMedian(double[] values, double[] weights) {
        Integer[] order = new Integer[values.length];
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            sum += weights[i];
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double running = 0;
        for (int i : order) {
            running += weights[i];
            if (running >= 0.5 * sum) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    /**
     * A crest seen from order 0.
     *
     * @param fromOrder0 direction of the line from order 0, degrees
     * @param local direction of the ridge itself, degrees
     * @param weight curvature times distance
     * @param strength curvature
     * @param column px
     */
    private record Direction(double fromOrder0, double local, double weight, double strength, int column) {}

    /** The pixels near the expected axis. */
    private static final class Strip {
        private final PixelWindow window;
        private final PixelPosition order0;
        private final double slope;
        private final int halfHeight;
        private final double excluded2;

        Strip(CcdImage image, PixelPosition order0, double angleDeg, int halfHeight) {
            this.order0 = order0;
            this.slope = Math.tan(Math.toRadians(angleDeg));
            this.halfHeight = halfHeight;
            this.excluded2 = Math.pow(EXCLUDED * halfHeight, 2);
            double atLeft = axis(0);
            double atRight = axis(image.width() - 1);
            double low = Math.min(atLeft, atRight) - halfHeight - RidgeMap.MARGIN_PX;
            double high = Math.max(atLeft, atRight) + halfHeight + RidgeMap.MARGIN_PX + 1;
            this.window = new PixelWindow(0, (int) Math.max(0, Math.floor(low)), image.width(), (int)
                    Math.min(image.height(), Math.ceil(high)));
        }

        private double axis(double x) {
            return order0.y() + slope * (x - order0.x());
        }

        /** First row of a column in the strip and in a window. */
        int firstRow(int x, PixelWindow inside) {
            return Math.max(inside.y0(), (int) Math.ceil(axis(x) - halfHeight));
        }

        /** Row after the last. */
        int endRow(int x, PixelWindow inside) {
            return Math.min(inside.y1(), (int) Math.floor(axis(x) + halfHeight) + 1);
        }

        boolean isExcluded(int x, int y) {
            double dx = x - order0.x();
            double dy = y - order0.y();
            return dx * dx + dy * dy < excluded2;
        }
    }
}
