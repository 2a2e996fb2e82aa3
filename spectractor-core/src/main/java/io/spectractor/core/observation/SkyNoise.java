package io.spectractor.core.observation;

import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;

/** Whether the scatter of the sky is what gain and read-out noise predict. */
final class SkyNoise {
    /** Scatter over prediction, from here on. A gain of 3 that is applied to electrons makes 1.7 or more. */
    private static final double TOO_MUCH = 1.45;

    /** Up to here. Ten averaged exposures make 0.3, electrons taken for ADU at a gain of 3 make 0.6 or less. */
    private static final double TOO_LITTLE = 0.6;

    /** Scatter that is no noise: of frames simulated without it, and of whole numbers that hardly change. */
    private static final double NONE = 0.05;

    private static final int MOST_PAIRS = 20_000;
    private static final int FEWEST_PAIRS = 1000;

    private SkyNoise() {}

    /**
     * Compares them, amplifier by amplifier: neighbours in rows of which most lie on the sky, so that their differences are noise.
     *
     * @param adu pixels, row-major
     * @param amplifiers gain, e-/ADU, and noise, e-
     * @return true if the median amplifier's scatter is not the predicted one
     */
    static boolean isUnlike(float[] adu, int width, int height, Amplifiers amplifiers) {
        double[] ratios = new double[amplifiers.rows() * amplifiers.columns()];
        int n = 0;
        for (int row = 0; row < amplifiers.rows(); row++) {
            for (int column = 0; column < amplifiers.columns(); column++) {
                double ratio = ratio(
                        adu,
                        width,
                        width * column / amplifiers.columns(),
                        width * (column + 1) / amplifiers.columns(),
                        height * row / amplifiers.rows(),
                        height * (row + 1) / amplifiers.rows(),
                        amplifiers.at(column, row));
                if (ratio > NONE) {
                    ratios[n++] = ratio;
                }
            }
        }
        if (n == 0) {
            return false;
        }
        Arrays.sort(ratios, 0, n);
        return ratios[n / 2] > TOO_MUCH || ratios[n / 2] < TOO_LITTLE;
    }

    private static double ratio(
            float[] adu, int width, int x0, int x1, int y0, int y1, Amplifiers.Amplifier amplifier) {
        int step = Math.max(2, (int) Math.ceil(Math.sqrt((x1 - x0) * (double) (y1 - y0) / MOST_PAIRS)));
        int most = ((x1 - x0) / step + 1) * ((y1 - y0) / step + 1);
        double[] differences = new double[most];
        double[] levels = new double[most];
        int n = 0;
        for (int y = y0; y < y1; y += step) {
            for (int x = x0; x + 1 < x1; x += step) {
                float a = adu[y * width + x];
                float b = adu[y * width + x + 1];
                if (Math.abs(a) <= Float.MAX_VALUE && Math.abs(b) <= Float.MAX_VALUE) {
                    differences[n] = Math.abs(a - b);
                    levels[n++] = a;
                }
            }
        }
        if (n < FEWEST_PAIRS) {
            return 0;
        }
        double electrons = Math.max(RobustStatistics.medianInPlace(levels, n), 0) * amplifier.gain();
        double expected = Math.sqrt(electrons + amplifier.readNoise() * amplifier.readNoise()) / amplifier.gain();
        double scatter = RobustStatistics.MAD_TO_SIGMA * RobustStatistics.medianInPlace(differences, n);
        return expected > 0 ? scatter / Math.sqrt(2) / expected : 0;
    }
}
