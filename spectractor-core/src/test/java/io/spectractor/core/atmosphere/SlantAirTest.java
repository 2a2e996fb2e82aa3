package io.spectractor.core.atmosphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlantAirTest {
    private final AtmosphericTransmission model = AtmosphereFitTest.ATMOSPHERE;

    /** Slopes from the formulas are what differences say, of a dry and clear sky too. */
    @ParameterizedTest
    @CsvSource({"1.2,775,300,4,0.05,1.2", "2.4,600,250,12,0.3,1.6", "1.0,1000,280,0,0,1.2"})
    void slopesAreThoseOfDifferences(
            double airmass, double pressure, double ozone, double water, double aerosols, double exponent) {
        AtmosphereParameters p = new AtmosphereParameters(airmass, pressure, ozone, water, aerosols, exponent);
        int n = model.nodesNm().length;
        double[] transmission = new double[n];
        double[][] slopes = new double[4][n];
        double[] again = new double[n];
        double[][] differences = new double[4][n];

        model.slant(airmass, pressure).at(p, transmission, slopes);
        new DifferencedAir(model).at(p, again, differences);

        double[] expected = model.atNodes(p);
        double[] largest = new double[4];
        for (int q = 0; q < 4; q++) {
            for (int i = 0; i < n; i++) {
                largest[q] = Math.max(largest[q], Math.abs(slopes[q][i]));
            }
        }
        assertThat(largest[SlantAir.OZONE]).isPositive();
        assertThat(largest[SlantAir.WATER]).isPositive();
        for (int i = 0; i < n; i++) {
            assertThat(transmission[i]).isCloseTo(expected[i], within(1e-14));
            assertThat(again[i]).isEqualTo(expected[i]);
            for (int q = 0; q < 4; q++) {
                assertThat(slopes[q][i]).as("%d at %d", q, i).isCloseTo(differences[q][i], within(3e-3 * largest[q]));
            }
        }
    }

    @Test
    void slopesThatAreNotWantedStayUntouched() {
        AtmosphereParameters p = new AtmosphereParameters(1.2, 775, 300, 4, 0.05, 1.2);
        int n = model.nodesNm().length;
        double[][] all = new double[4][n];
        double[] transmission = new double[n];
        model.slant(1.2, 775).at(p, transmission, all);

        double[][] some = {new double[n], null, null, null};
        model.slant(1.2, 775).at(p, new double[n], some);

        assertThat(some[SlantAir.OZONE]).isEqualTo(all[SlantAir.OZONE]);
        double[] alone = new double[n];
        model.slant(1.2, 775).at(p, alone, new double[0][]);
        assertThat(alone).isEqualTo(transmission);
    }

    @Test
    void whatIsOutsideTheRangesIsRefused() {
        assertThatThrownBy(() -> model.slant(5, 775)).hasMessageContaining("airmass");
        AtmosphereParameters dark = new AtmosphereParameters(1.2, 775, 300, 4, 7, 1.2);
        assertThatThrownBy(() -> model.slant(1.2, 775).at(dark, new double[801], new double[0][]))
                .hasMessageContaining("aerosol");
    }
}
