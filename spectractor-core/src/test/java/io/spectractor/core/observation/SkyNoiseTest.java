package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkyNoiseTest {
    private static final int SIZE = 200;
    private static final double NOISE = 9;

    /**
     * Multiplied by a gain of 1.2 the sky scatters hardly more than it should, but its pixels come in steps of 1.2. Where
     * pixels are no whole numbers nothing shows.
     */
    @ParameterizedTest
    @CsvSource({
        "1.2, 1.2, 1, true",
        "1.2, 1, 1, false",
        "1.2, 1.2, 0.25, true",
        "1.2, 1, 0.25, false",
        "1.25, 1.25, 1, true",
        "1.3, 1, 0.125, false",
        "0.5, 1, 1, false",
        "1, 1, 1, false",
        "1.2, 1.2, 0, false"
    })
    void wholeElectronsAreNoAdu(double gain, double factor, double step, boolean unlike) {
        Random random = new Random(7);
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            double adu = (400 + Math.sqrt(400 + NOISE * NOISE) * random.nextGaussian()) / gain;
            // an overscan leaves a fraction of an ADU
            double read = step > 0 ? step * Math.rint(adu / step) - 0.37 : adu;
            pixels[i] = (float) (factor * read);
        }
        Amplifiers one = new Amplifiers(1, 1, List.of(new Amplifiers.Amplifier(gain, NOISE)));
        assertThat(SkyNoise.isUnlike(pixels, SIZE, SIZE, one)).isEqualTo(unlike);
    }
}
