package io.spectractor.core.extraction;

import java.util.Arrays;

/**
 * Columns of the chip that see much less than those beside them. Their transverse profile is right and only their light is
 * not, so no fit of a column shows it; but light is spread along the dispersion too, and no spectrum falls and
 * rises again within one column that is several times narrower than the point spread function.
 */
final class DeadColumns {
    /** Point spread functions narrower than this, px, leave gaps between lines that look the same. */
    private static final double NARROWEST_PX = 2.5;
    /** Share of the light about it that a dead column lacks at least. */
    private static final double LEAST_MISSING = 0.5;
    /** The same at most, however narrow lines are: a dead column has hardly any. */
    private static final double MOST_MISSING = 0.8;
    /** How many times deeper than a line in the image can be, since profiles have cusps and wings. */
    private static final double MARGIN = 1.3;
    /** What is missing must exceed noise by so many sigma. */
    private static final double SIGNIFICANT = 8;

    private DeadColumns() {}

    /**
     * Marks the columns that are dead.
     *
     * @param dead by column; what is marked stays so
     * @param rate light by column, ADU/s; NaN where nothing was measured
     * @param variance of it, (ADU/s)²
     * @param fwhmPx of the point spread function, px
     */
    static void addTo(boolean[] dead, double[] rate, double[] variance, double fwhmPx) {
        if (!(fwhmPx >= NARROWEST_PX)) {
            return;
        }
        double missing = Math.min(MOST_MISSING, Math.max(LEAST_MISSING, MARGIN * deepestLine(fwhmPx)));
        int reach = (int) Math.ceil(fwhmPx);
        for (int c = 2; c + 2 < rate.length; c++) {
            double[] beside = {rate[c - 2], rate[c - 1], rate[c + 1], rate[c + 2]};
            Arrays.sort(beside);
            // NaN is sorted to the end
            double expected = (beside[1] + beside[2]) / 2;
            double less = expected - rate[c];
            dead[c] |= less > missing * brightest(rate, c, reach) && less > SIGNIFICANT * Math.sqrt(variance[c]);
        }
    }

    /** The brightest column within reach: at the bottom of a line that lets nothing through neighbours tell nothing. */
    private static double brightest(double[] rate, int column, int reach) {
        double most = 0;
        for (int c = Math.max(0, column - reach); c <= Math.min(rate.length - 1, column + reach); c++) {
            most = rate[c] > most ? rate[c] : most;
        }
        return most;
    }

    /** How far the bottom of an unresolved line that lets nothing through lies below the mean of the four columns beside it. */
    private static double deepestLine(double fwhmPx) {
        double half = 4 * Math.log(2) / (fwhmPx * fwhmPx);
        return 1 - (Math.exp(-half) + Math.exp(-4 * half)) / 2;
    }
}
