package io.spectractor.core.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AirLayoutTest {
    private static final double MEMORY_H = 2;
    private static final int STEPS = 800;

    private static AirLayout layout(double hours) {
        return new AirLayout(
                JointSettings.usual().withAerosolScatter(0.01),
                List.of(57000L),
                new double[] {57000.9, 57000.9 + hours / 24},
                3);
    }

    /** What waves and deviations are meant to stand for: a process that forgets where it was, seen about its mean over a night. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 4, 6, 10})
    void wavesAndDeviationsHaveTheVariancesOfTheProcess(double hours) {
        AirLayout layout = layout(hours);
        double all = 1 - product(-1, hours);
        double left = all;

        for (int j = 0; j < AirLayout.WAVES; j++) {
            double variance = product(j, hours);
            left -= variance;
            assertThat(layout.waveVariance(j)).as("wave %d", j).isCloseTo(variance, within(1e-3 * all));
        }
        assertThat(Math.pow(layout.deviationPart(), 2)).isCloseTo(Math.max(left, 1e-4), within(2e-3 * all));
    }

    /** Variance of the mean of the process times a wave, or its mean alone for -1, by the midpoint rule. */
    private static double product(int j, double hours) {
        double[] wave = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            wave[i] = j < 0 ? 1 : Math.sqrt(2) * Math.cos((j + 1) * Math.PI * (i + 0.5) / STEPS);
        }
        double sum = 0;
        for (int a = 0; a < STEPS; a++) {
            for (int b = 0; b < STEPS; b++) {
                sum += wave[a] * wave[b] * Math.exp(-Math.abs(a - b) * hours / STEPS / MEMORY_H);
            }
        }
        return sum / STEPS / STEPS;
    }
}
