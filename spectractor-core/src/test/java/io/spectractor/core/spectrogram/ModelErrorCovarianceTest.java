package io.spectractor.core.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.fit.SymmetricSolver;
import io.spectractor.core.forward.equations.SpectrumPrior;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelErrorCovarianceTest {
    private static final int COLUMNS = 12;
    private static final int PIXELS = 40;

    /** With C = W^-1 + M F F^T M^T: r^T C^-1 r = r^T W r - s . absorb(s) with s = M^T W r, and ln |C| the same way. */
    @ParameterizedTest
    @CsvSource({"1, 0.05, 1.5, 0", "2, 0, 1.5, 0", "3, 0.3, 0.4, 0", "4, 0.05, 1.5, 3", "5, 0, 1.5, 1"})
    void isTheCovarianceOfThePixels(long seed, double relative, double smoothPx, int along) {
        Random random = new Random(seed);
        double[][] m = new double[PIXELS][COLUMNS];
        double[] weight = new double[PIXELS];
        double[] r = new double[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            weight[p] = 0.5 + random.nextDouble();
            r[p] = random.nextGaussian();
            for (int c = 0; c < COLUMNS; c++) {
                m[p][c] = Math.abs(c - p * COLUMNS / PIXELS) < 3 ? random.nextDouble() : 0;
            }
        }
        double[] light = new double[COLUMNS];
        boolean[] free = new boolean[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            light[c] = 1 + random.nextDouble();
        }
        free[4] = true;
        double[][] modes = new double[along][COLUMNS];
        for (double[] mode : modes) {
            for (int c = 0; c < COLUMNS; c++) {
                mode[c] = 0.2 * random.nextGaussian();
            }
        }
        ModelErrorCovariance.Errors errors = new ModelErrorCovariance.Errors(light, relative, smoothPx, free, modes);
        double[] normal = new double[COLUMNS * COLUMNS];
        double[] score = new double[COLUMNS];
        for (int p = 0; p < PIXELS; p++) {
            for (int i = 0; i < COLUMNS; i++) {
                score[i] += weight[p] * m[p][i] * r[p];
                for (int j = 0; j < COLUMNS; j++) {
                    normal[i * COLUMNS + j] += weight[p] * m[p][i] * m[p][j];
                }
            }
        }
        AtmosphereEquations.Point point = new AtmosphereEquations.Point(
                new double[0],
                light,
                r,
                normal,
                score,
                0,
                IntStream.range(0, COLUMNS).toArray());
        ModelErrorCovariance slack = errors.at(point);
        double chi2 = -SpectrumPrior.dot(score, slack.absorb(score));
        double logWeight = 0;
        for (int p = 0; p < PIXELS; p++) {
            chi2 += weight[p] * r[p] * r[p];
            logWeight += Math.log(weight[p]);
        }

        double[] f = dense(light, relative, smoothPx, free);
        double[] covariance = new double[PIXELS * PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            covariance[p * PIXELS + p] += 1 / weight[p];
            for (int q = 0; q < PIXELS; q++) {
                for (int k = 0; k < COLUMNS; k++) {
                    covariance[p * PIXELS + q] += seen(m[p], f, k) * seen(m[q], f, k);
                }
                for (double[] mode : modes) {
                    covariance[p * PIXELS + q] += along(m[p], mode, light, free) * along(m[q], mode, light, free);
                }
            }
        }
        SymmetricSolver exact = SymmetricSolver.factor(covariance, PIXELS);
        double expected = SpectrumPrior.dot(r, exact.solve(r));

        assertThat(chi2).isCloseTo(expected, within(1e-8 * expected));
        assertThat(slack.logDeterminant() - logWeight).isCloseTo(exact.logDeterminant(), within(1e-8));

        ModelErrorCovariance scaled = new ModelErrorCovariance.Errors(light, 0.7, smoothPx, free, modes)
                .byFraction(point)
                .apply(relative);
        assertThat(scaled.logDeterminant()).isCloseTo(slack.logDeterminant(), within(1e-10));
        assertThat(scaled.absorb(score)).containsExactly(slack.absorb(score), within(1e-10));

        double[] absorbed = slack.absorbedPrecision(normal);
        double[] column = new double[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            System.arraycopy(normal, c * COLUMNS, column, 0, COLUMNS);
            assertThat(absorbed[c]).isCloseTo(SpectrumPrior.dot(column, slack.absorb(column)), within(1e-10));
        }
    }

    private static double seen(double[] row, double[] f, int k) {
        double sum = 0;
        for (int c = 0; c < COLUMNS; c++) {
            sum += row[c] * f[c * COLUMNS + k];
        }
        return sum;
    }

    private static double along(double[] row, double[] mode, double[] light, boolean[] free) {
        double sum = 0;
        for (int c = 0; c < COLUMNS; c++) {
            sum += free[c] ? 0 : row[c] * mode[c] * light[c];
        }
        return sum;
    }

    /** Averages of independent errors, of unit variance in the middle of the spectrum. */
    private static double[] dense(double[] light, double relative, double smoothPx, boolean[] free) {
        int reach = (int) Math.ceil(2.5 * smoothPx);
        double norm = 0;
        for (int d = -reach; d <= reach; d++) {
            norm += Math.exp(-d * d / (smoothPx * smoothPx));
        }
        double[] f = new double[COLUMNS * COLUMNS];
        for (int c = 0; c < COLUMNS; c++) {
            for (int k = 0; k < COLUMNS; k++) {
                int d = c - k;
                double smooth = Math.abs(d) <= reach ? Math.exp(-0.5 * d * d / (smoothPx * smoothPx)) : 0;
                f[c * COLUMNS + k] =
                        free[c] ? (c == k ? 3 * light[c] : 0) : relative * light[c] * smooth / Math.sqrt(norm);
            }
        }
        return f;
    }
}
