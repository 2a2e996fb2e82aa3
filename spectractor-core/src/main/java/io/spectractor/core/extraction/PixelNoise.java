package io.spectractor.core.extraction;

import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;

/**
 * Compares the noise of a window's pixels with what gain and read-out noise promise: second differences along the rows far
 * from the trace, which see neither sky nor profile. Real frames have more noise than their headers say (that of HD 111980 of
 * 2017-05-31: 1.55 times the variance).
 */
final class PixelNoise {
    /** An excess of variance below this fraction is nothing that some thousand pixels could tell from chance. */
    private static final double LEAST_EXCESS = 0.08;

    private static final int MIN_DIFFERENCES = 1000;

    private final ProfileWindow window;

    PixelNoise(ProfileWindow window) {
        this.window = window;
    }

    /** Variance that is missing in every pixel, (ADU/s)²; 0 unless the excess is significant. */
    double missingVariance() {
        int margin = window.rows / 4;
        double[] ratios = new double[window.columns * window.rows];
        double[] variances = new double[ratios.length];
        int count = 0;
        for (int c = 1; c < window.columns - 1; c++) {
            for (int k = 0; k < window.rows; k++) {
                int left = index(c - 1, window.firstRow[c] + k);
                int right = index(c + 1, window.firstRow[c] + k);
                int here = c * window.rows + k;
                if ((k >= margin && k < window.rows - margin) || left < 0 || right < 0) {
                    continue;
                }
                if (window.mask[left] != 0 || window.mask[here] != 0 || window.mask[right] != 0) {
                    continue;
                }
                double level = Math.max(0, (window.signal[left] + window.signal[here] + window.signal[right]) / 3);
                double bend = window.signal[left] - 2 * window.signal[here] + window.signal[right];
                double variance =
                        window.variance(left, level) + 4 * window.variance(here, level) + window.variance(right, level);
                ratios[count] = Math.abs(bend) / Math.sqrt(variance);
                variances[count++] = variance / 6;
            }
        }
        if (count < MIN_DIFFERENCES) {
            return 0;
        }
        double sigma = RobustStatistics.MAD_TO_SIGMA * RobustStatistics.median(Arrays.copyOf(ratios, count));
        double excess = sigma * sigma - 1;
        return excess > LEAST_EXCESS ? excess * RobustStatistics.median(Arrays.copyOf(variances, count)) : 0;
    }

    private int index(int column, int row) {
        int k = row - window.firstRow[column];
        return k < 0 || k >= window.rows ? -1 : column * window.rows + k;
    }
}
