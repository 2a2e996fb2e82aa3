package io.spectractor.core.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSumTest {
    private static final int LENGTH = 37;

    /** Against plain sums, for numbers of rows that are multiples of four and others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 8, 11})
    void addsRowsTimesFactorsWithinTheRangeOnly(int count) {
        Random random = new Random(count);
        double[][] rows = new double[count + 2][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = random.doubles(LENGTH).toArray();
        }
        double[] factors = random.doubles(count + 3).toArray();
        double[] start = random.doubles(LENGTH).toArray();
        double[] out = start.clone();

        RowSum.add(out, rows, 2, count, factors, 3, 5, 31);

        double[] expected = start.clone();
        for (int x = 5; x < 31; x++) {
            for (int r = 0; r < count; r++) {
                expected[x] += factors[3 + r] * rows[2 + r][x];
            }
        }
        assertThat(out).containsExactly(expected, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 9, 20})
    void dotIsTheSumOfProducts(int to) {
        double[] u = new Random(1).doubles(LENGTH).toArray();
        double[] v = new Random(2).doubles(LENGTH).toArray();
        double expected = 0;
        for (int x = 3; x < to; x++) {
            expected += u[x] * v[x + 7];
        }

        assertThat(RowSum.dot(u, v, 7, 3, to)).isCloseTo(expected, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 11})
    void dotsOfRowsAreThoseOfEach(int count) {
        Random random = new Random(count);
        double[] v = random.doubles(40).toArray();
        double[][] rows = new double[count][];
        for (int r = 0; r < count; r++) {
            rows[r] = random.doubles(23).toArray();
        }
        double[] out = random.doubles(count + 5).toArray();
        double[] before = out.clone();

        RowSum.addDots(out, 3, rows, v, 9, 20);

        for (int i = 0; i < out.length; i++) {
            boolean own = i >= 3 && i < 3 + count;
            double added = own ? RowSum.dot(rows[i - 3], v, 9, 0, 20) : 0;
            assertThat(out[i]).isCloseTo(before[i] + added, within(own ? 1e-14 : 0));
        }
    }
}
