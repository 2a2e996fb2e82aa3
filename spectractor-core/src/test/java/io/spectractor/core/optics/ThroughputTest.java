package io.spectractor.core.optics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.optics.TabulatedCurve.Outside;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    private static final TabulatedCurve FLAT =
            new TabulatedCurve(new double[] {400, 800}, new double[] {0.5, 0.5}, Outside.ZERO);
    private static final TabulatedCurve EDGE =
            new TabulatedCurve(new double[] {500, 600, 600.1, 700}, new double[] {0, 0, 0.8, 0.8}, Outside.ZERO);

    @Test
    void multipliesWhatIsInTheBeam() {
        assertThat(Throughput.of(FLAT, null).at(650)).isEqualTo(0.5);
        assertThat(Throughput.of(FLAT, EDGE).at(650)).isEqualTo(0.4);
        assertThat(Throughput.of(FLAT, EDGE)
                        .through(TabulatedCurve.constant(0.5))
                        .at(650))
                .isEqualTo(0.2);
        assertThat(Throughput.of(FLAT, EDGE).at(750)).isZero();
    }

    @Test
    void findsWhereLightPasses() {
        Throughput.WavelengthRange range = Throughput.of(FLAT, EDGE).usefulRange(350, 1100, 1e-4);

        assertThat(range.minNm()).isEqualTo(601);
        assertThat(range.maxNm()).isEqualTo(700);
        assertThat(range.contains(650)).isTrue();
        assertThat(range.contains(701)).isFalse();
    }

    @Test
    void saysWhenNoLightPasses() {
        assertThatThrownBy(() -> Throughput.of(FLAT, EDGE).usefulRange(350, 500, 1e-4))
                .hasMessageContaining("no light passes between 350.0 and 500.0 nm");
    }

    /** Air bends 400 nm as much above the result as 800 nm below it, in the mean over photons; checked by integration. */
    @Test
    void meanOfRefractionOfAFlatSpectrum() {
        double reference = EffectiveWavelength.ofRefractionNm(null, Throughput.of(FLAT, null));
        AirConditions air = new AirConditions(8.6, 784, 0);
        double sum = 0;
        for (double lambda = 400.05; lambda < 800; lambda += 0.1) {
            sum += lambda * (air.refractivity(lambda) - air.refractivity(reference));
        }

        assertThat(sum / 4000 / 600).isCloseTo(0, within(1e-11));
        assertThat(reference).isBetween(560.0, 600.0);
    }

    @Test
    void withoutLightThereIsADefault() {
        TabulatedCurve dark = new TabulatedCurve(new double[] {900, 950}, new double[] {1, 1}, Outside.ZERO);

        assertThat(EffectiveWavelength.ofRefractionNm(dark, Throughput.of(FLAT, null)))
                .isEqualTo(550);
    }
}
