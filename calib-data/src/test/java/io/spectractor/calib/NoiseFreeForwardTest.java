package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.FlattenedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.FlatField;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedDetector;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.simulation.SimulationTruth;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Frames without noise: what is not exact then is the model's fault. The limits are those that Spectractor's test of its
 * whole chain has, or narrower.
 */
@Tag("slow")
class NoiseFreeForwardTest {
    private static final CalibrationStore STORE = EmbeddedCalibration.load();
    private static final PixelPosition ORDER0 = new PixelPosition(744.3, 683.6);
    private static final double DISTANCE_MM = 55.6;
    /** What the simulator assumes unless told otherwise. */
    private static final double WATER_MM = 5;

    private static final double SKY = 0.2;
    private static final int FLAT_BLOCK_PX = 256;

    private static ExtractionConfig config(boolean pixelIntegrated) {
        ExtractionConfig c = Instruments.ctio().config();
        PsfConfig p = c.psf();
        return new ExtractionConfig(
                c.instrument(),
                c.ccd(),
                c.site(),
                c.target(),
                c.rotation(),
                c.dispersion(),
                c.background(),
                c.extraction(),
                new PsfConfig(p.type(), p.degree(), p.traceDegree(), pixelIntegrated),
                c.lines());
    }

    private static SimulationSettings settings(String disperser, SimulatedPsf psf) {
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 20, -30.17, 8, 784, 30, 1.2);
        return SimulationSettings.builder("HD111980", disperser, ORDER0, DISTANCE_MM, night, psf)
                .fluxScale(0.5)
                .detector(SimulatedDetector.ctio().withNoise(false))
                .build();
    }

    private static SimulatedPsf constant() {
        return SimulatedPsf.moffat(new double[] {3}, new double[] {3});
    }

    private static SimulatedPsf chromatic() {
        return SimulatedPsf.moffat(new double[] {3.5, 0.5, 0.3}, new double[] {2.5, 0.1});
    }

    private static SpectrumProduct extract(SimulatedFrame frame, ExtractionConfig config, CalibrationStore store) {
        ExtractionOutcome outcome = new SpectrumExtractor(config, store)
                .extract(
                        FrameFiles.imageBytes(frame),
                        new ExposureRequest(
                                "sim.fits",
                                "HD111980",
                                frame.truth().disperser(),
                                new PixelPosition(745, 683),
                                null,
                                null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    /** Largest relative misfit of a shape parameter between 370 and 1000 nm. */
    private static double shapeMisfit(SpectrumProduct product, SimulationTruth truth, int parameter) {
        TabulatedCurve expected =
                new TabulatedCurve(truth.lambdaNm(), truth.shape().get(parameter), TabulatedCurve.Outside.HOLD);
        double[] lambda = product.psf().lambdaNm();
        double[] found = product.psf().shape().get(parameter);
        return IntStream.range(0, lambda.length)
                .filter(i -> lambda[i] > 370 && lambda[i] < 1000)
                .mapToDouble(i -> Math.abs(found[i] / expected.at(lambda[i]) - 1))
                .max()
                .orElseThrow();
    }

    private static void assertCloseToTruth(SpectrumProduct product, SimulationTruth truth) {
        ProductSummary s = product.summary();
        assertThat(s.targetX()).isCloseTo(ORDER0.x(), within(0.01));
        assertThat(s.targetY()).isCloseTo(ORDER0.y(), within(0.01));
        assertThat(s.rotationAngleDeg()).isCloseTo(truth.axisAngleDeg(), within(1e-4));
        assertThat(s.distanceMm()).isCloseTo(DISTANCE_MM, within(0.1));
        assertThat(Math.abs(s.distanceMm() - DISTANCE_MM)).isLessThan(3 * s.distanceErrMm());
        assertThat(Math.abs(s.shiftPx())).isLessThan(0.2);
        assertThat(s.reducedChi2()).isLessThan(1.5e-3);
        float[] sky = product.spectrogram().background().values();
        double level = IntStream.range(0, sky.length)
                .mapToDouble(i -> sky[i])
                .average()
                .orElseThrow();
        assertThat(level).isCloseTo(SKY, within(1e-3 * SKY));
        assertThat(shapeMisfit(product, truth, 0)).as("gamma").isLessThan(0.01);
        assertThat(shapeMisfit(product, truth, 1)).as("alpha").isLessThan(0.01);
        ForwardModelSummary model = s.model();
        assertThat(model.order2Factor()).isCloseTo(1, within(2e-3));
        assertThat(Math.abs(model.order2Factor() - 1)).isLessThan(model.order2FactorErr());
        assertThat(model.order3FactorErr()).isBetween(1e-4, 1.0);
        assertThat(model.order3Factor()).isCloseTo(1, within(0.1));
        assertThat(model.waterErrMm()).isBetween(1e-3, 5.0);
        assertThat(model.waterMm()).isCloseTo(WATER_MM, within(model.waterErrMm()));

        TabulatedCurve flux = new TabulatedCurve(truth.lambdaNm(), truth.flux(), TabulatedCurve.Outside.HOLD);
        double[] pulls = SpectrumComparison.pulls(product.spectrum(), flux, 370, 1000);
        double mean = Arrays.stream(pulls).average().orElseThrow();
        double squares = Arrays.stream(pulls).map(p -> p * p).average().orElseThrow();
        assertThat(mean).isBetween(-0.1, 0.1);
        // columns average over lines that the truth has sharp: Thor300's are 1.4 nm wide
        assertThat(squares).isLessThan(s.disperser().equals("Thor300") ? 2.5 : 1);
        assertThat(SpectrumComparison.of(product.spectrum(), flux, 370, 1000).relativeRms())
                .isLessThan(0.008);
    }

    @ParameterizedTest
    @CsvSource({
        "HoloAmAg, false, true",
        "HoloAmAg, true, false",
        "Ron400, false, false",
        "Ron400, true, true",
        "HoloPhP, true, true",
        "Thor300, false, true",
    })
    void whatWasDrawnComesBack(String disperser, boolean chromatic, boolean pixelIntegrated) {
        SimulatedPsf psf = (chromatic ? chromatic() : constant()).withPixelIntegration(pixelIntegrated);
        ExtractionConfig config = config(pixelIntegrated);
        SimulatedFrame frame = new FrameSimulator(config).simulate(settings(disperser, psf), STORE);

        assertCloseToTruth(extract(frame, config, STORE), frame.truth());
    }

    /** Blocks of 256 px, 1 % brighter and fainter in turn. */
    private static float[] blocks(int width, int height) {
        float[] response = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                response[y * width + x] = (x / FLAT_BLOCK_PX + y / FLAT_BLOCK_PX) % 2 == 0 ? 1.01f : 0.99f;
            }
        }
        return response;
    }

    @Test
    void aFlatTakesOutWhatTheChipPutIn() {
        ExtractionConfig config = config(true);
        SimulationSettings settings = settings("HoloAmAg", constant());
        SimulatedFrame plain = new FrameSimulator(config).simulate(settings, STORE);
        float[] response = blocks(plain.width(), plain.height());
        SimulatedFrame frame = new FrameSimulator(config)
                .withFlat(new FlatField(plain.width(), plain.height(), response))
                .simulate(settings, STORE);
        byte[] file = FrameFiles.imageBytes(
                new SimulatedFrame(plain.width(), plain.height(), response, plain.cards(), plain.truth()));
        CalibrationStore flattened = FlattenedCalibration.of(STORE, FitsSource.of("flat.fits", file));

        SpectrumProduct without = extract(plain, config, STORE);
        SpectrumProduct divided = extract(frame, config, flattened);
        SpectrumProduct ignored = extract(frame, config, STORE);

        assertCloseToTruth(divided, frame.truth());
        assertThat(worstDifference(divided, without)).isLessThan(5e-4);
        assertThat(worstDifference(ignored, without)).isGreaterThan(5e-3);
        assertThat(divided.provenance().calibrationSha256())
                .isEqualTo(flattened.sha256())
                .isNotEqualTo(STORE.sha256());
    }

    /** Largest difference of the flux over the mean flux. */
    private static double worstDifference(SpectrumProduct a, SpectrumProduct b) {
        double[] x = a.spectrum().flux();
        double[] y = b.spectrum().flux();
        double mean = Arrays.stream(y).average().orElseThrow();
        return IntStream.range(0, y.length)
                        .mapToDouble(i -> Math.abs(x[i] - y[i]))
                        .max()
                        .orElseThrow()
                / mean;
    }
}
