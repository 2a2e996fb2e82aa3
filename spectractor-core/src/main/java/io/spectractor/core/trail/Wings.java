package io.spectractor.core.trail;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The wings of a spectrum in rows at a distance from its trace: in proportion to the light of the trace's core, with a factor
 * that medians over many columns tell, so that a trail or a star in the row does no harm.
 */
final class Wings {
    /** Distance from the trace up to which light is the core's, px. */
    private static final int CORE_PX = 3;
    /** Part of the columns, the brightest and the faintest, that are compared. */
    private static final int PART = 3;

    private static final int LEAST_COLUMNS = 20;

    /** Mean of the core's pixels per column; NaN without one. */
    private final double[] light;
    /** Light from which on a column is one of the brightest, and up to which it is one of the faintest. */
    private final double bright;

    private final double faint;

    /** By distance from the trace, which two rows have. */
    private final Map<Integer, Spread> spreads = new HashMap<>();

    private Wings(double[] light, double faint, double bright) {
        this.light = light;
        this.faint = faint;
        this.bright = bright;
    }

    /**
     * @param firstColumn of the spectrum, px
     * @param traceRow row of the trace in each column from there, px
     */
    static Wings of(CcdImage image, int firstColumn, int[] traceRow) {
        double[] light = new double[traceRow.length];
        for (int c = 0; c < light.length; c++) {
            int x = firstColumn + c;
            double sum = 0;
            int n = 0;
            for (int y = traceRow[c] - CORE_PX; y <= traceRow[c] + CORE_PX; y++) {
                boolean inside = x >= 0 && x < image.width() && y >= 0 && y < image.height();
                // a saturated pixel says that there is much light, which is better than nothing
                if (inside && (image.mask(x, y) & CcdImage.BAD) == 0) {
                    sum += image.rate(x, y);
                    n++;
                }
            }
            light[c] = n == 0 ? Double.NaN : sum / n;
        }
        double[] known = Arrays.stream(light).filter(Double::isFinite).toArray();
        return known.length == 0
                ? new Wings(light, Double.NaN, Double.NaN)
                : new Wings(
                        light,
                        RobustStatistics.quantile(known, 1.0 / PART),
                        RobustStatistics.quantile(known, 1 - 1.0 / PART));
    }

    /**
     * Takes the wings out of a row, up to a constant; what is not a number stays so.
     *
     * @param distance of the row from the trace, px: the wings of a narrow line are about as wide there
     */
    void subtractFrom(double[] row, int distance) {
        Spread spread = spreads.computeIfAbsent(Math.abs(distance), this::spread);
        double[] light = spread.light;
        double[] light1 = new double[row.length];
        double[] row1 = new double[row.length];
        double[] light2 = new double[row.length];
        double[] row2 = new double[row.length];
        int n1 = 0;
        int n2 = 0;
        for (int c = 0; c < row.length; c++) {
            if (!Double.isFinite(row[c])) {
                continue;
            }
            if (light[c] <= faint) {
                light1[n1] = light[c];
                row1[n1++] = row[c];
            } else if (light[c] >= bright) {
                light2[n2] = light[c];
                row2[n2++] = row[c];
            }
        }
        if (n1 < LEAST_COLUMNS || n2 < LEAST_COLUMNS) {
            return;
        }
        double rise = RobustStatistics.medianInPlace(row2, n2) - RobustStatistics.medianInPlace(row1, n1);
        double factor = rise
                / (n1 == spread.faintColumns && n2 == spread.brightColumns
                        ? spread.rise
                        : RobustStatistics.medianInPlace(light2, n2) - RobustStatistics.medianInPlace(light1, n1));
        if (!(factor > 0) || !Double.isFinite(factor)) {
            return;
        }
        for (int c = 0; c < row.length; c++) {
            // a column without light of its own has its neighbours' wings
            row[c] -= Double.isFinite(light[c]) ? factor * light[c] : 0;
        }
    }

    /**
     * The light as the wings at a distance, not negative, have it, px. Those of a Moffat profile go with (1 + x²/d²)⁻³ along the row, whose
     * standard deviation is d/√3; two running means of √2 d columns have the same.
     */
    private Spread spread(int distance) {
        int half = (int) Math.round(distance / Math.sqrt(2) - 0.5);
        double[] once = runningMean(light, half);
        double[] twice = runningMean(once, half);
        for (int c = 0; c < twice.length; c++) {
            // where the core is not seen there is nothing to compare with
            twice[c] = Double.isFinite(light[c]) ? twice[c] : Double.NaN;
        }
        double[] fainter = Arrays.stream(twice).filter(v -> v <= faint).toArray();
        double[] brighter =
                Arrays.stream(twice).filter(v -> v >= bright && !(v <= faint)).toArray();
        double rise = RobustStatistics.median(brighter) - RobustStatistics.median(fainter);
        return new Spread(twice, fainter.length, brighter.length, rise);
    }

    /**
     * The light at a distance.
     *
     * @param light per column; NaN without any
     * @param faintColumns how many of them are among the faintest
     * @param brightColumns how many among the brightest
     * @param rise from the median of those to that of these
     */
    private record Spread(double[] light, int faintColumns, int brightColumns, double rise) {}

    /** Mean of what is finite up to a distance on both sides, the ends held. */
    private static double[] runningMean(double[] values, int half) {
        int n = values.length;
        double[] sum = new double[n + 1];
        int[] count = new int[n + 1];
        for (int c = 0; c < n; c++) {
            boolean known = Double.isFinite(values[c]);
            sum[c + 1] = sum[c] + (known ? values[c] : 0);
            count[c + 1] = count[c] + (known ? 1 : 0);
        }
        double[] mean = new double[n];
        for (int c = 0; c < n; c++) {
            int from = Math.max(0, c - half);
            int to = Math.min(n, c + half + 1);
            int known = count[to] - count[from];
            mean[c] = known > 0 ? (sum[to] - sum[from]) / known : Double.NaN;
        }
        return mean;
    }
}
