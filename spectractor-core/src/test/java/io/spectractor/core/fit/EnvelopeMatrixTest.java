package io.spectractor.core.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bands that are much longer than they are wide, so that rows turn round in their storage, and entries added later. */
class EnvelopeMatrixTest {
    private static double[] matrix(int n, int band, int border, long seed) {
        Random random = new Random(seed);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                // a band of changing width
                boolean near = i - j <= band - (i / 7 % 3);
                if (near || (i >= n - border && j % 4 != 1)) {
                    a[i * n + j] = random.nextGaussian();
                    a[j * n + i] = a[i * n + j];
                }
            }
            a[i * n + i] = 4.0 * (band + n * (i >= n - border ? 1 : 0) + border) + 10;
        }
        return a;
    }

    @ParameterizedTest
    @CsvSource({"150, 5, 0", "150, 5, 4", "97, 8, 1", "40, 12, 30", "12, 0, 0", "3, 2, 1"})
    void solvesWhatTheDenseSolverSolves(int n, int band, int border) {
        double[] a = matrix(n, band, border, n);
        int[] order = IntStream.range(0, n).toArray();
        EnvelopeMatrix matrix = EnvelopeMatrix.of(a, order, 2);
        for (int i = 0; i + 2 < n; i++) {
            matrix.add(i + 2, i, 0.3);
            a[i * n + i + 2] += 0.3;
            a[(i + 2) * n + i] += 0.3;
            matrix.add(i, i, 1.5);
            a[i * n + i] += 1.5;
        }
        double[] v = new Random(3).doubles(n, -1, 1).toArray();
        double quadratic = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                quadratic += v[i] * a[i * n + j] * v[j];
            }
        }
        EnvelopeMatrix copy = matrix.copy();
        SymmetricSolver dense = SymmetricSolver.factor(a, n);

        assertThat(matrix.size()).isEqualTo(n);
        assertThat(matrix.quadratic(v)).isCloseTo(quadratic, within(1e-11 * Math.abs(quadratic)));
        for (EnvelopeCholesky factor : new EnvelopeCholesky[] {copy.factor(), again(matrix, copy)}) {
            assertThat(factor.solve(v)).containsExactly(dense.solve(v), within(1e-14));
            assertThat(factor.inverse()).containsExactly(dense.inverse(), within(1e-14));
            assertThat(factor.logDeterminant()).isCloseTo(dense.logDeterminant(), within(1e-10));
        }
    }

    /** The factor of the same numbers in arrays that have been used. */
    private static EnvelopeCholesky again(EnvelopeMatrix matrix, EnvelopeMatrix work) {
        matrix.copyInto(work);
        return work.factor();
    }

    @org.junit.jupiter.api.Test
    void refusesAnEntryThatIsNotStored() {
        EnvelopeMatrix matrix =
                EnvelopeMatrix.of(matrix(20, 3, 0, 1), IntStream.range(0, 20).toArray(), 0);

        assertThatThrownBy(() -> matrix.add(2, 15, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not coupled");
    }
}
