package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.simulation.SimulationTruth;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The forward model on a frame of our own simulator, of which everything is known. */
@Tag("slow")
class SimulatedForwardTest {
    private static final PixelPosition ORDER0 = new PixelPosition(744.3, 683.6);
    private static final double DISTANCE_MM = 55.6;
    /** What the simulator assumes unless told otherwise. */
    private static final double WATER_MM = 5;

    private static SimulationTruth truth;
    private static SpectrumProduct product;
    private static byte[] image;

    @BeforeAll
    static void simulateAndExtract() {
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 10, -30.17, 8, 784, 30, 1.2);
        SimulationSettings settings = SimulationSettings.builder(
                        "HD111980",
                        "HoloAmAg",
                        ORDER0,
                        DISTANCE_MM,
                        night,
                        SimulatedPsf.moffat(new double[] {3.1, 0.2, 0.1}, new double[] {2.8}))
                .fluxScale(0.5)
                .order3Scale(0)
                .seed(11)
                .build();
        SimulatedFrame frame =
                new FrameSimulator(Instruments.ctio().config()).simulate(settings, EmbeddedCalibration.load());
        truth = frame.truth();
        image = FrameFiles.imageBytes(frame);
        product = extract(SpectrumConfig.Method.FORWARD, true);
    }

    private static SpectrumProduct extract(SpectrumConfig.Method method, boolean subtractOrder2) {
        ExtractionConfig c = Instruments.ctio().config();
        SpectrumConfig s = c.extraction();
        DispersionConfig d = c.dispersion();
        ExtractionConfig config = new ExtractionConfig(
                c.instrument(),
                c.ccd(),
                c.site(),
                c.target(),
                c.rotation(),
                new DispersionConfig(
                        d.distanceMm(),
                        d.distanceErrorMm(),
                        d.shiftPriorPx(),
                        d.lambdaMinNm(),
                        d.lambdaMaxNm(),
                        d.defaultOrder2Over1(),
                        subtractOrder2),
                c.background(),
                new SpectrumConfig(method, s.halfHeightPx(), s.clipSigma(), s.timeLimitS()),
                c.psf(),
                c.lines());
        ExtractionOutcome outcome = new SpectrumExtractor(config, EmbeddedCalibration.load())
                .extract(
                        image,
                        new ExposureRequest(
                                "sim.fits", "HD111980", "HoloAmAg", new PixelPosition(745, 683), null, null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    @Test
    void fluxMatchesTheTruthWithinItsErrors() {
        SpectrumTable s = product.spectrum();
        TabulatedCurve flux = new TabulatedCurve(truth.lambdaNm(), truth.flux(), TabulatedCurve.Outside.HOLD);
        double sumSquares = 0;
        double sum = 0;
        double[] pulls = new double[s.size()];
        int n = 0;
        for (int i = 0; i < s.size(); i++) {
            if (s.lambdaNm()[i] > 380 && s.lambdaNm()[i] < 950) {
                double t = flux.at(s.lambdaNm()[i]);
                sumSquares += (s.flux()[i] - t) * (s.flux()[i] - t);
                sum += t;
                pulls[n++] = (s.flux()[i] - t) / s.fluxErr()[i];
            }
        }

        assertThat(Math.sqrt(sumSquares / n) / (sum / n)).isLessThan(0.012);
        assertThat(RobustStatistics.madSigma(Arrays.copyOf(pulls, n))).isBetween(0.6, 1.3);
    }

    @Test
    void geometryAndShapeMatchTheTruth() {
        assertThat(product.summary().distanceMm()).isCloseTo(DISTANCE_MM, within(0.05));
        assertThat(product.summary().reducedChi2()).isCloseTo(1, within(0.05));
        double[] gamma = product.psf().shape().get(0);
        assertThat(gamma[gamma.length / 2]).isCloseTo(3.1 - 0.5 * 0.1, within(0.15));
        assertThat(product.summary().model().order2Factor()).isCloseTo(1, within(0.06));
    }

    @Test
    void whatWasFittedBesidesIsKept() {
        ForwardModelSummary numbers = product.summary().model();
        assertThat(numbers.order3FactorErr()).isBetween(1e-4, 1.01);
        assertThat(numbers.waterMm()).isCloseTo(WATER_MM, within(4 * numbers.waterErrMm()));
        assertThat(numbers.waterErrMm()).isBetween(1e-3, 5.0);
    }

    /** Without a reference no water shapes the spectrum, and what is held was not fitted. */
    @Test
    void whatWasNotFittedHasNoNumber() {
        ForwardModelSummary numbers =
                extract(SpectrumConfig.Method.PSF2D, false).summary().model();
        assertThat(numbers.freedom()).isPositive();
        assertThat(numbers.waterMm()).isNaN();
        assertThat(numbers.waterErrMm()).isNaN();
        assertThat(numbers.order3Factor()).isNaN();
        assertThat(numbers.order3FactorErr()).isNaN();
    }

    @Test
    void theSameImageGivesTheSameNumbers() {
        SpectrumProduct again = extract(SpectrumConfig.Method.FORWARD, true);

        assertThat(again.spectrum().flux()).containsExactly(product.spectrum().flux());
        assertThat(again.covariance()).containsExactly(product.covariance());
    }
}
