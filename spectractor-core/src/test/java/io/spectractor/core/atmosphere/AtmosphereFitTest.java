package io.spectractor.core.atmosphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spectra made with a known atmosphere, a smooth star and seeded noise. */
@Tag("slow")
class AtmosphereFitTest {
    static final AtmosphericTransmission ATMOSPHERE = new AtmosphericTransmission(tables());
    static final SourceSpectrum STAR =
            SourceSpectrum.of(TabulatedCurve.constant(1e-12), lambda -> 0.5 - 0.1 * Math.cos(lambda / 150));
    /** In the order of FitParameter. */
    static final double[] TRUTH = {0.7, 0.06, 1.2, 280, 3.3, 1.9, 0.2, -0.3};

    /** A broad band of ozone, narrow ones of O2 and water. */
    private static AtmosphereTables tables() {
        int n = 801;
        double[][] c = new double[7][n];
        for (int i = 0; i < n; i++) {
            double lambda = 300 + i;
            c[0][i] = lambda;
            c[1][i] = 1.3e-4 * band(lambda, 600, 45);
            c[2][i] = 0.5 * band(lambda, 761, 2) + 0.15 * band(lambda, 688, 2);
            c[3][i] = 0.6;
            c[4][i] = 0.1 * band(lambda, 938, 12) + 0.03 * band(lambda, 820, 6) + 0.02 * band(lambda, 724, 6);
            c[5][i] = 2;
            c[6][i] = 0.6;
        }
        return new AtmosphereTables(c[0], c[1], c[2], c[3], c[4], c[5], c[6]);
    }

    private static double band(double lambda, double centre, double sigma) {
        return Math.exp(-0.5 * Math.pow((lambda - centre) / sigma, 2));
    }

    private static AtmosphereFitResult fit(FittedProduct product, FitSettings settings) {
        return new AtmosphereFit(ATMOSPHERE, settings).fit(product.product(), STAR, Deadline.none());
    }

    private static FittedProduct spectrum(double noise, double modelError, long seed) {
        return FittedProduct.of(ATMOSPHERE, STAR, TRUTH, noise, modelError, new Random(seed));
    }

    @Test
    void withoutNoiseTheTruthComesBack() {
        AtmosphereFitResult result = fit(spectrum(0, 0, 1), FitSettings.usual());

        for (FitParameter p : FitParameter.values()) {
            double truth = TRUTH[p.index()];
            assertThat(result.value(p).value()).as(p.label()).isCloseTo(truth, within(2e-3 * Math.max(0.1, truth)));
        }
        assertThat(result.converged()).isTrue();
        assertThat(result.modelError()).isZero();
    }

    @Test
    void errorsMeanWhatTheySay() {
        List<Double> pulls = new ArrayList<>();
        for (int seed = 1; seed <= 25; seed++) {
            AtmosphereFitResult result = fit(spectrum(0.02, 0, seed), FitSettings.usual());
            for (AtmosphereFitResult.Value v : result.parameters()) {
                if (v.free()) {
                    pulls.add((v.value() - TRUTH[v.parameter().index()]) / v.error());
                }
            }
        }
        double mean = pulls.stream().mapToDouble(p -> p).average().orElseThrow();
        double rms = Math.sqrt(pulls.stream().mapToDouble(p -> p * p).average().orElseThrow());
        assertThat(mean).isBetween(-0.25, 0.25);
        assertThat(rms).isBetween(0.85, 1.15);
    }

    @Test
    void scatterBeyondTheCovarianceBecomesModelError() {
        AtmosphereFitResult result = fit(spectrum(0.003, 0.012, 3), FitSettings.usual());

        assertThat(result.modelError()).isCloseTo(0.012, within(0.0015));
        assertThat(result.chi2() / result.degreesOfFreedom()).isCloseTo(1, within(0.03));
        assertThat(result.chi2WithoutModelError()).isGreaterThan(5 * result.chi2());
    }

    @Test
    void aStarInTheTraceIsLeftOutWithItsFlanks() {
        FittedProduct product = spectrum(0.01, 0, 4);
        for (int i = 0; i < 15; i++) {
            product.flux()[240 + i] *= 1 + 0.3 * Math.exp(-0.5 * Math.pow((i - 7) / 3.0, 2));
        }
        AtmosphereFitResult result = fit(product, FitSettings.usual());

        for (int i = 243; i < 251; i++) {
            assertThat(result.outliers()[i]).isTrue();
            assertThat(result.used()[i]).isFalse();
        }
        for (FitParameter p : List.of(FitParameter.OZONE, FitParameter.WATER, FitParameter.AEROSOLS)) {
            AtmosphereFitResult.Value v = result.value(p);
            assertThat(Math.abs(v.value() - TRUTH[p.index()])).as(p.label()).isLessThan(3 * v.error());
        }
    }

    @Test
    void fixedParametersStayAndHaveNoError() {
        FitSettings settings = FitSettings.usual()
                .withFixed(FitParameter.OZONE)
                .withValue(FitParameter.OZONE, 280)
                .withFixed(FitParameter.GREY)
                .withValue(FitParameter.GREY, 0.7);
        AtmosphereFitResult result = fit(spectrum(0.01, 0, 5), settings);

        assertThat(result.value(FitParameter.OZONE).value()).isEqualTo(280);
        assertThat(result.value(FitParameter.OZONE).error()).isZero();
        assertThat(result.value(FitParameter.GREY).value()).isEqualTo(0.7);
        assertThat(result.value(FitParameter.AEROSOLS).error())
                .isLessThan(fit(spectrum(0.01, 0, 5), FitSettings.usual())
                        .value(FitParameter.AEROSOLS)
                        .error());
    }

    @Test
    void theSameSpectrumGivesTheSameNumbers() {
        AtmosphereFitResult a = fit(spectrum(0.02, 0, 6), FitSettings.usual());
        AtmosphereFitResult b = fit(spectrum(0.02, 0, 6), FitSettings.usual());
        assertThat(a.parameters()).isEqualTo(b.parameters());
        assertThat(a.covariance()).isEqualTo(b.covariance());
    }

    @Test
    void whatCannotBeFittedIsRefused() {
        FitSettings narrow = new FitSettings(FitSettings.usual().free(), Map.of(), 500, 510, 4);
        FitSettings thick = FitSettings.usual().withValue(FitParameter.WATER, 30);

        assertThatThrownBy(() -> fit(spectrum(0.01, 0, 7), narrow))
                .isInstanceOf(FitException.class)
                .hasMessageContaining("good columns between 500.0 and 510.0 nm");
        assertThatThrownBy(() -> fit(spectrum(0.01, 0, 7), thick))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30.0 mm")
                .hasMessageContaining("0.0 to 20.0 mm");
    }
}
