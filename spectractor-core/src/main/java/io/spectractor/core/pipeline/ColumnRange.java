package io.spectractor.core.pipeline;

import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.util.Locale;

/**
 * The columns where the spectrum lies on the chip and has data: the longest piece between the wavelengths' limits whose
 * trace is inside the image, less columns without data at its ends.
 *
 * @param order0 where the geometry has order 0, px
 * @param wantedFrom first column of the wavelength range, which may be off the chip
 * @param wantedTo last column of it
 * @param from first usable column
 * @param to last usable column; below {@code from} if there is none
 * @param leavesSideways whether the trace leaves the chip at its lower or upper edge
 * @param deadFrom first of the columns at an end, on the chip, whose pixels have no data
 * @param deadTo last of them; below {@code deadFrom} if there are none
 */
record ColumnRange(
        PixelPosition order0,
        double wantedFrom,
        double wantedTo,
        int from,
        int to,
        boolean leavesSideways,
        int deadFrom,
        int deadTo) {
    /** Rows on either side of the trace that are looked at for data. */
    private static final int REACH = 3;

    static ColumnRange of(CcdImage image, TraceGeometry geometry, double first, double last) {
        int from = (int) Math.max(first, 0);
        int to = (int) Math.min(last, image.width() - 1);
        if (to < from) {
            return new ColumnRange(geometry.order0(), first, last, from, to, false, 0, -1);
        }
        double[] rows = geometry.rows(from, to - from + 1, 1);
        int bestStart = 0;
        int bestEnd = 0;
        int start = 0;
        for (int i = 0; i <= rows.length; i++) {
            boolean on = i < rows.length && rows[i] >= 0 && rows[i] <= image.height() - 1;
            if (!on) {
                if (i - start > bestEnd - bestStart) {
                    bestStart = start;
                    bestEnd = i;
                }
                start = i + 1;
            }
        }
        boolean sideways = bestEnd - bestStart < rows.length;
        int lower = bestStart;
        int upper = bestEnd;
        while (lower < upper && !hasData(image, from + lower, rows[lower])) {
            lower++;
        }
        while (upper > lower && !hasData(image, from + upper - 1, rows[upper - 1])) {
            upper--;
        }
        boolean right = bestEnd - upper >= lower - bestStart;
        return new ColumnRange(
                geometry.order0(),
                first,
                last,
                from + lower,
                from + upper - 1,
                sideways,
                from + (right ? upper : bestStart),
                from + (right ? bestEnd : lower) - 1);
    }

    private static boolean hasData(CcdImage image, int x, double row) {
        int y0 = (int) Math.max(0, Math.rint(row) - REACH);
        int y1 = (int) Math.min(image.height() - 1, Math.rint(row) + REACH);
        for (int y = y0; y <= y1; y++) {
            if ((image.mask(x, y) & (CcdImage.BAD | CcdImage.SATURATED)) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether part of the wavelength range is missing. */
    boolean isShort() {
        return from > wantedFrom || to < wantedTo;
    }

    /**
     * Refuses what is too short.
     *
     * @throws ExtractionException NO_SPECTRUM, saying where the spectrum would lie
     */
    void requireAtLeast(int columns) {
        if (to - from + 1 >= columns) {
            return;
        }
        String where = String.format(
                Locale.ROOT,
                "the spectrum of order 0 at (%.1f, %.1f) would lie at columns %.0f to %.0f",
                order0.x(),
                order0.y(),
                wantedFrom,
                wantedTo);
        String why;
        if (deadTo >= deadFrom) {
            why = ", where columns " + deadFrom + " to " + deadTo
                    + " hold no data: part of the frame is dead, masked or saturated";
        } else if (leavesSideways) {
            why = ", but the trace leaves the chip at its lower or upper edge";
        } else {
            why = ", off the chip";
        }
        throw new ExtractionException(FailureKind.NO_SPECTRUM, where + why);
    }
}
