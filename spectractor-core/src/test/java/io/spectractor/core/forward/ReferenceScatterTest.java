package io.spectractor.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.fit.EnvelopeMatrix;
import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.SpectrumPrior;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Amplitudes seen through a blur of three columns, with noise, under a prior that allows more scatter than there is. */
class ReferenceScatterTest {
    private static final int N = 60;
    private static final double NOISE = 0.02;
    private static final double SMOOTH = 0.03;

    private final double[] blur = blur();
    private final double[] pixels = product(transposed(blur), blur, 1 / (NOISE * NOISE));
    private final double[] prior = new double[N * N];
    private final double[] inverse;

    ReferenceScatterTest() {
        prior().addTo(prior);
        double[] sum = pixels.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += prior[i];
        }
        inverse = SymmetricSolver.inverse(sum, N);
    }

    /** Over many spectra that are the reference itself, errors are those of the noise alone, with the measured scatter. */
    @Test
    void aGoodReferenceLeavesTheNoise() {
        double[] noiseOnly = product(product(inverse, pixels, 1), inverse, 1);
        Random random = new Random(4);
        double squares = 0;
        double quoted = 0;
        int spectra = 60;
        for (int k = 0; k < spectra; k++) {
            double[] amplitudes = fitted(random, 0);
            double[] covariance = ReferenceScatter.covariance(state(amplitudes), inverse, 1);
            for (int i = 0; i < N; i++) {
                squares += (amplitudes[i] - 1) * (amplitudes[i] - 1) / (N * spectra);
                quoted += covariance[i * N + i] / (N * spectra);
                assertThat(covariance[i * N + i]).isLessThanOrEqualTo(inverse[i * N + i] * (1 + 1e-9));
                // no less than the noise, but for the step of the derivative
                assertThat(covariance[i * N + i]).isGreaterThan(noiseOnly[i * N + i] * (1 - 1e-6));
            }
        }
        double[] diagonal =
                IntStream.range(0, N).mapToDouble(i -> inverse[i * N + i]).toArray();
        double before = Arrays.stream(diagonal).average().orElseThrow();
        assertThat(squares).isLessThan(0.75 * before);
        assertThat(quoted / squares).isBetween(0.95, 1.3);
    }

    @Test
    void aReferenceWithTheScatterOfThePriorKeepsItsErrors() {
        double[] amplitudes = fitted(new Random(9), 1);

        double[] covariance = ReferenceScatter.covariance(state(amplitudes), inverse, 1);

        assertThat(covariance).containsExactly(inverse, within(1e-12));
    }

    /** Noise that χ² shows to be larger than quoted is not taken for scatter of the star about its reference. */
    @Test
    void noiseAboveTheQuotedOneIsNoScatter() {
        double[] amplitudes = fitted(new Random(5), 0);
        double[] louder = new double[N];
        for (int i = 0; i < N; i++) {
            louder[i] = 1 + 3 * (amplitudes[i] - 1);
        }
        double alone = trace(ReferenceScatter.covariance(state(louder), inverse, 1));
        double known = trace(ReferenceScatter.covariance(state(louder), inverse, 9));

        assertThat(alone).isCloseTo(trace(inverse), within(1e-12));
        assertThat(known).isLessThan(0.8 * alone);
    }

    private static double trace(double[] matrix) {
        return IntStream.range(0, N).mapToDouble(i -> matrix[i * N + i]).sum();
    }

    private static SpectrumPrior prior() {
        double[] precision = new double[N - 2];
        Arrays.fill(precision, 1 / (SMOOTH * SMOOTH));
        double[] one = new double[N];
        Arrays.fill(one, 1);
        return new SpectrumPrior(new double[N], one, precision);
    }

    private ForwardState state(double[] amplitudes) {
        int[] order = IntStream.range(0, N).toArray();
        EnvelopeMatrix matrix = EnvelopeMatrix.of(pixels, order, SpectrumPrior.REACH);
        EnvelopeMatrix sum = matrix.copy();
        prior().addTo(sum);
        return new ForwardState(new double[0], prior(), sum.factor(), matrix, amplitudes, new double[0], 0, 0);
    }

    /** The best amplitudes of a spectrum of ones, with scatter in parts of the prior's. */
    private double[] fitted(Random random, double scatter) {
        double[] truth = new double[N];
        double slope = 0;
        truth[0] = 1;
        for (int i = 1; i < N; i++) {
            truth[i] = truth[i - 1] + slope;
            slope += scatter * SMOOTH * random.nextGaussian();
        }
        double[] seen = times(blur, truth);
        for (int i = 0; i < N; i++) {
            seen[i] += NOISE * random.nextGaussian();
        }
        double[] projected = times(transposed(blur), seen);
        for (int i = 0; i < N; i++) {
            projected[i] /= NOISE * NOISE;
        }
        return times(inverse, projected);
    }

    private static double[] blur() {
        double[] out = new double[N * N];
        for (int i = 0; i < N; i++) {
            double sum = 0;
            for (int j = 0; j < N; j++) {
                out[i * N + j] = Math.exp(-0.5 * (i - j) * (i - j) / (1.5 * 1.5));
                sum += out[i * N + j];
            }
            for (int j = 0; j < N; j++) {
                out[i * N + j] /= sum;
            }
        }
        return out;
    }

    private static double[] transposed(double[] m) {
        double[] out = new double[N * N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                out[i * N + j] = m[j * N + i];
            }
        }
        return out;
    }

    private static double[] product(double[] u, double[] v, double factor) {
        double[] out = new double[N * N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < N; k++) {
                    out[i * N + j] += factor * u[i * N + k] * v[k * N + j];
                }
            }
        }
        return out;
    }

    private static double[] times(double[] m, double[] v) {
        double[] out = new double[N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                out[i] += m[i * N + j] * v[j];
            }
        }
        return out;
    }
}
