package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.PixelPosition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSimulatorTest {
    private static final FrameSimulator SIMULATOR =
            new FrameSimulator(Instruments.ctio().config());

    /** Positions along the axis from the grating equation, worked out with the original for this geometry. */
    @ParameterizedTest
    @CsvSource({"400, 322.831912", "500, 405.762605", "600, 490.239045", "800, 665.367545", "1000, 851.765341"})
    void lightOfOneColourFallsWhereTheGratingSendsIt(double lambdaNm, double distancePx) {
        // the reference wavelength is the light's own: no refraction
        SimulatedFrame frame = SIMULATOR.simulate(
                Frames.orderOneOnly().build(), Frames.scene(l -> 1e-11, lambdaNm - 0.05, lambdaNm + 0.05, lambdaNm));
        PixelPosition centroid = centroid(frame);
        double angle = Math.toRadians(-1.5);
        assertThat(centroid.x()).isCloseTo(743.7 + distancePx * Math.cos(angle), within(0.01));
        assertThat(centroid.y()).isCloseTo(180 + distancePx * Math.sin(angle), within(0.01));
    }

    /** Shifts by refraction worked out with the original at airmass 1.131; ours is that of the hour angle. */
    @ParameterizedTest
    @CsvSource({"350, -1.625415, -0.931149", "400, -0.998656, -0.572098", "1000, 0.604944, 0.346553"})
    void refractionMovesBlueAndRedApart(double lambdaNm, double westPx, double northPx) {
        SimulationSettings settings = Frames.orderOneOnly().build();
        Scene straight = Frames.scene(l -> 1e-11, lambdaNm - 0.05, lambdaNm + 0.05, lambdaNm);
        Scene refracted = Frames.scene(l -> 1e-11, lambdaNm - 0.05, lambdaNm + 0.05, 573.3124);
        PixelPosition from = centroid(SIMULATOR.simulate(settings, straight));
        PixelPosition to = centroid(SIMULATOR.simulate(settings, refracted));
        double airmass = settings.conditions().airmass();
        double tangents = Math.sqrt((airmass * airmass - 1) / (1.131 * 1.131 - 1));
        assertThat(to.x() - from.x()).isCloseTo(westPx * tangents, within(0.002));
        assertThat(to.y() - from.y()).isCloseTo(-northPx * tangents, within(0.002));
    }

    @Test
    void countsAreConserved() {
        SimulatedFrame frame = SIMULATOR.simulate(Frames.orderOneOnly().build(), Frames.star());
        double counts = 0;
        for (float adu : frame.adu()) {
            counts += adu;
        }
        double expected = 0;
        for (double rate : frame.truth().rate()) {
            expected += rate * 120;
        }
        assertThat(counts).isCloseTo(expected, within(0.005 * expected));
    }

    /** 1.0674005e12 ADU/s per erg/s/cm² and nm of wavelength at CTIO: the collecting area over h c and the gain. */
    @Test
    void fluxBecomesCounts() {
        SimulationTruth truth =
                SIMULATOR.simulate(Frames.orderOneOnly().build(), Frames.star()).truth();
        int i = truth.lambdaNm().length / 2;
        double widthNm = 0.5 * (truth.lambdaNm()[i + 1] - truth.lambdaNm()[i - 1]);
        double perFlux = 1.0674005162046393e12 * truth.lambdaNm()[i] * widthNm;
        assertThat(truth.rate()[i] / truth.flux()[i]).isCloseTo(perFlux, within(1e-5 * perFlux));
    }

    @Test
    void higherOrdersFallTwiceAndThriceAsFarWithTheirRatios() {
        Scene line = Frames.scene(l -> 1e-11, 399.95, 400.05, 400);
        SimulationSettings both = Frames.orderOneOnly().order2Scale(1).build();
        double first = sum(SIMULATOR.simulate(Frames.orderOneOnly().build(), line), 0, 2048);
        SimulatedFrame frame = SIMULATOR.simulate(both, line);
        // 322.83, 665.37 and 1058.8 px from order 0
        assertThat(sum(frame, 1409 - 60, 1409 + 60)).isCloseTo(0.1 * first, within(0.001 * first));
        assertThat(sum(frame, 1802 - 60, 1802 + 60)).isCloseTo(0.02 * first, within(0.001 * first));
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherDoesNot() {
        SimulationSettings settings = Frames.orderOneOnly()
                .detector(Frames.detector(400, true).withBlemishes(20, 20, 2, 2))
                .sky(SimulatedSky.flat(0.2))
                .stars(List.of(), 20)
                .seed(42)
                .build();
        byte[] once = FrameFiles.imageBytes(SIMULATOR.simulate(settings, Frames.star()));
        byte[] again = FrameFiles.imageBytes(
                new FrameSimulator(Instruments.ctio().config()).simulate(settings, Frames.star()));
        byte[] other = FrameFiles.imageBytes(
                SIMULATOR.simulate(settings.toBuilder().seed(43).build(), Frames.star()));
        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @Test
    void noiseIsThatOfPhotonsAndAmplifiers() {
        double[] gains = {2, 3, 2.5, 4};
        double[] readNoises = {5, 12, 8, 20};
        SimulationSettings settings = Frames.orderOneOnly()
                .detector(new SimulatedDetector(1024, 1024, gains, readNoises, 60000, 190_000, 0, 0, 0, 0, true))
                .sky(SimulatedSky.flat(0.2))
                .seed(5)
                .build();
        SimulatedFrame frame = SIMULATOR.simulate(settings, Frames.scene(l -> 0, 400, 500, 450));
        double electrons = 0.2 * 120 * 3;
        for (int amplifier = 0; amplifier < 4; amplifier++) {
            double sum = 0;
            double squares = 0;
            int n = 512 * 512;
            for (int y = 0; y < 512; y++) {
                for (int x = 0; x < 512; x++) {
                    double e = frame.adu()[(y + 512 * (amplifier / 2)) * 1024 + x + 512 * (amplifier % 2)]
                            * gains[amplifier];
                    sum += e;
                    squares += e * e;
                }
            }
            double mean = sum / n;
            double variance = squares / n - mean * mean;
            double expected = electrons + readNoises[amplifier] * readNoises[amplifier];
            assertThat(mean).isCloseTo(electrons, within(5 * Math.sqrt(expected / n)));
            assertThat(variance).isCloseTo(expected, within(5 * expected * Math.sqrt(2.0 / n)));
        }
    }

    @Test
    void saturatedPixelsStopAtTheLimit() {
        SimulationSettings settings = Frames.orderOneOnly()
                .detector(SimulatedDetector.ctio())
                .order0Ratio(0.5)
                .build();
        SimulatedFrame frame = SIMULATOR.simulate(settings, Frames.star());
        float max = 0;
        for (float adu : frame.adu()) {
            max = Math.max(max, adu);
        }
        assertThat(max).isEqualTo(60000f);
        assertThat(frame.adu()[180 * 2048 + 744]).isEqualTo(60000f);
    }

    @Test
    void skyHasGradientAndVignetting() {
        SimulatedSky sky = new SimulatedSky(0.3, 0.2, 0, 0.1);
        assertThat(sky.at(1024, 1024, 2048, 2048)).isCloseTo(0.3, within(1e-4));
        assertThat(sky.at(0, 0, 2048, 2048)).isCloseTo(0.3 * 0.9 * 0.9, within(1e-3));
        assertThat(sky.at(2047, 2047, 2048, 2048)).isCloseTo(0.3 * 1.1 * 0.9, within(1e-3));
    }

    @Test
    void blemishesAndStarsAreDrawn() {
        SimulationSettings clean = Frames.orderOneOnly().build();
        SimulationSettings dirty = Frames.orderOneOnly()
                .detector(Frames.detector(400, false).withBlemishes(30, 0, 0, 0))
                .stars(List.of(new FieldStar(300, 200, 100)), 0)
                .build();
        Scene dark = Frames.scene(l -> 0, 400, 500, 450);
        assertThat(sum(SIMULATOR.simulate(clean, dark), 0, 2048)).isZero();
        SimulatedFrame frame = SIMULATOR.simulate(dirty, dark);
        assertThat(sum(frame, 0, 2048)).isGreaterThan(100 * 120 * 0.99 + 30 * 300);
        assertThat(frame.adu()[200 * 2048 + 300]).isGreaterThan(300);
    }

    @Test
    void shapePolynomialsRunFromBlueToRed() {
        SimulationTruth truth = SIMULATOR
                .simulate(
                        Frames.orderOneOnly().build().toBuilder()
                                .psf(SimulatedPsf.moffat(new double[] {3, 1, 0.5}, new double[] {2.5}))
                                .build(),
                        Frames.scene(l -> 1e-13, 350, 1100, 550))
                .truth();
        double[] gamma = truth.shape().get(0);
        assertThat(gamma[0]).isCloseTo(2.5, within(0.01));
        assertThat(gamma[gamma.length - 1]).isCloseTo(4.5, within(0.01));
        assertThat(gamma[gamma.length / 2]).isCloseTo(3, within(0.01));
        assertThat(truth.shape().get(1)).containsOnly(2.5);
    }

    private static double sum(SimulatedFrame frame, int fromX, int toX) {
        double sum = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = fromX; x < toX; x++) {
                sum += frame.adu()[y * frame.width() + x];
            }
        }
        return sum;
    }

    private static PixelPosition centroid(SimulatedFrame frame) {
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                double adu = frame.adu()[y * frame.width() + x];
                sum += adu;
                sumX += adu * x;
                sumY += adu * y;
            }
        }
        return new PixelPosition(sumX / sum, sumY / sum);
    }
}
