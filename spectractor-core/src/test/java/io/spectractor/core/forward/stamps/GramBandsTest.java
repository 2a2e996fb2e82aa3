package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.OrderOverlap.Overlap;
import io.spectractor.core.fit.EnvelopeMatrix;
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

    /** Order 2 of columns 12 to 25, three of them beyond the end, comes from columns 2 to 9; all of those are near 10 or 1. */
    @Test
    void sourcesNearThoseBetweenAreEliminatedLast() {
        assertThat(light().eliminationOrder())
                .containsExactly(0, 1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    /** Two strips side by side: what is touched grows with the columns, not with their square. */
    @Test
    void littleFillsInWhereSourcesAreEliminatedWithTheirLight() {
        int n = 400;
        int[] order = light(n, 180, 2).eliminationOrder();
        assertThat(Arrays.stream(order).sorted().toArray())
                .containsExactly(java.util.stream.IntStream.range(0, n).toArray());
        GramBands bands = new GramBands(n, HALF, ROWS);
        bands.clear();
        Random random = new Random(9);
        for (int c = 0; c < n; c++) {
            bands.add(c, random.doubles(ROWS).toArray(), stamps(random), stamps(random));
        }
        double[] a = bands.fold(LightMap.ofFirst(n, HALF, null), light(n, 180, 2));
        long touched = 0;
        for (int j = 0; j < n; j++) {
            int first = 0;
            while (a[order[j] * n + order[first]] == 0) {
                first++;
            }
            touched += j - first + 1;
        }

        assertThat(touched).isLessThan(n * 30L);
    }

    @Test
    void theStoredMatrixIsTheSame() {
        Random random = new Random(8);
        GramBands bands = new GramBands(N, HALF, ROWS);
        bands.clear();
        for (int c = 0; c < N; c++) {
            bands.add(c, random.doubles(ROWS).toArray(), stamps(random), stamps(random));
        }
        LightMap one = LightMap.ofFirst(N, HALF, expected());
        double[] a = bands.fold(one, light());

        // twice, for it is folded in a work array
        for (int k = 0; k < 2; k++) {
            EnvelopeMatrix stored = bands.fold(one, light(), 2);
            for (int i = 0; i < N; i++) {
                double[] unit = new double[N];
                unit[i] = 1;
                assertThat(stored.quadratic(unit)).isEqualTo(a[i * N + i]);
                unit[(i + 5) % N] = 1;
                int j = (i + 5) % N;
                assertThat(stored.quadratic(unit))
                        .isCloseTo(a[i * N + i] + 2 * a[i * N + j] + a[j * N + j], within(1e-12));
            }
        }
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
        return light(N, 12, 2);
    }

    /** Order 2 from a column on, which comes from columns from another on. */
    private static LightMap light(int n, int onset, int first) {
        int padded = n + 2 * HALF;
        double[] source = new double[padded];
        double[] gain = new double[padded];
        Arrays.fill(source, Double.NaN);
        for (int j = onset; j < n + HALF; j++) {
            source[j + HALF] = first + 0.5 * (j - onset);
            gain[j + HALF] = 0.3;
        }
        return LightMap.ofHigher(
                new Overlap(new double[padded], new double[padded], source, gain, new double[padded]), n, HALF, 1.1);
    }
}
