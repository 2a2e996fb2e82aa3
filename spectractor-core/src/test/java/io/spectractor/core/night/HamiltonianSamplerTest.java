package io.spectractor.core.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToDoubleFunction;
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

    /** A posterior of one block and no shared coordinates, or the other way round. */
    private record Plain(
            double[] start, int shared, int perBlock, ToDoubleFunction<double[]> cost, List<ReflectingWall> walls)
            implements HamiltonianSampler.Target {
        @Override
        public int blocks() {
            return perBlock > 0 ? 1 : 0;
        }

        @Override
        public double[] costs(double[] position) {
            double value = cost.applyAsDouble(position);
            return perBlock > 0 ? new double[] {0, value} : new double[] {value};
        }
    }

    private static final Plain SHARED_LINE = new Plain(new double[2], 2, 0, HamiltonianSamplerTest::line, List.of());

    @Test
    void theLineOfTheOriginalsTestComesOut() {
        for (Plain target :
                List.of(SHARED_LINE, new Plain(new double[2], 0, 2, HamiltonianSamplerTest::line, List.of()))) {
            HamiltonianSampler.Chains chains = new HamiltonianSampler(42, 20, 200).sample(target, 2000);

            for (int d = 0; d < 2; d++) {
                ChainStatistics s = ChainStatistics.of(column(chains, d));
                double sigma = Math.sqrt(COVARIANCE[3 * d]);
                assertThat(s.mean()).isCloseTo(LINE[d], within(5 * sigma / Math.sqrt(s.effective())));
                assertThat(s.sigma()).isCloseTo(sigma, within(0.03 * sigma));
                assertThat(s.splitRhat()).isBetween(0.99, 1.01);
                assertThat(s.effective()).isBetween(10_000.0, 80_000.0);
            }
        }
    }

    /** Shared and own coordinates of a model that is no Gaussian: moments against those of a grid. */
    @Test
    void blocksAndSharedCoordinatesGoTogether() {
        HamiltonianSampler.Target target = new HamiltonianSampler.Target() {
            @Override
            public int shared() {
                return 1;
            }

            @Override
            public int blocks() {
                return 2;
            }

            @Override
            public int perBlock() {
                return 1;
            }

            @Override
            public double[] start() {
                return new double[3];
            }

            @Override
            public List<ReflectingWall> walls() {
                return List.of();
            }

            @Override
            public double[] costs(double[] z) {
                return new double[] {z[0] * z[0], bent(z[0], z[1]), bent(z[0], z[2])};
            }
        };
        HamiltonianSampler.Chains chains = new HamiltonianSampler(5, 8, 200).sample(target, 8000);

        double[] sum = new double[5];
        double weights = 0;
        for (double a = -5; a <= 5; a += 0.05) {
            double inner = 0;
            double first = 0;
            double second = 0;
            for (double b = -7; b <= 7; b += 0.05) {
                double p = Math.exp(-0.5 * bent(a, b));
                inner += p;
                first += p * b;
                second += p * b * b;
            }
            double w = Math.exp(-0.5 * a * a) * inner * inner;
            weights += w;
            sum[0] += w * a;
            sum[1] += w * a * a;
            sum[2] += w * first / inner;
            sum[3] += w * second / inner;
            sum[4] += w * a * first / inner;
        }
        double[] found = new double[5];
        for (double[][] step : chains.positions()) {
            for (double[] z : step) {
                double[] terms = {z[0], z[0] * z[0], z[2], z[2] * z[2], z[0] * z[2]};
                for (int i = 0; i < terms.length; i++) {
                    found[i] += terms[i] / (8 * 8000);
                }
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(found[i]).as("moment %d", i).isCloseTo(sum[i] / weights, within(0.03));
        }
    }

    private static double bent(double shared, double own) {
        double d = own - 0.15 * shared * shared + 0.2;
        return d * d * (1 + 0.1 * Math.sin(own));
    }

    @Test
    void aChainGoesOnWhereItEnded() {
        HamiltonianSampler sampler = new HamiltonianSampler(7, 3, 50);
        HamiltonianSampler.Chains whole = sampler.sample(SHARED_LINE, 60);

        HamiltonianSampler.Chains first = sampler.sample(SHARED_LINE, 25);
        HamiltonianSampler.Chains rest = sampler.resume(SHARED_LINE, first.positions()[24], first.angles(), 25, 35);

        for (int s = 0; s < 60; s++) {
            double[][] there = s < 25 ? first.positions()[s] : rest.positions()[s - 25];
            assertThat(there).isDeepEqualTo(whole.positions()[s]);
        }
        assertThat(new HamiltonianSampler(8, 3, 50).sample(SHARED_LINE, 1).positions()[0][0])
                .isNotEqualTo(whole.positions()[0][0]);
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        HamiltonianSampler sampler = new HamiltonianSampler(7, 6, 50);
        HamiltonianSampler.Chains many = sampler.sample(SHARED_LINE, 40);
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            HamiltonianSampler.Chains alone =
                    one.submit(() -> sampler.sample(SHARED_LINE, 40)).get();
            assertThat(alone.positions()).isDeepEqualTo(many.positions());
            assertThat(alone.costs()).isDeepEqualTo(many.costs());
        } finally {
            one.shutdown();
        }
    }

    /**
     * A Gaussian in two dimensions whose middle lies beyond a slanted wall, as that of aerosols that would rather be negative:
     * nothing lies behind it, and the distance from it has the moments of a normal distribution's tail.
     */
    @Test
    void aWallCutsTheGaussianOff() {
        double far = 0.7;
        ReflectingWall wall = new ReflectingWall(new int[] {0, 1}, new double[] {0.6, 0.8}, -far);
        for (int shared = 0; shared <= 2; shared += 2) {
            Plain target = new Plain(
                    new double[] {0.6, 0.8}, shared, 2 - shared, u -> u[0] * u[0] + u[1] * u[1], List.of(wall));
            HamiltonianSampler.Chains chains = new HamiltonianSampler(3, 8, 200).sample(target, 6000);

            double mean = 0;
            double along = 0;
            for (double[][] step : chains.positions()) {
                for (double[] at : step) {
                    assertThat(0.6 * at[0] + 0.8 * at[1]).isGreaterThan(far - 1e-9);
                    mean += (0.6 * at[0] + 0.8 * at[1]) / (6000 * 8);
                    along += (0.8 * at[0] - 0.6 * at[1]) / (6000 * 8);
                }
            }
            // mean of a normal distribution above 0.7: density over what lies above, 0.312254 / 0.241964
            assertThat(mean).isCloseTo(1.29050, within(0.01));
            assertThat(along).isCloseTo(0, within(0.02));
        }
    }
}
