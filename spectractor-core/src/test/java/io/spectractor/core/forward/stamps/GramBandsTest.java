package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.OrderOverlap.Overlap;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The banded sums against the product of full matrices. */
class GramBandsTest {
    private static final int N = 23;
    private static final int HALF = 3;
    private static final int WIDTH = 2 * HALF + 1;
    private static final int ROWS = 4;

    @Test
    void equalsTheProductOfFullMatrices() {
        Random random = new Random(7);
        LightMap one = LightMap.ofFirst(N, HALF, expected());
        LightMap light = light();
        GramBands bands = new GramBands(N, HALF, ROWS);
        bands.clear();
        double[] expected = new double[N * N];
        for (int c = 0; c < N; c++) {
            double[][] order1 = stamps(random);
            double[][] order2 = stamps(random);
            double[] weight = random.doubles(ROWS).toArray();
            bands.add(c, weight, order1, order2);
            for (int k = 0; k < ROWS; k++) {
                double[] row = row(order1, order2, one, light, c, k);
                for (int i = 0; i < N; i++) {
                    for (int j = 0; j < N; j++) {
                        expected[i * N + j] += weight[k] * row[i] * row[j];
                    }
                }
            }
        }

        assertThat(bands.fold(one, light)).containsExactly(expected, within(1e-12));
    }

    /** Order 2 of columns 12 to 25, three of them beyond the end, comes from columns 2 to 9; 10 and 11 are between. */
    @Test
    void sourcesAreEliminatedWhereTheirLightFalls() {
        int[] order = light().eliminationOrder();

        assertThat(Arrays.stream(order).sorted().toArray())
                .containsExactly(java.util.stream.IntStream.range(0, N).toArray());
        System.out.println(Arrays.toString(order));
    }

    /** M = order 1 G1 + order 2 G2 for a pixel. */
    private static double[] row(
            double[][] order1, double[][] order2, LightMap one, LightMap two, int column, int pixel) {
        double[] row = new double[N];
        double[] first = new double[N + 2 * HALF];
        double[] second = new double[N + 2 * HALF];
        for (int i = 0; i < WIDTH; i++) {
            first[column + i] = order1[i][pixel];
            second[column + i] = order2[i][pixel];
        }
        one.addTransposed(first, row);
        two.addTransposed(second, row);
        return row;
    }

    private static double[][] stamps(Random random) {
        return Stream.generate(() -> random.doubles(ROWS).toArray())
                .limit(WIDTH)
                .toArray(double[][]::new);
    }

    private static double[] expected() {
        double[] out = new double[N + 2 * HALF];
        for (int i = 0; i < out.length; i++) {
            out[i] = 1 + 0.1 * Math.min(i, out.length - i);
        }
        return out;
    }

    private static LightMap light() {
        int padded = N + 2 * HALF;
        double[] source = new double[padded];
        double[] gain = new double[padded];
        Arrays.fill(source, Double.NaN);
        for (int j = 12; j < N + HALF; j++) {
            source[j + HALF] = 2 + 0.5 * (j - 12);
            gain[j + HALF] = 0.3;
        }
        return LightMap.ofHigher(
                new Overlap(new double[padded], new double[padded], source, gain, new double[padded]), N, HALF, 1.1);
    }
}
