package io.spectractor.catalogue.spectra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.PassBand;
import io.spectractor.calib.PassBands;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BandPhotometryTest {
    private static final double[] LAMBDA = grid(300, 1120, 0.5);

    private static double[] grid(double from, double to, double step) {
        double[] grid = new double[(int) Math.round((to - from) / step) + 1];
        Arrays.setAll(grid, i -> from + i * step);
        return grid;
    }

    private static double[] filled(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    private static Photometry photometry(double[] lambda, double[] flux, double[] covariance, double[] commonErr) {
        int n = lambda.length;
        return new BandPhotometry(PassBands.embedded())
                .of(new BandPhotometry.Columns(lambda, flux, covariance, filled(n, 1), commonErr, filled(n, 0.5)));
    }

    /** An even source of 3630.78 Jy has magnitude 0 in every band, by definition (Oke & Gunn 1983, ApJ 266, 713). */
    @Test
    void anEvenSourceHasItsMagnitudeInEveryBand() {
        double[] flux = Arrays.stream(LAMBDA)
                .map(l -> Math.pow(10, -48.6 / 2.5) * 2.99792458e17 / (l * l))
                .toArray();
        Photometry light = photometry(LAMBDA, flux, filled(flux.length, 0), new double[flux.length]);
        assertThat(light.bands()).containsExactly("u", "g", "r", "i", "z", "y", "BP", "G", "RP");
        for (int k = 0; k < 9; k++) {
            assertThat(Photometry.magnitude(light.flux()[k])).isEqualTo(0, within(1e-5));
            assertThat(Photometry.magnitude(light.fluxBelow()[k]))
                    .as("half of it is lost in the instrument")
                    .isEqualTo(-2.5 * Math.log10(2), within(1e-5));
            assertThat(light.coverage()[k]).isEqualTo(1, within(1e-3));
        }
    }

    /**
     * HD111980 of CALSPEC. The magnitudes are those of speclite 1.0.0 with its filters lsst2023 (total_*.dat of
     * lsst/throughputs 1.9, steps of 0.1 nm) and gaiadr3 for the same table of flux.
     */
    @Test
    void magnitudesAreThoseOfSpeclite() {
        TabulatedCurve sed =
                EmbeddedCalibration.load().target("HD111980").orElseThrow().sed();
        double[] flux = Arrays.stream(LAMBDA).map(sed::at).toArray();
        Photometry light = photometry(LAMBDA, flux, filled(flux.length, 0), new double[flux.length]);
        Map<String, Double> expected = Map.of(
                "u", 9.393915, "g", 8.559922, "r", 8.227547, "i", 8.112735, "z", 8.084567, "y", 8.074064, "BP",
                8.517319, "G", 8.330438, "RP", 8.119118);
        for (int k = 0; k < light.bands().size(); k++) {
            assertThat(Photometry.magnitude(light.flux()[k]))
                    .as(light.bands().get(k))
                    .isEqualTo(expected.get(light.bands().get(k)), within(5e-4));
        }
    }

    @Test
    void errorsComeFromTheFullCovariance() {
        double[] lambda = grid(300, 1120, 4);
        int n = lambda.length;
        double[] flux = filled(n, 1e-12);
        double[] common = new double[n * n];
        double[] own = new double[n * n];
        for (int i = 0; i < n; i++) {
            own[i * n + i] = 1e-28;
            for (int j = 0; j < n; j++) {
                common[i * n + j] = 1e-28;
            }
        }
        Photometry together = photometry(lambda, flux, common, new double[n]);
        Photometry apart = photometry(lambda, flux, own, new double[n]);
        Photometry diagonal = photometry(lambda, flux, filled(n, 1e-28), new double[n]);
        Photometry air = photometry(lambda, flux, new double[n * n], filled(n, 0.02));
        for (int k = 0; k < 9; k++) {
            assertThat(together.fluxErr()[k] / together.flux()[k]).isEqualTo(0.01, within(1e-12));
            assertThat(apart.fluxErr()[k]).isLessThan(0.4 * together.fluxErr()[k]);
            assertThat(diagonal.fluxErr()[k]).isEqualTo(apart.fluxErr()[k], within(1e-12 * apart.fluxErr()[k]));
            assertThat(air.fluxErr()[k] / air.flux()[k]).isEqualTo(0.02, within(1e-12));
        }
    }

    @Test
    void aBandThatIsHardlySeenHasNoFlux() {
        double[] lambda = grid(420, 900, 2);
        double[] flux = filled(lambda.length, 1e-12);
        for (int i = 0; i < lambda.length; i++) {
            flux[i] = Math.abs(lambda[i] - 620) < 30 ? Double.NaN : flux[i];
        }
        Photometry light = photometry(lambda, flux, filled(flux.length, 1e-28), new double[flux.length]);
        assertThat(light.bands()).containsExactly("i");
    }

    @Test
    void aBandOfTheUsersOwn() {
        PassBand box = new PassBand(
                "box",
                new TabulatedCurve(new double[] {500, 600}, new double[] {1, 1}, TabulatedCurve.Outside.ZERO),
                new TabulatedCurve(new double[] {500, 600}, new double[] {1, 1}, TabulatedCurve.Outside.ZERO));
        double[] lambda = grid(450, 650, 10);
        double[] flux = Arrays.stream(lambda).map(l -> 1e-15 * l).toArray();
        Photometry light = new BandPhotometry(List.of(box))
                .of(new BandPhotometry.Columns(
                        lambda,
                        flux,
                        filled(flux.length, 0),
                        filled(flux.length, 1),
                        new double[flux.length],
                        filled(flux.length, 1)));
        // ∫ 1e-15 λ² dλ / (c ln(600/500)) between 500 and 600 nm
        double exact = 1e-15 * (600.0 * 600 * 600 - 500.0 * 500 * 500) / 3 / (2.99792458e17 * Math.log(1.2)) / 1e-32;
        assertThat(light.flux()[0]).isEqualTo(exact, within(1e-6 * exact));
    }
}
