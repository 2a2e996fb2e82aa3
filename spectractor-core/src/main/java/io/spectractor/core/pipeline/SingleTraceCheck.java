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
 * Whether the lines of a spectrum lie on a straight line through order 0, as images of one object do. Stars of a crowded field
 * make peaks beside any star too, but each at a height of its own, and a ridge that is made to pass near them is bent. Where nothing
 * was taken for lines, a spectrum has a continuum.
 */
final class SingleTraceCheck {
    private static final double STRONG = 8;
    private static final int FEWEST = 3;
    /** Share of the strong lines that has to lie there. */
    private static final double SHARE = 0.6;
    /** How near is there, in FWHM of the image. */
    private static final double NEAR = 0.7;

    private SingleTraceCheck() {}

    /**
     * Looks at the lines, and at the continuum where there are none.
     *
     * @throws ExtractionException if what was extracted are other stars of the field
     */
    static void require(ExtractionStages.Strip strip, ColumnSpectrum spectrum, ExtractionStages.Solved solved) {
        Emission emission = solved.emission();
        boolean holds =
                emission == null ? Continuum.in(spectrum) : holds(strip.image(), strip.sky(), spectrum, emission);
        if (!holds) {
            PixelPosition order0 = solved.solution().geometry().order0();
            throw new ExtractionException(
                    FailureKind.UNPROCESSABLE,
                    String.format(
                            Locale.ROOT,
                            "beside the star at (%.0f, %.0f) lie other stars, each at a height of its own, and no"
                                    + " spectrum: if it is not order 0, say with --guess where order 0 is",
                            order0.x(),
                            order0.y()));
        }
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
