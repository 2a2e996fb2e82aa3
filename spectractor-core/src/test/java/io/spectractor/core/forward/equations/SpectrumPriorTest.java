package io.spectractor.core.forward.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectrumPriorTest {
    private static final int N = 9;

    private static SpectrumPrior prior() {
        Random random = new Random(3);
        return new SpectrumPrior(
                random.doubles(N).toArray(),
                random.doubles(N, 0.5, 2).toArray(),
                random.doubles(N - 2, 1, 5).toArray());
    }

    @Test
    void matrixAndProductAgree() {
        SpectrumPrior prior = prior();
        double[] q = new double[N * N];
        prior.addTo(q);
        double[] v = new Random(4).doubles(N).toArray();
        double[] expected = new double[N];
        double trace = 0;
        double[] c = new double[N * N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                expected[i] += q[i * N + j] * v[j];
                c[i * N + j] = v[i] * v[j];
                trace += c[i * N + j] * q[j * N + i];
            }
        }

        assertThat(prior.apply(v)).containsExactly(expected, within(1e-13));
        assertThat(prior.traceWith(c)).isCloseTo(trace, within(1e-12));
    }

    @Test
    void aRatioThatIsLinearCostsNothing() {
        SpectrumPrior prior = prior();
        double[] a = new double[N];
        for (int i = 0; i < N; i++) {
            a[i] = prior.expected()[i] + (2 + 0.3 * i) / prior.inverseScale()[i];
        }

        assertThat(prior.penalty(a)).isCloseTo(0, within(1e-24));
        a[4] += 0.1;
        assertThat(prior.penalty(a)).isGreaterThan(1e-3);
    }
}
