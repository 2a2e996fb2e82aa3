package io.spectractor.core.trail;

import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;

/**
 * The surroundings of a spectrum, what runs along the dispersion axis taken out: per pixel, how far it stands out from a
 * running median along the trace, in units of its row's scatter. Sky and the spectra of field stars leave about 0, as they
 * change slowly along the trace, and where they don't the scatter is large. The wings of the spectrum, which in a short one
 * change as fast as its light, are in proportion to that, and are subtracted first.
 *
 * <p>Rows are counted from the trace, from {@code -reach} to {@code reach}; those within {@code core} hold the spectrum and
 * are left out.
 */
final class SignificanceMap {
    /** Half width of the window of the running median, px: a trail at 3 degrees fills less than half of it. */
    private static final int WINDOW = 200;
    /** Distance of the columns whose medians are taken, px; between them it is a straight line. */
    private static final int STEP = 50;

    /** A median needs every n-th of its pixels: its error of a tenth of a sigma is small beside that of a pixel. */
    private static final int EVERY = 2;

    private static final int LEAST_PIXELS = 50;

    final int firstColumn;
    final int columns;
    final int reach;
    /** Row of the trace per column, px. */
    private final int[] traceRow;
    /** Index {@code (k + reach) * columns + c}; NaN without data. */
    private final float[] value;

    private SignificanceMap(int firstColumn, double[] traceY, int reach) {
        this.firstColumn = firstColumn;
        this.columns = traceY.length;
        this.reach = reach;
        this.traceRow = Arrays.stream(traceY).mapToInt(y -> (int) Math.round(y)).toArray();
        this.value = new float[(2 * reach + 1) * columns];
    }

    /**
     * @param traceY row of the trace in each column from the first, px
     * @param core distance from the trace up to which nothing is looked at, px
     * @param reach distance from the trace up to which it is, px
     */
    static SignificanceMap of(CcdImage image, int firstColumn, double[] traceY, int core, int reach) {
        SignificanceMap map = new SignificanceMap(firstColumn, traceY, reach);
        double[] row = new double[map.columns];
        double[] work = new double[map.columns];
        Wings wings = Wings.of(image, firstColumn, map.traceRow);
        for (int k = -reach; k <= reach; k++) {
            int from = (k + reach) * map.columns;
            if (Math.abs(k) <= core) {
                Arrays.fill(map.value, from, from + map.columns, Float.NaN);
                continue;
            }
            for (int c = 0; c < map.columns; c++) {
                int x = firstColumn + c;
                int y = map.traceRow[c] + k;
                boolean usable = x >= 0 && x < image.width() && y >= 0 && y < image.height() && image.isGood(x, y);
                row[c] = usable ? image.rate(x, y) : Double.NaN;
            }
            wings.subtractFrom(row, k);
            flatten(row, work);
            for (int c = 0; c < map.columns; c++) {
                map.value[from + c] = (float) row[c];
            }
        }
        return map;
    }

    /** Takes the running median out of a row and divides by its scatter; NaN where there are too few pixels. */
    private static void flatten(double[] row, double[] work) {
        int nodes = Math.max(2, (row.length - 1) / STEP + 1);
        double[] median = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            int at = i * (row.length - 1) / (nodes - 1);
            int found = finite(row, Math.max(0, at - WINDOW), Math.min(row.length, at + WINDOW + 1), EVERY, work);
            median[i] = EVERY * found < LEAST_PIXELS ? Double.NaN : RobustStatistics.medianInPlace(work, found);
        }
        for (int c = 0; c < row.length; c++) {
            double t = (double) c * (nodes - 1) / Math.max(1, row.length - 1);
            int i = Math.min(nodes - 2, (int) t);
            row[c] -= median[i] + (t - i) * (median[i + 1] - median[i]);
        }
        int found = finite(row, 0, row.length, 1, work);
        double sigma = found < LEAST_PIXELS
                ? Double.NaN
                : RobustStatistics.MAD_TO_SIGMA * RobustStatistics.madInPlace(work, found);
        for (int c = 0; c < row.length; c++) {
            row[c] = sigma > 0 ? row[c] / sigma : Double.NaN;
        }
    }

    /** Copies the finite ones of some values, of each or every n-th; returns how many there are. */
    private static int finite(double[] values, int from, int to, int step, double[] out) {
        int n = 0;
        for (int i = from; i < to; i += step) {
            if (Double.isFinite(values[i])) {
                out[n++] = values[i];
            }
        }
        return n;
    }

    /** Significance of a pixel of the chip, sigma; NaN outside and where there are no data. */
    float at(int x, int y) {
        int c = x - firstColumn;
        if (c < 0 || c >= columns) {
            return Float.NaN;
        }
        int k = y - traceRow[c];
        return Math.abs(k) > reach ? Float.NaN : value[(k + reach) * columns + c];
    }

    /** Distance of a row of the chip from the trace, px, upwards; the nearest column's for columns outside. */
    double aboveTrace(double x, double y) {
        int c = (int) Math.max(0, Math.min(columns - 1, Math.rint(x) - firstColumn));
        return y - traceRow[c];
    }

    /** Lowest row of the chip that the map reaches, px. */
    int lowestRow() {
        return Arrays.stream(traceRow).min().orElse(0) - reach;
    }

    /** Highest row of the chip that the map reaches, px. */
    int highestRow() {
        return Arrays.stream(traceRow).max().orElse(0) + reach;
    }

    /** Slope of the trace, px per px, between its ends. */
    double traceSlope() {
        return columns < 2 ? 0 : (double) (traceRow[columns - 1] - traceRow[0]) / (columns - 1);
    }
}
