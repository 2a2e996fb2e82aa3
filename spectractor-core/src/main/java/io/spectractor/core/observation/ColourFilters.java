package io.spectractor.core.observation;

import io.spectractor.core.fit.RobustStatistics;
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

    /** How much of the sky the phases of a pattern may differ in a frame that was made grey, but kept the card. */
    private static final double SAME_SKY = 0.02;

    /** The same of the light above the sky, which is counted with more noise. */
    private static final double SAME_LIGHT = 0.1;

    /** From here on light tells a pattern that no card names. */
    private static final double OBVIOUS = 0.25;

    /** Light above the sky, in its scatter per block, that counts. */
    private static final double BRIGHT = 10;

    /** Bright blocks that are enough to compare phases. */
    private static final int FEWEST = 200;

    private static final int MOST_PER_PHASE = 40_000;

    private final float[] pixels;
    private final int columns;
    private final int rows;

    private ColourFilters(float[] pixels, int columns, int rows) {
        this.pixels = pixels;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Refuses a mosaic that isn't summed.
     *
     * @param pixels row-major
     * @param rebin pixels summed along each axis
     * @throws io.spectractor.core.outcome.ExtractionException if header and pixels both tell of a mosaic, or the pixels
     *     alone very clearly
     */
    static void refuseMosaic(
            String name, Function<String, @Nullable String> cards, float[] pixels, int columns, int rows, int rebin) {
        if (rebin % 2 == 0 || columns < 2 || rows < 2) {
            return;
        }
        String pattern = pattern(cards);
        ColourFilters frame = new ColourFilters(pixels, columns, rows);
        double[] sky = frame.sky();
        double light = frame.light(sky);
        boolean mosaic = pattern == null ? light > OBVIOUS : light > SAME_LIGHT || spread(sky) > SAME_SKY;
        if (mosaic) {
            throw UnprocessableFile.because(
                    name,
                    (pattern == null
                                    ? "neighbouring pixels count different parts of the same light, as in a raw frame of a"
                                            + " colour camera"
                                    : pattern + ": the pixels lie behind filters of several colours in turn")
                            + "; sum them two by two with --set ccd.rebin=2, or make the image grey first");
        }
    }

    /** The card that names a pattern with its value, or null. */
    private static @Nullable String pattern(Function<String, @Nullable String> cards) {
        for (String card : CARDS) {
            String value = cards.apply(card);
            if (value != null && value.trim().toUpperCase(Locale.ROOT).matches(PATTERN)) {
                return card + " = " + UnprocessableFile.quote(value.trim());
            }
        }
        return null;
    }

    /** The medians of the four phases of a 2 by 2 pattern, by row and column; 0 where there is no number. */
    private double[] sky() {
        double[] medians = new double[4];
        int step = 2 * Math.max(1, (int) Math.sqrt(columns / 2.0 * (rows / 2.0) / MOST_PER_PHASE));
        for (int phase = 0; phase < 4; phase++) {
            double[] values = new double[(columns / step + 1) * (rows / step + 1)];
            int n = 0;
            for (int y = phase / 2; y < rows; y += step) {
                for (int x = phase % 2; x < columns; x += step) {
                    float value = pixels[y * columns + x];
                    if (Math.abs(value) <= Float.MAX_VALUE) {
                        values[n++] = value;
                    }
                }
            }
            medians[phase] = n == 0 ? 0 : RobustStatistics.medianInPlace(values, n);
        }
        return medians;
    }

    /** By which part of the largest the phases differ. */
    private static double spread(double[] phases) {
        double least = Arrays.stream(phases).min().orElse(0);
        double most = Arrays.stream(phases).max().orElse(0);
        double scale = Math.max(Math.abs(most), Math.abs(least));
        return scale == 0 ? 0 : (most - least) / scale;
    }

    /**
     * How unlike the phases count the light of stars and spectra. Along a spectrum neighbours count the same in a grey
     * frame, across it an undersampled profile may make a difference: so the axis counts along which phases are more
     * alike. Light above the sky of its own phase is taken, so that a pedestal doesn't hide filters.
     */
    private double light(double[] sky) {
        double limit = BRIGHT * scatter(sky);
        double level = sky[0] + sky[1] + sky[2] + sky[3];
        double[] sums = new double[4];
        int blocks = 0;
        // every other pair of rows is enough
        for (int y = 0; y + 1 < rows; y += 4) {
            for (int x = 0; x + 1 < columns; x += 2) {
                int at = y * columns + x;
                double sum =
                        (double) pixels[at] + pixels[at + 1] + pixels[at + columns] + pixels[at + columns + 1] - level;
                // NaN is not greater than anything
                if (sum > limit && sum < Float.MAX_VALUE) {
                    // the same weight for every block, or one star would decide
                    sums[0] += (pixels[at] - sky[0]) / sum;
                    sums[1] += (pixels[at + 1] - sky[1]) / sum;
                    sums[2] += (pixels[at + columns] - sky[2]) / sum;
                    sums[3] += (pixels[at + columns + 1] - sky[3]) / sum;
                    blocks++;
                }
            }
        }
        if (blocks < FEWEST) {
            return 0;
        }
        double alongRows = Math.max(unlike(sums[0], sums[1]), unlike(sums[2], sums[3]));
        double alongColumns = Math.max(unlike(sums[0], sums[2]), unlike(sums[1], sums[3]));
        return Math.min(alongRows, alongColumns);
    }

    private static double unlike(double a, double b) {
        return Math.abs(a - b) / Math.max(Math.abs(a + b), 1e-30);
    }

    /** Robust scatter of the sum of a block about the sky. */
    private double scatter(double[] sky) {
        double level = sky[0] + sky[1] + sky[2] + sky[3];
        int step = 2 * Math.max(1, (int) Math.sqrt(columns / 2.0 * (rows / 2.0) / MOST_PER_PHASE));
        double[] deviations = new double[(columns / step + 1) * (rows / step + 1)];
        int n = 0;
        for (int y = 0; y + 1 < rows; y += step) {
            for (int x = 0; x + 1 < columns; x += step) {
                int at = y * columns + x;
                double sum = (double) pixels[at] + pixels[at + 1] + pixels[at + columns] + pixels[at + columns + 1];
                if (Math.abs(sum) <= Float.MAX_VALUE) {
                    deviations[n++] = Math.abs(sum - level);
                }
            }
        }
        return n == 0 ? 0 : RobustStatistics.MAD_TO_SIGMA * RobustStatistics.medianInPlace(deviations, n);
    }
}
