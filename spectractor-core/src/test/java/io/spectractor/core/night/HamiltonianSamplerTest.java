package io.spectractor.core.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HamiltonianSamplerTest {
    /** Exact least squares of the line that Spectractor's test of its MCMC fits: value and covariance of slope and offset. */
    private static final double[] LINE = {5.013793, -1.017281};

    private static final double[] COVARIANCE = {1.17624e-3, -5.88119e-4, -5.88119e-4, 3.94059e-4};

    /** The posterior of the line, seen from a start that is off and stretched, so that steps can be refused. */
    private static double line(double[] u) {
        double[] p = parameters(u);
        double a = p[0] - LINE[0];
        double b = p[1] - LINE[1];
        double det = COVARIANCE[0] * COVARIANCE[3] - COVARIANCE[1] * COVARIANCE[2];
        return (COVARIANCE[3] * a * a - 2 * COVARIANCE[1] * a * b + COVARIANCE[0] * b * b) / det;
    }

    private static double[] parameters(double[] u) {
        double s = 1.2 * Math.sqrt(COVARIANCE[0]);
        double c = COVARIANCE[1] / COVARIANCE[0];
        double rest = 1.2 * Math.sqrt(COVARIANCE[3] - c * COVARIANCE[1]);
        return new double[] {LINE[0] + 0.01 + s * u[0], LINE[1] - 0.005 + c * s * u[0] + rest * u[1]};
    }

    private static double[][] column(HamiltonianSampler.Chains chains, int d) {
        double[][] out = new double[chains.positions().length][];
        for (int s = 0; s < out.length; s++) {
            out[s] = new double[chains.positions()[s].length];
            for (int c = 0; c < out[s].length; c++) {
                out[s][c] = parameters(chains.positions()[s][c])[d];
            }
        }
        return out;
    }

    @Test
    void theLineOfTheOriginalsTestComesOut() {
        HamiltonianSampler.Chains chains =
                new HamiltonianSampler(42, 20, 200).sample(HamiltonianSamplerTest::line, 2, 2000);

        for (int d = 0; d < 2; d++) {
            ChainStatistics s = ChainStatistics.of(column(chains, d));
            double sigma = Math.sqrt(COVARIANCE[3 * d]);
            assertThat(s.mean()).isCloseTo(LINE[d], within(5 * sigma / Math.sqrt(s.effective())));
            assertThat(s.sigma()).isCloseTo(sigma, within(0.03 * sigma));
            assertThat(s.splitRhat()).isBetween(0.99, 1.01);
            assertThat(s.effective()).isBetween(2000.0, 60_000.0);
        }
    }

    @Test
    void aChainGoesOnWhereItEnded() {
        HamiltonianSampler sampler = new HamiltonianSampler(7, 3, 50);
        HamiltonianSampler.Chains whole = sampler.sample(HamiltonianSamplerTest::line, 2, 60);

        HamiltonianSampler.Chains first = sampler.sample(HamiltonianSamplerTest::line, 2, 25);
        HamiltonianSampler.Chains rest =
                sampler.resume(HamiltonianSamplerTest::line, first.positions()[24], first.angles(), 25, 35);

        for (int s = 0; s < 60; s++) {
            double[][] there = s < 25 ? first.positions()[s] : rest.positions()[s - 25];
            assertThat(there).isDeepEqualTo(whole.positions()[s]);
        }
        assertThat(new HamiltonianSampler(8, 3, 50)
                        .sample(HamiltonianSamplerTest::line, 2, 1)
                        .positions()[0][0])
                .isNotEqualTo(whole.positions()[0][0]);
    }

    /** Where the posterior ends at an edge, as that of aerosols at 0, no sample lies beyond it. */
    @Test
    void nothingLiesBeyondAnEdge() {
        HamiltonianSampler.Chains chains = new HamiltonianSampler(3, 8, 200)
                .sample(u -> u[0] < 0 ? Double.POSITIVE_INFINITY : u[0] * u[0], 1, 3000);

        double mean = 0;
        for (double[][] step : chains.positions()) {
            for (double[] at : step) {
                assertThat(at[0]).isNotNegative();
                mean += at[0] / (3000 * 8);
            }
        }
        assertThat(mean).isCloseTo(Math.sqrt(2 / Math.PI), within(0.03));
    }
}
