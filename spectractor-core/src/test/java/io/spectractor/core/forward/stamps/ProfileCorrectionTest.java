package io.spectractor.core.forward.stamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProfileCorrectionTest {
    private static ProfileCorrection some() {
        double[] coefficients = new double[ProfileCorrection.ACROSS * ProfileCorrection.ALONG];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = Math.sin(3.0 * i + 1);
        }
        return new ProfileCorrection(4.5, coefficients);
    }

    @Test
    void slopeIsTheDerivativeOfTheValue() {
        ProfileCorrection correction = some();
        double[] factors = correction.at(123, 600);
        for (double dy = -29.3; dy < 30; dy += 0.71) {
            double step = 1e-5;
            double slope = (correction.value(factors, dy + step) - correction.value(factors, dy - step)) / (2 * step);
            assertThat(correction.slope(factors, dy)).isCloseTo(slope, within(1e-7));
        }
    }

    @Test
    void integralIsThatOfTheValue() {
        ProfileCorrection correction = some();
        double[] factors = correction.at(17, 600);
        double sum = 0;
        for (int i = -40_000; i < 40_000; i++) {
            sum += 1e-3 * correction.value(factors, (i + 0.5) * 1e-3);
        }
        assertThat(correction.integral(factors)).isCloseTo(sum, within(1e-6));
    }

    @Test
    void splinesSumToOneInsideAndEndAtTheReach() {
        ProfileCorrection correction = some();
        for (double dy : new double[] {-11.2, -3.3, 0, 0.2, 11.2}) {
            double sum = 0;
            for (double b : correction.functions(dy)) {
                sum += b;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        assertThat(correction.functions(correction.reachPx() + 0.01)).containsOnly(0);
        assertThat(correction.functions(-correction.reachPx() - 0.01)).containsOnly(0);
    }

    @Test
    void noCorrectionIsNone() {
        assertThat(ProfileCorrection.NONE.present()).isFalse();
        assertThat(ProfileCorrection.NONE.coefficients()).containsOnly(0);
    }
}
