package io.spectractor.core.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the dense solver, on bands with a border. */
class EnvelopeCholeskyTest {
    private static final int N = 60;
    private static final int BORDER = 12;
    private static final int BAND = 5;

    /** A band matrix whose first unknowns couple with all: the worst order of elimination is the natural one. */
    private static double[] matrix(long seed) {
        Random random = new Random(seed);
        double[] a = new double[N * N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < i; j++) {
                if (i - j <= BAND || j < BORDER) {
                    a[i * N + j] = random.nextGaussian();
                    a[j * N + i] = a[i * N + j];
                }
            }
            a[i * N + i] = 80 + random.nextDouble();
        }
        return a;
    }

    private static int[] bordersLast() {
        int[] order = new int[N];
        for (int k = 0; k < N; k++) {
            order[k] = (k + BORDER) % N;
        }
        return order;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheDenseSolver(long seed) {
        double[] a = matrix(seed);
        double[] b = new Random(seed + 100).doubles(N).toArray();
        SymmetricSolver dense = SymmetricSolver.factor(a, N);

        EnvelopeCholesky envelope = EnvelopeCholesky.factor(a, bordersLast());

        assertThat(envelope.solve(b)).containsExactly(dense.solve(b), within(1e-14));
        assertThat(envelope.inverse()).containsExactly(dense.inverse(), within(1e-15));
        assertThat(envelope.logDeterminant()).isCloseTo(dense.logDeterminant(), within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void solvesForManySidesAsForEach(long seed) {
        EnvelopeCholesky envelope = EnvelopeCholesky.factor(matrix(seed), bordersLast());
        Random random = new Random(seed + 200);
        double[][] sides = new double[7][];
        for (int c = 0; c < sides.length; c++) {
            sides[c] = random.doubles(N).toArray();
        }
        double[] first = sides[0].clone();

        double[][] found = envelope.solve(sides);

        for (int c = 0; c < sides.length; c++) {
            assertThat(found[c]).containsExactly(envelope.solve(sides[c]), within(1e-15));
        }
        assertThat(sides[0]).containsExactly(first);
        assertThat(envelope.solve(new double[0][])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void quadraticFormsAgreeWithTheInverse(long seed) {
        double[] a = matrix(seed);
        Random random = new Random(seed + 100);
        double[][] rows = new double[N][3];
        for (double[] row : rows) {
            row[0] = random.nextGaussian();
            row[2] = random.nextGaussian();
        }
        double[] inverse = SymmetricSolver.factor(a, N).inverse();
        double[] expected = new double[3];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                for (int c = 0; c < 3; c++) {
                    expected[c] += rows[i][c] * inverse[i * N + j] * rows[j][c];
                }
            }
        }

        double[] sums = EnvelopeCholesky.factor(a, bordersLast()).quadratics(rows);

        assertThat(sums).containsExactly(expected, within(1e-13));
        assertThat(sums[1]).isZero();
    }

    /** Whatever the order, also where the border is everything or nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 30, N})
    void anyOrderWillDo(int shift) {
        double[] a = matrix(5);
        double[] b = new Random(6).doubles(N).toArray();
        int[] order = new int[N];
        for (int k = 0; k < N; k++) {
            order[k] = (k + shift) % N;
        }

        EnvelopeCholesky envelope = EnvelopeCholesky.factor(a, order);

        assertThat(envelope.solve(b))
                .containsExactly(SymmetricSolver.factor(a, N).solve(b), within(1e-14));
        assertThat(envelope.inverse())
                .containsExactly(SymmetricSolver.factor(a, N).inverse(), within(1e-15));
    }

    @Test
    void theInverseIsSymmetricToTheLastBit() {
        double[] inverse = EnvelopeCholesky.factor(matrix(4), bordersLast()).inverse();

        for (int i = 0; i < N; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(inverse[i * N + j]).isEqualTo(inverse[j * N + i]);
            }
        }
    }

    @Test
    void refusesWhatIsNotPositiveDefinite() {
        double[] a = {1, 2, 2, 1};

        assertThatThrownBy(() -> EnvelopeCholesky.factor(a, new int[] {1, 0}))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("not positive definite");
    }
}
