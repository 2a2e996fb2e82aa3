package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.Amplifiers.Amplifier;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictedVarianceTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;
    private static final double ELECTRONS_PER_RATE = 40;

    private static final Amplifiers FOUR = new Amplifiers(
            2, 2, List.of(new Amplifier(2, 8), new Amplifier(2.5, 10), new Amplifier(3, 12), new Amplifier(2, 20)));

    private static PredictedVariance of(Amplifiers amplifiers) {
        return PredictedVariance.of(WIDTH, HEIGHT, amplifiers, ELECTRONS_PER_RATE);
    }

    /** Light, and a pixel that has less than none. */
    private static float[] rates() {
        float[] rate = new float[WIDTH * HEIGHT];
        for (int i = 0; i < rate.length; i++) {
            rate[i] = i - 4.5f;
        }
        return rate;
    }

    @Test
    void countsTheElectronsOfLightAndTheNoiseOfThePixelsAmplifier() {
        float[] rate = rates();
        float[] variance = new float[rate.length];
        of(FOUR).fill(rate, variance);
        // left and lower parts are columns 0 to 2 and rows 0 and 1
        double[] noise = {8, 10, 12, 20};
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double electrons = noise[(y < 2 ? 0 : 2) + (x < 3 ? 0 : 1)];
                double light = Math.max(rate[y * WIDTH + x], 0) * ELECTRONS_PER_RATE;
                double expected = (light + electrons * electrons) / (ELECTRONS_PER_RATE * ELECTRONS_PER_RATE);
                assertThat(variance[y * WIDTH + x]).isCloseTo((float) expected, within((float) (1e-6 * expected)));
                assertThat(of(FOUR).at(x, y, rate[y * WIDTH + x])).isEqualTo(variance[y * WIDTH + x]);
            }
        }
    }

    @Test
    void sumsAreThoseOfThePixelsAlsoAcrossAmplifiers() {
        float[] rate = rates();
        float[] single = new float[rate.length];
        of(FOUR).fill(rate, single);
        for (int factor : new int[] {1, 2, 3}) {
            int columns = WIDTH / factor;
            float[] sums = new float[columns * (HEIGHT / factor)];
            of(FOUR).sums(rate, factor, sums);
            for (int i = 0; i < sums.length; i++) {
                double expected = 0;
                for (int p = 0; p < factor * factor; p++) {
                    int x = i % columns * factor + p % factor;
                    int y = i / columns * factor + p / factor;
                    expected += single[y * WIDTH + x];
                }
                assertThat(sums[i]).isCloseTo((float) expected, within((float) (1e-6 * expected)));
            }
        }
    }

    @Test
    void theMeanOfTheReadNoiseIsThatOfTheDarkFrame() {
        float[] variance = new float[WIDTH * HEIGHT];
        of(FOUR).fill(new float[variance.length], variance);
        double sum = 0;
        for (float v : variance) {
            sum += v;
        }
        assertThat(of(FOUR).meanReadNoise()).isCloseTo(sum / variance.length, within(1e-6 * sum));
    }

    @Test
    void anAmplifierWithoutNoiseIsNoticed() {
        assertThat(of(FOUR).isPositive()).isTrue();
        assertThat(of(new Amplifiers(2, 1, List.of(new Amplifier(2, 8), new Amplifier(2, 0))))
                        .isPositive())
                .isFalse();
    }
}
