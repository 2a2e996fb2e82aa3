package io.spectractor.core.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.DispersionRelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceGeometryTest {
    private static TraceGeometry geometry(double airmass, double angleDeg) {
        double incidence = DispersionRelation.incidenceRad(743.7, 2048, 0.401);
        return new TraceGeometry(
                new PixelPosition(743.7, 683.1),
                angleDeg,
                new DispersionRelation(346, incidence, 55.45, 0.024),
                new AtmosphericRefraction(
                        new AirConditions(8.6, 784, 25),
                        airmass,
                        119.807,
                        573.3124,
                        new CameraOrientation(0.401, 180, -1, 1)));
    }

    /** Distances of spec/03 §1: HoloAmAg with N = 346, D = 55.45 mm; airmass 1 switches refraction off. */
    @ParameterizedTest
    @CsvSource({"350, 1, 281.837820", "600, 1, 490.239045", "1000, 1, 851.765341", "400, 2, 665.367545"})
    void columnsFollowTheGratingEquation(double lambda, int order, double distance) {
        assertThat(geometry(1, 0).columnOf(lambda, order)).isCloseTo(743.7 + distance, within(2e-6));
        assertThat(geometry(1, 0).rowOf(lambda, order)).isCloseTo(683.1, within(1e-9));
    }

    /** Shifts of spec/03 §2 for the same exposure: +x is west, +y is south at CTIO. */
    @ParameterizedTest
    @CsvSource({"350, -1.625415, 0.931149", "800, 0.440601, -0.252406"})
    void refractionMovesTheLight(double lambda, double dx, double dy) {
        double x = geometry(1.131, 0).columnOf(lambda, 1) - geometry(1, 0).columnOf(lambda, 1);
        double y = geometry(1.131, 0).rowOf(lambda, 1) - geometry(1, 0).rowOf(lambda, 1);
        assertThat(x).isCloseTo(dx, within(2e-4));
        assertThat(y).isCloseTo(dy, within(2e-4));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1.131, 1, -1.57", "1.8, 1, 4", "1.3, 2, -1.57"})
    void wavelengthsInvertColumns(double airmass, int order, double angle) {
        TraceGeometry geometry = geometry(airmass, angle).with(56.1, -0.3);
        double[] lambda = geometry.wavelengths(1030, 1, 640, order);
        for (int i = 0; i < lambda.length; i += 13) {
            if (!Double.isNaN(lambda[i])) {
                assertThat(geometry.columnOf(lambda[i], order)).isCloseTo(1030 + i, within(5e-5));
            }
        }
        assertThat(lambda[300]).isNotNaN();
    }

    @Test
    void rowsFollowTheTiltedAxisAndLeaveNoGap() {
        double[] rows = geometry(1, -1.57).rows(700, 1300, 1);
        assertThat(rows).doesNotContain(Double.NaN);
        double slope = Math.tan(Math.toRadians(-1.57));
        assertThat(rows[600]).isCloseTo(683.1 + slope * (1300 - 743.7), within(1e-3));
    }

    /** Each is looked for by itself, whatever columns are asked for beside it. */
    @ParameterizedTest
    @CsvSource({"1.131, 1, -1.57", "1.8, 2, 4"})
    void aColumnHasTheSameWavelengthAlone(double airmass, int order, double angle) {
        TraceGeometry geometry = geometry(airmass, angle);
        double[] all = geometry.wavelengths(700, 0.25, 6000, order);
        int known = 0;
        for (int i = 0; i < all.length; i += 7) {
            assertThat(geometry.wavelengths(700 + 0.25 * i, 1, 1, order)).containsExactly(all[i]);
            known += Double.isNaN(all[i]) ? 0 : 1;
        }
        assertThat(known).isBetween(300, 800);
    }

    @Test
    void columnsOutsideTheGridHaveNoWavelength() {
        double[] lambda = geometry(1, 0).wavelengths(0, 1, 10, 1);
        assertThat(lambda).containsOnly(Double.NaN);
    }
}
