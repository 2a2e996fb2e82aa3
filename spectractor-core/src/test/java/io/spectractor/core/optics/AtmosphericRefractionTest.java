package io.spectractor.core.optics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known answers: the original's figures for the CTIO exposure 20170530_134. */
class AtmosphericRefractionTest {
    private static final AirConditions AIR = new AirConditions(8.6, 784, 25);
    private static final CameraOrientation CTIO = new CameraOrientation(0.401, 180, -1, 1);
    private static final AtmosphericRefraction REFRACTION =
            new AtmosphericRefraction(AIR, 1.131, 119.807, 573.3124, CTIO);

    @ParameterizedTest
    @CsvSource({"350, 2.2630e-4", "550, 2.1974e-4", "1000, 2.1684e-4"})
    void meetsKnownRefractivity(double lambdaNm, double refractivity) {
        assertThat(AIR.refractivity(lambdaNm)).isCloseTo(refractivity, within(5.1e-9));
    }

    /** NIST engineering metrology toolbox, modified Edlén: 633 nm, 20 Celsius, 101.325 kPa, 50 % humidity. */
    @Test
    void meetsTheNistCalculator() {
        assertThat(new AirConditions(20, 1013.25, 50).refractivity(633)).isCloseTo(2.71373e-4, within(2e-8));
    }

    /** IAPWS: 611.213 Pa (water) and 611.153 Pa (ice) at 0 Celsius, IF97 verification 3536.58941 Pa at 300 K, 8.947 Pa (ice) at 230 K. */
    @ParameterizedTest
    @CsvSource({"0, 611.213, 0.005", "-1e-9, 611.153, 0.005", "26.85, 3536.58941, 1e-5", "-43.15, 8.947, 0.001"})
    void meetsKnownSaturationPressures(double celsius, double pascal, double tolerance) {
        assertThat(AirConditions.saturationPressurePa(celsius)).isCloseTo(pascal, within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({
        "350, -1.625415, -0.931149", "400, -0.998656, -0.572098", "500, -0.291683, -0.167096",
        "600, 0.079680, 0.045646", "800, 0.440601, 0.252406", "1000, 0.604944, 0.346553"
    })
    void meetsKnownShifts(double lambdaNm, double westPx, double northPx) {
        assertThat(REFRACTION.westPx(lambdaNm)).isCloseTo(westPx, within(1.5e-6));
        assertThat(REFRACTION.northPx(lambdaNm)).isCloseTo(northPx, within(1.5e-6));
        // the CTIO camera has west along +x and north along -y
        assertThat(REFRACTION.xPx(lambdaNm)).isCloseTo(westPx, within(1.5e-6));
        assertThat(REFRACTION.yPx(lambdaNm)).isCloseTo(-northPx, within(1.5e-6));
    }

    @Test
    void isZeroAtTheReferenceAndInTheZenith() {
        assertThat(REFRACTION.shiftArcsec(573.3124)).isZero();
        assertThat(new AtmosphericRefraction(AIR, 1, 119.8, 573, CTIO).shiftArcsec(350))
                .isZero();
    }

    /** A sky rotated with the camera gives the same shift along the equally rotated axis. */
    @Test
    void turnsWithTheCamera() {
        CameraOrientation turned = new CameraOrientation(0.401, 210, -1, 1);
        AtmosphericRefraction refraction = new AtmosphericRefraction(AIR, 1.131, 119.807, 573.3124, turned);

        double along =
                refraction.xPx(400) * Math.cos(Math.toRadians(30)) + refraction.yPx(400) * Math.sin(Math.toRadians(30));
        assertThat(along).isCloseTo(REFRACTION.xPx(400), within(1e-12));
    }

    @Test
    void refusesBrokenSensorsAndAirmasses() {
        // -4 is what the CTIO logbook holds where the weather station was silent
        assertThatThrownBy(() -> new AirConditions(8, -4, -4)).hasMessageContaining("-4.0 hPa");
        assertThat(AirConditions.plausible(8.6, 784, Double.NaN)).isFalse();
        assertThatThrownBy(() -> new AtmosphericRefraction(AIR, 0.99, 0, 550, CTIO))
                .hasMessageContaining("airmass");
        assertThatThrownBy(() -> new AtmosphericRefraction(AIR, Double.NaN, 0, 550, CTIO))
                .hasMessageContaining("airmass");
    }

    /** ICAO standard atmosphere: 794.95 hPa and 2 Celsius at 2 km. */
    @Test
    void standardAtmosphereStandsInForSilentSensors() {
        AirConditions air = AirConditions.standard(2);

        assertThat(air.pressureHPa()).isCloseTo(794.95, within(0.05));
        assertThat(air.temperatureCelsius()).isEqualTo(2);
    }

    /** Known answer of the original for exposure 20170530_134. */
    @Test
    void meetsKnownParallacticAngle() {
        ParallacticAngle angle = ParallacticAngle.of(28.178833, -18.557717, -(30 + 10 / 60.0 + 7.90 / 3600.0));

        assertThat(angle.angleDeg()).isCloseTo(119.807019, within(2e-6));
        assertThat(angle.zenithDistanceDeg()).isCloseTo(28.067232, within(2e-6));
    }

    @Test
    void onTheMeridianTheParallacticAngleIsZeroOrHalfATurn() {
        assertThat(ParallacticAngle.of(0, -60, -30).angleDeg()).isCloseTo(0, within(1e-12));
        assertThat(Math.abs(ParallacticAngle.of(0, 10, -30).angleDeg())).isCloseTo(180, within(1e-12));
        assertThat(ParallacticAngle.of(0, 10, -30).zenithDistanceDeg()).isCloseTo(40, within(1e-12));
    }
}
