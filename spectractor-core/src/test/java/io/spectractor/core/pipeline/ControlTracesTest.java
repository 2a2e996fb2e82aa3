package io.spectractor.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.observation.CcdImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace among others of the same image: stars of a crowd lie on all of them, lines and continuum on one. */
class ControlTracesTest {
    private static final int WIDTH = 700;
    private static final int HEIGHT = 400;
    private static final int ROW = 190;
    private static final double SIGMA = 2;

    private final Random random = new Random(11);
    private final float[] rate = new float[WIDTH * HEIGHT];

    private void point(double x, double y, double peak) {
        for (int j = Math.max(0, (int) y - 10); j <= Math.min(HEIGHT - 1, (int) y + 10); j++) {
            for (int i = Math.max(0, (int) x - 10); i <= Math.min(WIDTH - 1, (int) x + 10); i++) {
                double r2 = (i - x) * (i - x) + (j - y) * (j - y);
                rate[j * WIDTH + i] += (float) (peak * Math.exp(-r2 / (2 * SIGMA * SIGMA)));
            }
        }
    }

    private void stars(int count) {
        for (int k = 0; k < count; k++) {
            point(WIDTH * random.nextDouble(), HEIGHT * random.nextDouble(), Math.pow(10, 1 + 2 * random.nextDouble()));
        }
    }

    private ControlTraces traces() {
        for (int i = 0; i < rate.length; i++) {
            rate[i] += (float) (100 + 3 * random.nextGaussian());
        }
        float[] variance = new float[rate.length];
        Arrays.fill(variance, 9);
        CcdImage image = new CcdImage(WIDTH, HEIGHT, rate, variance, new byte[rate.length], 1e9, 1, 9);
        int n = WIDTH - 100;
        return new ControlTraces(
                image,
                new ColumnSpectrum(
                        80,
                        new double[n],
                        new double[0],
                        new int[n],
                        new double[n],
                        filled(n, ROW),
                        List.of(),
                        List.of(),
                        filled(n, 2.3548 * SIGMA),
                        new int[n],
                        0,
                        new double[0],
                        new double[0],
                        new byte[0],
                        1,
                        0));
    }

    private static double[] filled(int n, double value) {
        double[] out = new double[n];
        Arrays.fill(out, value);
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 400, 1000})
    void starsOnTheTraceAreLikeThoseBesideIt(int count) {
        stars(count);
        ControlTraces traces = traces();
        assertThat(traces.chanceOfPeaks()).isGreaterThan(1e-3);
        assertThat(traces.continuum(6)).isLessThan(6);
    }

    /** Five lines, of which three are brighter than all but a few stars. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60, 150})
    void linesStandOut(int count) {
        stars(count);
        double[] columns = {140, 231, 340, 452, 580};
        double[] peaks = {60, 130, 300, 400, 250};
        for (int k = 0; k < columns.length; k++) {
            point(columns[k], ROW, peaks[k]);
        }
        assertThat(traces().chanceOfPeaks()).isLessThan(1e-4);
    }

    /** A continuum of two thirds of the noise of a pixel, over a part of the columns too. */
    @ParameterizedTest
    @ValueSource(ints = {80, 330})
    void aContinuumStandsOut(int from) {
        stars(60);
        for (int x = from; x < 600; x++) {
            for (int y = ROW - 8; y <= ROW + 8; y++) {
                rate[y * WIDTH + x] += (float) (2 * Math.exp(-(y - ROW) * (y - ROW) / (2 * SIGMA * SIGMA)));
            }
        }
        ControlTraces traces = traces();
        assertThat(traces.continuum(6)).isGreaterThan(6);
        assertThat(traces.chanceOfPeaks()).isGreaterThan(1e-4);
    }
}
