package io.spectractor.core.observation;

import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;

/**
 * Whether the scatter of the sky is what gain and read-out noise predict, and its pixels are whole numbers of ADU and not of
 * electrons.
 */
final class SkyNoise {
    /** Scatter over prediction, from here on. A gain of 3 that is applied to electrons makes 1.7 or more. */
    private static final double TOO_MUCH = 1.45;

    /** Up to here. Ten averaged exposures make 0.3, electrons taken for ADU at a gain of 3 make 0.6 or less. */
    private static final double TOO_LITTLE = 0.6;

    /** Scatter that is no noise: of frames simulated without it, and of whole numbers that hardly change. */
    private static final double NONE = 0.05;

    /** Steps of pixels, in ADU: of whole numbers, and of what is left when half, a quarter or an eighth of one is taken off. */
    private static final double[] STEPS = {1, 0.5, 0.25, 0.125};

    /** What differences are off from whole steps by rounding, in steps. */
    private static final double STEP_TOLERANCE = 0.02;
    /** Of differences that are not whole steps by chance, 4 % are. */
    private static final double STEP_SHARE = 0.98;

    private static final int MOST_PAIRS = 20_000;
    private static final int FEWEST_PAIRS = 1000;

    private SkyNoise() {}

    /**
     * Compares them, amplifier by amplifier: neighbours in rows of which most lie on the sky, so that their differences are noise.
     *
     * @param adu pixels, row-major
     * @param amplifiers gain, e-/ADU, and noise, e-
     * @return true if the median amplifier's scatter is not the predicted one, or most have pixels in steps of an electron's
     *     worth of ADU
     */
    static boolean isUnlike(float[] adu, int width, int height, Amplifiers amplifiers) {
        double[] ratios = new double[amplifiers.rows() * amplifiers.columns()];
        int n = 0;
        int electrons = 0;
        for (int row = 0; row < amplifiers.rows(); row++) {
            for (int column = 0; column < amplifiers.columns(); column++) {
                Pairs pairs = Pairs.of(
                        adu,
                        width,
                        width * column / amplifiers.columns(),
                        width * (column + 1) / amplifiers.columns(),
                        height * row / amplifiers.rows(),
                        height * (row + 1) / amplifiers.rows());
                electrons += pairs.areElectrons(amplifiers.at(column, row).gain()) ? 1 : 0;
                double ratio = pairs.ratio(amplifiers.at(column, row));
                if (ratio > NONE) {
                    ratios[n++] = ratio;
                }
            }
        }
        if (n == 0) {
            return false;
        }
        Arrays.sort(ratios, 0, n);
        return ratios[n / 2] > TOO_MUCH || ratios[n / 2] < TOO_LITTLE || 2 * electrons > n;
    }

    /**
     * Pixels of an amplifier and their differences from the next one in the row.
     *
     * @param n how many
     */
    private record Pairs(double[] differences, double[] levels, int n) {
        static Pairs of(float[] adu, int width, int x0, int x1, int y0, int y1) {
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
            return new Pairs(differences, levels, n);
        }

        /** Scatter over prediction; sorts the pixels. */
        double ratio(Amplifiers.Amplifier amplifier) {
            if (n < FEWEST_PAIRS) {
                return 0;
            }
            double electrons = Math.max(RobustStatistics.medianInPlace(levels, n), 0) * amplifier.gain();
            double expected = Math.sqrt(electrons + amplifier.readNoise() * amplifier.readNoise()) / amplifier.gain();
            double scatter = RobustStatistics.MAD_TO_SIGMA * RobustStatistics.medianInPlace(differences, n);
            return expected > 0 ? scatter / Math.sqrt(2) / expected : 0;
        }

        /**
         * Whether pixels come in steps of ADU times the gain: a camera counts whole ADU, which somebody has multiplied. The
         * scatter shows it with a large gain only.
         */
        boolean areElectrons(double gain) {
            return n >= FEWEST_PAIRS && step(gain) > step(1) * (1 + STEP_TOLERANCE);
        }

        /** The largest step, of some times a factor, that differences are whole multiples of; 0 for none. */
        private double step(double factor) {
            for (double part : STEPS) {
                double step = part * factor;
                int broken = 0;
                for (int i = 0; i < n && broken <= (1 - STEP_SHARE) * n; i++) {
                    double steps = differences[i] / step;
                    broken += Math.abs(steps - Math.rint(steps)) < STEP_TOLERANCE ? 0 : 1;
                }
                if (broken <= (1 - STEP_SHARE) * n) {
                    return step;
                }
            }
            return 0;
        }
    }
}
