package io.spectractor.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadColumnsTest {
    private static final int N = 60;

    private static int[] dead(double[] rate, double fwhmPx) {
        double[] variance = new double[N];
        Arrays.fill(variance, 1e-4);
        boolean[] dead = new boolean[N];
        DeadColumns.addTo(dead, rate, variance, fwhmPx);
        return IntStream.range(0, N).filter(c -> dead[c]).toArray();
    }

    /** Light as an image shows it whose lines have a width at half maximum. */
    private static double line(double x, double fwhmPx) {
        return Math.exp(-4 * Math.log(2) * x * x / (fwhmPx * fwhmPx));
    }

    @Test
    void oneColumnAndTwoSideBySideAreFoundInACurvedContinuum() {
        double[] rate = IntStream.range(0, N).mapToDouble(c -> 1 + 0.01 * c).toArray();
        rate[20] *= 0.05;
        rate[40] *= 0.1;
        rate[41] *= 0.1;

        assertThat(dead(rate, 6)).containsExactly(20, 40, 41);
        assertThat(dead(rate, 2)).isEmpty();
    }

    @Test
    void linesThatLetNothingThroughAndGapsBetweenLinesAreLight() {
        for (double fwhm : new double[] {2.5, 3, 4, 7}) {
            double width = fwhm;
            double[] absorbed = IntStream.range(0, N)
                    .mapToDouble(c -> 1 - line(c - 30, width))
                    .toArray();
            double[] emitted = IntStream.range(0, N)
                    .mapToDouble(c -> line(c - 28, width) + line(c - 32, width))
                    .toArray();
            double[] edge = IntStream.range(0, N)
                    .mapToDouble(c -> 1 / (1 + Math.exp(-(c - 30) * 3 / width)))
                    .toArray();

            assertThat(dead(absorbed, width)).isEmpty();
            assertThat(dead(emitted, width)).isEmpty();
            assertThat(dead(edge, width)).isEmpty();
        }
    }

    @Test
    void noiseAndMissingColumnsAreNotDead() {
        double[] rate = new double[N];
        Arrays.fill(rate, 0.05);
        rate[10] = 0;
        rate[30] = Double.NaN;

        assertThat(dead(rate, 6)).isEmpty();
    }
}
