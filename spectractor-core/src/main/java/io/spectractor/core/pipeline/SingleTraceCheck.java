package io.spectractor.core.pipeline;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.emission.Emission;
import io.spectractor.core.emission.MeasuredLine;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.util.Locale;

/**
 * Whether what was extracted is the spectrum of one star, and not what other stars of the field put beside it. The lines of a
 * spectrum lie on a straight line through order 0, as images of one object do; peaks and continuum stand out from those of other
 * traces of the image; and if nobody said where order 0 is and few lines tell the wavelengths, there is no light
 * between order 0 and the spectrum.
 */
final class SingleTraceCheck {
    private static final double STRONG = 8;
    private static final int FEWEST = 3;
    /** Share of the strong lines that has to lie there. */
    private static final double SHARE = 0.6;
    /** How near is there, in FWHM of the image. */
    private static final double NEAR = 0.7;
    /** Peaks that a trace of the field has more often than this may be its stars. */
    private static final double CHANCE = 1e-4;
    /** A continuum stands out by so many times the scatter of other traces, which those of crowded fields rarely reach. */
    private static final double OUTSTANDING = 6;

    private SingleTraceCheck() {}

    /**
     * What was known beforehand.
     *
     * @param place whether somebody said where order 0 is
     * @param lamp whether the object is a lamp: others of its images may lie anywhere on the frame
     */
    record Known(boolean place, boolean lamp) {}

    /**
     * Looks at the lines, and at the continuum where there are none.
     *
     * @throws ExtractionException if what was extracted are other stars of the field
     */
    static void require(
            ExtractionStages.Strip strip, ColumnSpectrum spectrum, ExtractionStages.Solved solved, Known known) {
        if (!isOne(strip, spectrum, solved, known)) {
            PixelPosition order0 = solved.solution().geometry().order0();
            throw new ExtractionException(
                    FailureKind.UNPROCESSABLE,
                    String.format(
                            Locale.ROOT,
                            "what lies beside the star at (%.0f, %.0f) looks like other stars of the field and not like its"
                                    + " spectrum: if it is not order 0, say with --guess where order 0 is",
                            order0.x(),
                            order0.y()));
        }
    }

    private static boolean isOne(
            ExtractionStages.Strip strip, ColumnSpectrum spectrum, ExtractionStages.Solved solved, Known known) {
        Emission emission = solved.emission();
        if (emission != null) {
            return holds(strip.image(), strip.sky(), spectrum, emission)
                    && (known.lamp() || standsOut(new ControlTraces(strip.image(), spectrum), known.place()));
        }
        if (!Continuum.in(spectrum)) {
            return false;
        }
        if (known.place()) {
            return true;
        }
        // where little but the place of order 0 tells the wavelengths, it has to be order 0
        boolean placed = solved.solution().features().size() >= FEWEST
                || DarkGap.isBefore(strip.image(), spectrum, solved.solution().geometry());
        return placed && new ControlTraces(strip.image(), spectrum).continuum(OUTSTANDING) > OUTSTANDING;
    }

    /** Whether the lines do, or at a place that somebody named the continuum: bands of a cool star look like lines. */
    private static boolean standsOut(ControlTraces traces, boolean named) {
        return traces.chanceOfPeaks() < CHANCE || (named && traces.continuum(OUTSTANDING) > OUTSTANDING);
    }

    /**
     * Looks at the lines.
     *
     * @param image the exposure
     * @param sky the sky below
     * @param spectrum the extracted columns
     * @param emission what was taken for lines
     * @return false if most of the strong ones lie above or below that line
     */
    private static boolean holds(CcdImage image, SkyModel sky, ColumnSpectrum spectrum, Emission emission) {
        TraceGeometry geometry = emission.solution().geometry();
        double[] predicted = geometry.rows(spectrum.firstColumn(), spectrum.size(), 1);
        double fwhm = Math.max(3, spectrum.meanFwhmPx());
        int strong = 0;
        int on = 0;
        for (MeasuredLine line : emission.lines()) {
            int i = (int) Math.rint(geometry.columnOf(line.lambdaNm(), 1)) - spectrum.firstColumn();
            if (i < 0 || i >= spectrum.size() || !(line.rate() > STRONG * line.rateErr())) {
                continue;
            }
            double row = brightestRow(image, sky, spectrum, i, (int) Math.max(1, fwhm / 2));
            if (!Double.isNaN(row)) {
                strong++;
                on += Math.abs(row - predicted[i]) < NEAR * fwhm ? 1 : 0;
            }
        }
        return strong < FEWEST || on >= SHARE * strong;
    }

    /** The row around which most light lies in some columns; NaN without data. */
    private static double brightestRow(CcdImage image, SkyModel sky, ColumnSpectrum spectrum, int i, int half) {
        int rows = spectrum.rows();
        double[] light = new double[rows];
        int first = spectrum.firstRow()[i];
        for (int x = spectrum.firstColumn() + i - half; x <= spectrum.firstColumn() + i + half; x++) {
            for (int k = 0; k < rows; k++) {
                int y = first + k;
                if (x >= 0 && y >= 0 && x < image.width() && y < image.height() && image.isGood(x, y)) {
                    light[k] += image.rate(x, y) - sky.at(x, y);
                }
            }
        }
        double best = 0;
        double row = Double.NaN;
        for (int k = half; k < rows - half; k++) {
            double sum = 0;
            double moment = 0;
            for (int j = k - half; j <= k + half; j++) {
                sum += light[j];
                moment += light[j] * j;
            }
            if (sum > best) {
                best = sum;
                row = first + moment / sum;
            }
        }
        return row;
    }
}
