package io.spectractor.core.observation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cameras with colour filters on their pixels. In a raw frame of such a camera neighbours have different responses, which
 * no model of a star's profile knows. Two by two summed, they are the pixels of a grey camera.
 */
final class ColourFilters {
    /** Cards by which capture programs name the pattern, as RGGB. */
    private static final List<String> CARDS = List.of("BAYERPAT", "COLORTYP", "BAYRPATT", "CFA", "CFAPATT");

    private static final String PATTERN = "[RGBCMYE]{4}";

    /** How much of the light the phases of a pattern may differ in a frame that was made grey, but kept the card. */
    private static final double SAME = 0.02;

    private static final int MOST_PER_PHASE = 40_000;

    private ColourFilters() {}

    /**
     * Refuses a mosaic that isn't summed.
     *
     * @param pixels row-major
     * @param rebin pixels summed along each axis
     * @throws io.spectractor.core.outcome.ExtractionException if header and pixels both tell of a mosaic
     */
    static void refuseMosaic(
            String name, Function<String, @Nullable String> cards, float[] pixels, int columns, int rows, int rebin) {
        if (rebin % 2 == 0) {
            return;
        }
        for (String card : CARDS) {
            String pattern = cards.apply(card);
            if (pattern != null
                    && pattern.trim().toUpperCase(Locale.ROOT).matches(PATTERN)
                    && spread(pixels, columns, rows) > SAME) {
                throw UnprocessableFile.because(
                        name,
                        card + " = " + UnprocessableFile.quote(pattern.trim())
                                + ": the pixels lie behind filters of several colours in turn; sum them two by two with"
                                + " --set ccd.rebin=2, or make the image grey first");
            }
        }
    }

    /** By which part of the largest the medians of the four phases of a 2 by 2 pattern differ. */
    private static double spread(float[] pixels, int columns, int rows) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int step = 2 * Math.max(1, (int) Math.sqrt(columns / 2.0 * (rows / 2.0) / MOST_PER_PHASE));
        for (int phase = 0; phase < 4; phase++) {
            float[] values = new float[(columns / step + 1) * (rows / step + 1)];
            int n = 0;
            for (int y = phase / 2; y < rows; y += step) {
                for (int x = phase % 2; x < columns; x += step) {
                    float value = pixels[y * columns + x];
                    if (Math.abs(value) <= Float.MAX_VALUE) {
                        values[n++] = value;
                    }
                }
            }
            if (n == 0) {
                return 0;
            }
            Arrays.sort(values, 0, n);
            least = Math.min(least, values[n / 2]);
            most = Math.max(most, values[n / 2]);
        }
        double scale = Math.max(Math.abs(most), Math.abs(least));
        return scale == 0 ? 0 : (most - least) / scale;
    }
}
