package io.spectractor.core.pipeline;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The columns between order 0 and the first order, where no light of the star falls: the air lets nothing through below 300 nm. A
 * spectrum that goes on there comes from another place.
 */
final class DarkGap {
    private static final double FIRST_LIGHT_NM = 300;
    /** Half height of the trace and distance from order 0, in FWHM. */
    private static final double HALF = 0.7;

    private static final double APART = 5;
    private static final int FEWEST = 20;
    /** Share of the spectrum's light per column that the gap may have. */
    private static final double SHARE = 0.3;

    private DarkGap() {}

    /**
     * Whether the gap is dark against the spectrum, or too short to tell.
     *
     * @param image the exposure
     * @param spectrum with its trace
     * @param geometry where it would come from
     */
    static boolean isBefore(CcdImage image, ColumnSpectrum spectrum, TraceGeometry geometry) {
        double fwhm = Math.max(3, spectrum.meanFwhmPx());
        int half = (int) Math.max(1, Math.rint(HALF * fwhm));
        int from = Math.max(0, (int) Math.ceil(geometry.order0().x() + APART * fwhm));
        int to = (int) Math.min(image.width(), Math.floor(geometry.columnOf(FIRST_LIGHT_NM, 1)));
        if (to - from < FEWEST) {
            return true;
        }
        double[] rows = geometry.rows(from, to - from, 1);
        double gap = median(IntStream.range(0, rows.length)
                .mapToDouble(i -> light(image, from + i, rows[i], half))
                .toArray());
        double light = median(IntStream.range(0, spectrum.size())
                .mapToDouble(i -> light(image, spectrum.firstColumn() + i, spectrum.traceY()[i], half))
                .toArray());
        return !(gap > SHARE * light);
    }

    private static double median(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        return finite.length == 0 ? Double.NaN : RobustStatistics.median(finite);
    }

    /** Light of a column on the trace, less what lies above and below. */
    private static double light(CcdImage image, int x, double row, int half) {
        int middle = (int) Math.rint(row);
        int beside = 2 * (2 * half + 1);
        return sum(image, x, middle, half)
                - (sum(image, x, middle - beside, half) + sum(image, x, middle + beside, half)) / 2;
    }

    private static double sum(CcdImage image, int x, int middle, int half) {
        double sum = 0;
        for (int y = middle - half; y <= middle + half; y++) {
            if (y < 0 || y >= image.height() || !image.isGood(x, y)) {
                return Double.NaN;
            }
            sum += image.rate(x, y);
        }
        return sum;
    }
}
