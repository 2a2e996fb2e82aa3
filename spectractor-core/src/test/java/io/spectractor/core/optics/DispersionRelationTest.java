package io.spectractor.core.optics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.PixelPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known answers: the original's, for HoloAmAg with its truncated N = 346, x0 = 743.7 px, D = 55.45 mm. */
class DispersionRelationTest {
    private static final double INCIDENCE = DispersionRelation.incidenceRad(743.7, 2048, 0.401);
    private static final DispersionRelation RELATION = new DispersionRelation(346, INCIDENCE, 55.45, 0.024);

    @Test
    void incidenceIsZeroInTheMiddleOfTheChip() {
        assertThat(INCIDENCE).isCloseTo(-5.44932e-4, within(5e-10));
        assertThat(DispersionRelation.incidenceRad(1024, 2048, 0.401)).isZero();
        assertThat(DispersionRelation.incidenceRad(743.7 / 2, 1024, 0.802)).isCloseTo(INCIDENCE, within(1e-18));
    }

    @ParameterizedTest
    @CsvSource({
        "350, 281.837820",
        "400, 322.831912",
        "500, 405.762605",
        "600, 490.239045",
        "700, 576.635811",
        "800, 665.367545",
        "900, 756.900237",
        "1000, 851.765341",
        "1100, 950.577799"
    })
    void meetsKnownDistances(double lambdaNm, double distancePx) {
        assertThat(RELATION.distancePx(lambdaNm, 1)).isCloseTo(distancePx, within(6e-7));
    }

    @ParameterizedTest
    @CsvSource({"300, 372.194165", "600, 726.608704", "1000, 1148.370566"})
    void meetsKnownWavelengths(double distancePx, double lambdaNm) {
        assertThat(RELATION.wavelengthNm(distancePx, 1)).isCloseTo(lambdaNm, within(6e-7));
    }

    @ParameterizedTest
    @CsvSource({"350, 576.635811", "400, 665.367545"})
    void secondOrderFallsOnTwiceTheWavelength(double lambdaNm, double distancePx) {
        assertThat(RELATION.distancePx(lambdaNm, 2)).isCloseTo(distancePx, within(6e-7));
        assertThat(RELATION.distancePx(lambdaNm, 2)).isEqualTo(RELATION.distancePx(2 * lambdaNm, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 1, 2, 3})
    void goesThereAndBack(int order) {
        for (double lambda = 300; lambda <= 900; lambda += 7) {
            double distance = RELATION.distancePx(lambda, order);
            assertThat(distance * order).isPositive();
            assertThat(RELATION.wavelengthNm(distance, order)).isCloseTo(lambda, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2})
    void dispersionIsTheDerivative(int order) {
        for (double distance = 100; distance < 1000; distance += 50) {
            double step = 1e-3;
            double slope =
                    (RELATION.wavelengthNm(distance + step, order) - RELATION.wavelengthNm(distance - step, order))
                            / (2 * step);
            assertThat(RELATION.dispersionNmPerPx(distance, order)).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void anOrderBeyondTheHorizonHasNoPlace() {
        assertThat(RELATION.distancePx(1100, 3)).isNaN();
    }

    @Test
    void distanceScalesWithTheDistanceToTheCcd() {
        DispersionRelation far = RELATION.withDistance(2 * 55.45);

        assertThat(far.distancePx(600, 1)).isCloseTo(2 * RELATION.distancePx(600, 1), within(1e-9));
        assertThat(far.groovesPerMm()).isEqualTo(346);
        assertThat(RELATION.distanceMm()).isEqualTo(55.45);
    }

    @Test
    void binningHalvesDistances() {
        DispersionRelation binned = new DispersionRelation(346, INCIDENCE, 55.45, 0.048);

        assertThat(2 * binned.distancePx(600, 1)).isCloseTo(RELATION.distancePx(600, 1), within(1e-9));
    }

    @Test
    void takesTheGrooveDensityAtTheStarWithoutTruncation() {
        PositionMap grooves = new PositionMap() {
            @Override
            public double at(double x, double y) {
                return 300 + x / 10 + y / 1000;
            }

            @Override
            public boolean covers(double x, double y) {
                return true;
            }
        };
        Disperser disperser =
                new Disperser("test", "test", grooves, PositionMap.constant(0), TabulatedCurve.constant(1), null, null);

        DispersionRelation relation =
                DispersionRelation.of(disperser, new PixelPosition(469, 19), INCIDENCE, 55.45, 0.024);

        assertThat(relation.groovesPerMm()).isCloseTo(346.919, within(1e-12));
    }

    @Test
    void refusesImpossibleGeometry() {
        assertThatThrownBy(() -> new DispersionRelation(-1, 0, 55, 0.024)).hasMessageContaining("groove density");
        assertThatThrownBy(() -> RELATION.withDistance(0)).hasMessageContaining("distance to the CCD");
        assertThatThrownBy(() -> new DispersionRelation(346, 0, 55, Double.NaN)).hasMessageContaining("pixel size");
        assertThatThrownBy(() -> new DispersionRelation(346, Double.NaN, 55, 0.024))
                .hasMessageContaining("incidence");
    }
}
