package io.spectractor.core.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the filters written down pixel by pixel, edges and frames smaller than the filters included; to the last bit. */
class StarFiltersTest {
    private static float at(float[] pixels, int width, int height, int x, int y) {
        return pixels[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))];
    }

    private static float median(float... three) {
        Arrays.sort(three);
        return three[1];
    }

    private static float[] noise(int n) {
        Random random = new Random(n);
        float[] pixels = new float[n];
        for (int i = 0; i < n; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "7,1", "2,2", "3,4", "4,3", "5,5", "23,17"})
    void mediansAreThoseOfThreePixels(int width, int height) {
        float[] pixels = noise(width * height);
        float[] along = new float[pixels.length];
        float[] expected = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int y = i / width;
            along[i] = median(at(pixels, width, height, x - 1, y), pixels[i], at(pixels, width, height, x + 1, y));
        }
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int y = i / width;
            expected[i] = median(at(along, width, height, x, y - 1), along[i], at(along, width, height, x, y + 1));
        }
        assertThat(StarFilters.medianOf3(pixels, width, height)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "7,1", "2,2", "3,4", "4,3", "5,5", "23,17"})
    void meansAreThoseOfTwentyFivePixels(int width, int height) {
        float[] pixels = noise(width * height);
        float[] rows = new float[pixels.length];
        float[] expected = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            for (int d = -2; d <= 2; d++) {
                rows[i] += at(pixels, width, height, i % width + d, i / width);
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            float sum = 0;
            for (int d = -2; d <= 2; d++) {
                sum += at(rows, width, height, i % width, i / width + d);
            }
            expected[i] = sum / 25;
        }
        assertThat(StarFilters.boxMean(pixels, width, height)).isEqualTo(expected);
    }
}
