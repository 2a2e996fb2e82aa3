package io.spectractor.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.GaussianLineFit.Line;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.target.ExpectedLine;
import io.spectractor.core.target.SpectralLine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineDetectorTest {
    private static final int N = 600;

    private static ExpectedLine line(double nm, String label, boolean emission) {
        return new ExpectedLine(new SpectralLine(nm, label, SpectralLine.Origin.HYDROGEN, true, 1, 6), nm, emission);
    }

    private static SpectrumTable spectrum(double depth, double noise, long seed) {
        double[] lambda = new double[N];
        double[] flux = new double[N];
        double[] error = new double[N];
        Random random = new Random(seed);
        for (int i = 0; i < N; i++) {
            lambda[i] = 400 + i;
            double continuum = 1e-12 * (1 - i / 2000.0);
            double dip = depth * Math.exp(-0.5 * Math.pow((lambda[i] - 656.8) / 2, 2));
            flux[i] = continuum * (1 - dip + noise * random.nextGaussian());
            error[i] = continuum * noise;
        }
        return new SpectrumTable(
                lambda, flux, error, new int[N], flux, error, new double[N], new int[N], new double[N]);
    }

    private static Map<LineFeature, Line> detect(SpectrumTable spectrum, ExpectedLine... lines) {
        double[] fwhm = new double[N];
        Arrays.fill(fwhm, 4);
        List<LineDetector.Place> places = Stream.of(lines)
                .map(line -> new LineDetector.Place(new LineFeature(List.of(line)), line.wavelengthNm()))
                .toList();
        return new LineDetector(Instruments.ctio().config().lines()).fit(spectrum, fwhm, places, Deadline.none());
    }

    @Test
    void aLineIsMeasuredWhereItIs() {
        ExpectedLine line = line(656.28, "Hα", false);
        Line h = detect(spectrum(0.3, 0.005, 1), line).get(new LineFeature(List.of(line)));

        assertThat(h).isNotNull();
        assertThat(h.centre()).isCloseTo(656.8, within(5 * h.centreErr()));
        assertThat(h.centreErr()).isLessThan(0.1);
        assertThat(LineDetector.fwhm(h)).isCloseTo(2 * 2.3548, within(0.3));
        assertThat(LineDetector.equivalentWidth(h)).isCloseTo(0.3 * 2 * Math.sqrt(2 * Math.PI), within(0.12));
        assertThat(h.snr()).isGreaterThan(30);
    }

    @Test
    void linesWhoseWindowsOverlapAreFittedTogether() {
        Map<LineFeature, Line> found =
                detect(spectrum(0.3, 0.005, 2), line(656.28, "Hα", false), line(668.0, "nothing", false));
        assertThat(found).hasSizeBetween(1, 2);
        assertThat(found.get(new LineFeature(List.of(line(656.28, "Hα", false))))
                        .centre())
                .isCloseTo(656.8, within(0.1));
    }

    @Test
    void linesOutsideTheSpectrumAreIgnored() {
        assertThat(detect(spectrum(0.3, 0.005, 3), line(390, "H8", false), line(1200, "far", false)))
                .isEmpty();
    }
}
