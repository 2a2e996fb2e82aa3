package io.spectractor.core.atmosphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ThroughputErrorsTest {
    private static final int N = 230;
    /** Half as many columns as usual, twice as wide and of half the variance, tell as much in an eighth of the time. */
    private static final int COLUMNS = 320;

    private static final double NOISE = 0.0057;
    private static final double SIGMA = 0.012;
    private static final double REACH_NM = 60;

    private static double[] wavelengths() {
        double[] lambda = new double[N];
        for (int i = 0; i < N; i++) {
            lambda[i] = 340 + 3.5 * i;
        }
        return lambda;
    }

    /** Errors of 1.2 % that go together over 60 nm. */
    private static double[] covariance(double[] lambda) {
        double[] c = new double[lambda.length * lambda.length];
        for (int i = 0; i < lambda.length; i++) {
            for (int j = 0; j < lambda.length; j++) {
                double d = (lambda[i] - lambda[j]) / REACH_NM;
                c[i * lambda.length + j] = SIGMA * SIGMA * Math.exp(-0.5 * d * d);
            }
        }
        return c;
    }

    @Test
    void theModesAreTheCovariance() {
        double[] lambda = wavelengths();
        double[] c = covariance(lambda);
        ThroughputErrors errors = ThroughputErrors.of(lambda, c);

        double[] again = errors.covariance(lambda);
        for (int i = 0; i < c.length; i++) {
            assertThat(again[i]).isCloseTo(c[i], within(1e-4 * SIGMA * SIGMA));
        }
        // smooth errors are few
        assertThat(errors.modes(lambda).length).isBetween(10, 40);
        // linear between the wavelengths, held beyond them
        double[][] modes = errors.modes(new double[] {100, 340, 341.75, 343.5, 2000});
        double[][] first = errors.modes(lambda);
        for (int k = 0; k < modes.length; k++) {
            assertThat(modes[k][0]).isEqualTo(modes[k][1]).isEqualTo(first[k][0]);
            assertThat(modes[k][2]).isCloseTo(0.5 * (first[k][0] + first[k][1]), within(1e-12));
            assertThat(modes[k][4]).isEqualTo(first[k][N - 1]);
        }
        assertThat(ThroughputErrors.none().any()).isFalse();
        assertThat(errors.any()).isTrue();
    }

    @Test
    void whatIsNoCovarianceIsRefused() {
        double[] lambda = {400, 500};
        assertThatThrownBy(() -> ThroughputErrors.of(lambda, new double[] {1, 2, 2, 1}))
                .hasMessageContaining("not positive");
        assertThatThrownBy(() -> ThroughputErrors.of(lambda, new double[] {1, 0, 0, -1}))
                .hasMessageContaining("variance at 500.0 nm");
        assertThatThrownBy(() -> ThroughputErrors.of(lambda, new double[] {1, 0}))
                .hasMessageContaining("4 elements, not 2");
    }

    /**
     * Spectra of different air, each through a throughput of its own that differs from the table by errors of the covariance:
     * with it the errors of ozone, water and aerosols cover the truth, without it they do not.
     */
    @Test
    @Tag("slow")
    void errorsCoverTheTruthWithTheCovarianceOfTheThroughput() {
        Map<FitParameter, List<Double>> with = new EnumMap<>(FitParameter.class);
        Map<FitParameter, List<Double>> without = new EnumMap<>(FitParameter.class);
        double[] lambda = wavelengths();
        ThroughputErrors errors = ThroughputErrors.of(lambda, covariance(lambda));
        double[][] modes = errors.modes(lambda);
        SourceSpectrum table = AtmosphereFitTest.STAR;
        for (int seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            double[] deviation = new double[N];
            for (double[] mode : modes) {
                double z = random.nextGaussian();
                for (int i = 0; i < N; i++) {
                    deviation[i] += z * mode[i];
                }
            }
            TabulatedCurve factor = new TabulatedCurve(lambda, plusOne(deviation), TabulatedCurve.Outside.HOLD);
            SourceSpectrum deviated = SourceSpectrum.of(TabulatedCurve.constant(1), l -> table.at(l) * factor.at(l));
            double[] truth = AtmosphereFitTest.TRUTH.clone();
            truth[FitParameter.AEROSOLS.index()] = 0.05 + 0.1 * random.nextDouble();
            truth[FitParameter.OZONE.index()] = 240 + 100 * random.nextDouble();
            truth[FitParameter.WATER.index()] = 1 + 6 * random.nextDouble();
            FittedProduct product =
                    FittedProduct.of(AtmosphereFitTest.ATMOSPHERE, deviated, truth, NOISE, 0, random, COLUMNS);
            AtmosphereFit fit = new AtmosphereFit(AtmosphereFitTest.ATMOSPHERE, FitSettings.usual());
            pulls(fit.fit(product.product(), table.withErrors(errors), Deadline.none()), truth, with);
            pulls(fit.fit(product.product(), table, Deadline.none()), truth, without);
        }
        for (FitParameter p : List.of(FitParameter.OZONE, FitParameter.WATER, FitParameter.AEROSOLS)) {
            assertThat(rms(with.get(p))).as(p.label()).isBetween(0.8, 1.2);
            assertThat(with.get(p).stream().filter(x -> Math.abs(x) < 3).count())
                    .as(p.label())
                    .isGreaterThanOrEqualTo(58);
        }
        assertThat(rms(without.get(FitParameter.OZONE))).isGreaterThan(3);
        assertThat(rms(without.get(FitParameter.AEROSOLS))).isGreaterThan(2);
    }

    private static double[] plusOne(double[] values) {
        double[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += 1;
        }
        return out;
    }

    private static void pulls(AtmosphereFitResult r, double[] truth, Map<FitParameter, List<Double>> pulls) {
        for (FitParameter p : List.of(FitParameter.OZONE, FitParameter.WATER, FitParameter.AEROSOLS)) {
            AtmosphereFitResult.Value v = r.value(p);
            pulls.computeIfAbsent(p, q -> new ArrayList<>()).add((v.value() - truth[p.index()]) / v.error());
        }
    }

    private static double rms(List<Double> pulls) {
        return Math.sqrt(pulls.stream().mapToDouble(x -> x * x).average().orElse(0));
    }
}
