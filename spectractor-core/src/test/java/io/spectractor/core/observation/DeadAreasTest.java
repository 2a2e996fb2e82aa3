package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadAreasTest {
    private static final int SIZE = 256;

    private static float[] sky(double sigma, boolean whole) {
        Random random = new Random(7);
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            double value = 300 + sigma * random.nextGaussian();
            pixels[i] = (float) (whole ? Math.rint(value) : value);
        }
        return pixels;
    }

    private static void fill(float[] pixels, int x0, int y0, int x1, int y1, float value) {
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                pixels[y * SIZE + x] = value;
            }
        }
    }

    /** Blocks, an amplifier, a column, a row; of zeros and of other values; among real and among whole numbers. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 140, 120, 0, false",
        "100, 100, 140, 120, 300, true",
        "0, 0, 128, 128, 0, true",
        "0, 128, 128, 256, 17, false",
        "200, 0, 201, 256, 0, false",
        "0, 50, 256, 51, 5, true"
    })
    void whatNoNoiseTouchesIsDead(int x0, int y0, int x1, int y1, float value, boolean whole) {
        float[] pixels = sky(4, whole);
        fill(pixels, x0, y0, x1, y1, value);
        int area = (x1 - x0) * (y1 - y0);
        // a neighbour may have the same value by chance
        assertThat(DeadAreas.blank(pixels, SIZE, SIZE, 60000)).isBetween(area, area + (int) (0.05 * area) + 8);
        assertThat(pixels[y0 * SIZE + x0]).isNaN();
        assertThat(pixels[(y1 - 1) * SIZE + x1 - 1]).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"4, false", "4, true", "1, true", "0.3, true", "0, true"})
    void aLivingFrameStaysWhole(double sigma, boolean whole) {
        assertThat(DeadAreas.blank(sky(sigma, whole), SIZE, SIZE, 60000)).isZero();
    }

    @Test
    void saturationIsNoDeath() {
        float[] pixels = sky(4, true);
        fill(pixels, 100, 100, 120, 200, 65535);
        assertThat(DeadAreas.blank(pixels, SIZE, SIZE, 60000)).isZero();
    }

    /** No star fills 200 x 200 pixels with one value. */
    @Test
    void anAmplifierThatGivesOnlyItsHighestValueIsDead() {
        float[] pixels = sky(4, true);
        fill(pixels, 0, 50, 200, 250, 65535);
        fill(pixels, 230, 0, 250, 40, 65535);
        assertThat(DeadAreas.blank(pixels, SIZE, SIZE, 60000)).isEqualTo(200 * 200);
        assertThat(pixels[10 * SIZE + 240]).isEqualTo(65535);
    }
}
