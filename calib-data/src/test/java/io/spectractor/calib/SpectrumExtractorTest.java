package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.calib.target.ResolvedTargets;
import io.spectractor.calib.target.TargetRecord;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.MaskedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.observation.ReadResult;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.ExtractionStages;
import io.spectractor.core.pipeline.MeasuredOrders;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.pipeline.StagedExtraction;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import io.spectractor.core.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole extraction on simulated frames: what comes back, and what is said when nothing can. */
@Tag("slow")
class SpectrumExtractorTest {
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();
    private static final CalibrationStore STORE = EmbeddedCalibration.load();
    private static final PixelPosition ORDER0 = new PixelPosition(760.4, 690.7);

    private static SimulationSettings.Builder settings(PixelPosition order0) {
        return settings(order0, 193.28, -18.5577);
    }

    private static SimulationSettings.Builder settings(PixelPosition order0, double pointingRa, double pointingDec) {
        ObservingConditions conditions = new ObservingConditions(
                LocalDate.of(2017, 5, 30), 120, pointingRa, pointingDec, 20, -30.1689, 8.6, 784, 25, 1.0);
        return SimulationSettings.builder(
                        "HD111980", "HoloAmAg", order0, 55.9, conditions, SimulatedPsf.ofSeeing(1.2, 0.401))
                .seed(7);
    }

    private static SimulatedFrame frame(SimulationSettings.Builder settings) {
        return new FrameSimulator(CONFIG).simulate(settings.build(), STORE);
    }

    private static ExposureRequest request(@Nullable PixelPosition guess) {
        return new ExposureRequest("night_001.fits", "HD111980", null, guess, null, null);
    }

    private static ExtractionOutcome extract(byte[] bytes, ExposureRequest request) {
        return new SpectrumExtractor(CONFIG, STORE).extract(bytes, request);
    }

    private static SpectrumProduct product(ExtractionOutcome outcome) {
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    private static Failure failure(ExtractionOutcome outcome) {
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Failed.class);
        Failure failure = ((ExtractionOutcome.Failed) outcome).failure();
        assertThat(failure.message()).startsWith("night_001.fits").doesNotContain("\n");
        return failure;
    }

    @Test
    void theGeometryOfASimulatedFrameComesBack() throws IOException {
        SimulatedFrame frame = frame(settings(ORDER0));
        ExtractionOutcome outcome = extract(FrameFiles.imageBytes(frame), request(new PixelPosition(755, 700)));
        SpectrumProduct product = product(outcome);

        assertThat(product.summary().targetX()).isCloseTo(ORDER0.x(), within(0.03));
        assertThat(product.summary().targetY()).isCloseTo(ORDER0.y(), within(0.03));
        assertThat(product.summary().rotationAngleDeg()).isCloseTo(frame.truth().axisAngleDeg(), within(4e-3));
        assertThat(product.summary().distanceMm())
                .isCloseTo(55.9, within(4 * product.summary().distanceErrMm()));
        assertThat(product.summary().distanceMm()).isCloseTo(55.9, within(0.06));
        assertThat(outcome.timings().seconds().keySet())
                .containsExactly(
                        Stage.READ,
                        Stage.LOCATE,
                        Stage.ROTATE,
                        Stage.BACKGROUND,
                        Stage.EXTRACT,
                        Stage.CALIBRATE,
                        Stage.MODEL,
                        Stage.ASSEMBLE);
        SpectrumProduct read = new ProductReader().read(new ProductWriter().toBytes(product), "p.fits");
        assertThat(read.spectrum().flux()).containsExactly(product.spectrum().flux());
        assertThat(read.provenance()).isEqualTo(product.provenance());
    }

    /** Whoever runs the stages by hand gets what the program gets, to the byte. */
    @Test
    void stagesOneByOneGiveTheSameProduct() {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0)));
        ExposureRequest request = request(ORDER0);
        ReadResult read = StagedExtraction.read(bytes, request, CONFIG, STORE);
        StagedExtraction stages = StagedExtraction.of(read, request, CONFIG, STORE, Deadline.none());
        LocatedTarget star = stages.locate();
        RotationEstimate rotation = stages.rotate(star);
        TraceGeometry geometry = stages.geometry(star, rotation);
        ExtractionStages.Strip strip = stages.background(geometry);
        ExtractionStages.Extracted extracted = stages.extract(strip, geometry);
        ExtractionStages.Solved solved = stages.calibrate(strip, extracted);
        MeasuredOrders orders = stages.model(strip, extracted, solved);
        SpectrumProduct byHand = stages.assemble(star, rotation, strip, extracted, orders);

        SpectrumProduct product = product(extract(bytes, request));
        assertThat(new ProductWriter().toBytes(byHand)).isEqualTo(new ProductWriter().toBytes(product));
        assertThat(stages.caveats()).isEqualTo(byHand.caveats());
    }

    /** Arrays of one frame serve for the next; nothing of what was in them may be left. */
    @Test
    void framesBeforeLeaveNoTrace() {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0)));
        ExposureRequest request = request(ORDER0);
        SpectrumProduct fresh = product(extract(bytes, request));

        SpectrumExtractor used = new SpectrumExtractor(CONFIG, STORE);
        // saturated nearly everywhere, and without a star
        byte[] bright = bytes.clone();
        for (int i = 2880 * 20; i < bright.length; i += 4) {
            bright[i] = 0x49;
        }
        used.extract(bright, request);
        for (int i = 0; i < 2; i++) {
            SpectrumProduct product = product(used.extract(bytes, request));
            assertThat(new ProductWriter().toBytes(product)).isEqualTo(new ProductWriter().toBytes(fresh));
        }
    }

    @Test
    void withoutAGuessTheBrightestStarIsTaken() {
        SpectrumProduct product = product(extract(FrameFiles.imageBytes(frame(settings(ORDER0))), request(null)));
        assertThat(product.summary().targetX()).isCloseTo(ORDER0.x(), within(0.05));
    }

    @Test
    void anUnknownTargetIsACaveat() {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0)));
        SpectrumProduct product =
                product(extract(bytes, new ExposureRequest("night_001.fits", "TYC 1-2-3", null, ORDER0, null, null)));

        assertThat(product.caveats()).contains(Caveat.TARGET_UNKNOWN);
        assertThat(product.summary().target()).isEqualTo("TYC 1-2-3");
        assertThat(product.summary().distanceMm()).isCloseTo(55.9, within(0.3));
    }

    /** The star is where the calibration data or the resolver say, whatever the header says; or else where that says. */
    @ParameterizedTest
    @CsvSource({
        "HD111980, catalogue, 193.31272, -18.52222, 2000",
        "TYC 7-8-9, resolver, 193.3, -18.5, 2000",
        "TYC 1-2-3, header, 193.21, -18.6, 2017.41"
    })
    void thePositionIsThatOfTheTargetAndSaysWhereItComesFrom(
            String target, String origin, double ra, double dec, double epoch) throws IOException {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0, 193.21, -18.6)));
        TargetRecord resolved = new TargetRecord(
                "TYC 7-8-9", Target.Kind.STAR, 193.3, -18.5, 0, null, null, "CDS Sesame, a test", null);
        CalibrationStore store = new ResolvedTargets(List.of(), List.of(resolved), new TreeMap<>()).over(STORE);
        ExposureRequest request = new ExposureRequest("night_001.fits", target, null, ORDER0, null, null);
        SpectrumProduct product = product(new SpectrumExtractor(CONFIG, store).extract(bytes, request));

        byte[] file = new ProductWriter().toBytes(product);
        ObservationSummary observation =
                new ProductReader().read(file, "p.fits").summary().observation();
        assertThat(observation.targetOrigin()).isEqualTo(origin);
        assertThat(observation.targetRaDeg()).isCloseTo(ra, within(1e-5));
        assertThat(observation.targetDecDeg()).isCloseTo(dec, within(1e-5));
        assertThat(observation.targetEpoch()).isCloseTo(epoch, within(0.01));
        assertThat(observation.pointingRaDeg()).isCloseTo(193.21, within(1e-4));
        assertThat(product.summary().declinationDeg()).isCloseTo(-18.6, within(1e-4));
        assertThat(Double.parseDouble(card(file, "RA_TARG"))).isCloseTo(ra, within(1e-5));
        assertThat(card(file, "POSORIG")).startsWith("'" + origin);
    }

    private static String card(byte[] file, String keyword) {
        String text = new String(file, StandardCharsets.US_ASCII);
        int at = text.indexOf(String.format(Locale.ROOT, "%-8s= ", keyword));
        return text.substring(at + 10, at + 80).replaceFirst("/.*", "").strip();
    }

    @Test
    void aSpectrumThatLeavesTheChipIsCutAndSaidToBe() {
        PixelPosition far = new PixelPosition(1300.2, 690.7);
        SpectrumProduct product = product(extract(FrameFiles.imageBytes(frame(settings(far))), request(far)));

        assertThat(product.caveats()).contains(Caveat.SPECTRUM_TRUNCATED);
        assertThat(product.spectrum().column()[product.spectrum().size() - 1]).isEqualTo(2047);
    }

    @Test
    void aStarWhoseSpectrumIsOffTheChipHasNone() {
        PixelPosition off = new PixelPosition(1900.2, 690.7);
        Failure failure = failure(extract(FrameFiles.imageBytes(frame(settings(off))), request(off)));

        assertThat(failure.kind()).isEqualTo(FailureKind.NO_SPECTRUM);
        assertThat(failure.message()).contains("off the chip");
    }

    @Test
    void aFrameWithoutAStarIsNotASpectrum() {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0).fluxScale(0)));
        Failure failure = failure(extract(bytes, request(ORDER0)));

        assertThat(failure.kind()).isEqualTo(FailureKind.NO_SPECTRUM);
        assertThat(failure.stage()).isEqualTo(Stage.LOCATE);
        assertThat(failure.message()).contains("no star");
    }

    @Test
    void aMissingDisperserIsNamedWithThoseThatExist() {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0)));
        Failure failure =
                failure(extract(bytes, new ExposureRequest("night_001.fits", "HD111980", "Holo9", ORDER0, null, null)));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPROCESSABLE);
        assertThat(failure.message()).contains("'Holo9'").contains("HoloAmAg").contains("Thor300");
    }

    @ParameterizedTest
    @CsvSource({"0, empty", "400, truncated", "100000, truncated"})
    void aCutFileIsUnprocessable(int length, String word) {
        byte[] bytes = FrameFiles.imageBytes(frame(settings(ORDER0)));
        Failure failure = failure(extract(Arrays.copyOf(bytes, length), request(ORDER0)));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPROCESSABLE);
        assertThat(failure.stage()).isEqualTo(Stage.READ);
        assertThat(failure.message()).containsIgnoringCase(word);
    }

    @Test
    void anImagePastItsTimeLimitIsATimeout() {
        AtomicLong clock = new AtomicLong();
        // Every look at the clock takes an hour.
        SpectrumExtractor slow = new SpectrumExtractor(
                CONFIG, STORE, new InstrumentReader(Instruments.ctio()), () -> clock.addAndGet(3_600_000_000_000L));
        Failure failure = failure(slow.extract(FrameFiles.imageBytes(frame(settings(ORDER0))), request(ORDER0)));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.message()).contains("extraction.time_limit_s");
    }

    @Test
    void aBadPixelMaskIsPartOfTheCalibration() {
        SimulatedFrame frame = frame(settings(ORDER0));
        byte[] bytes = FrameFiles.imageBytes(frame);
        float[] bad = new float[frame.width() * frame.height()];
        for (int y = 0; y < frame.height(); y++) {
            bad[y * frame.width() + 1300] = 1;
        }
        byte[] mask = FrameFiles.imageBytes(
                new SimulatedFrame(frame.width(), frame.height(), bad, frame.cards(), frame.truth()));
        CalibrationStore masked = MaskedCalibration.of(STORE, FitsSource.of("mask.fits", mask));

        SpectrumProduct product = product(new SpectrumExtractor(CONFIG, masked).extract(bytes, request(ORDER0)));

        int row = Arrays.binarySearch(product.spectrum().column(), 1300);
        assertThat(product.spectrum().mask()[row]).isNotZero();
        assertThat(product.spectrum().flux()[row]).isNaN();
        assertThat(product.spectrum().fluxErr()[row]).isNaN();
        assertThat(product.spectrum().rate()[row]).isNaN();
        assertThat(product.spectrum().topOfAtmosphere().flux()[row]).isNaN();
        assertThat(product.covariance()[row * product.spectrum().size() + row]).isNaN();
        assertThat(product.spectrogram().data().at(row, 40)).isNaN();
        assertThat(product.spectrogram().error().at(row, 40)).isNaN();
        assertThat(product.psf().fluxIntegral()[row]).isNaN();
        assertThat(product.spectrum().flux()[row - 1]).isFinite();
        assertThat(product.spectrum().lambdaNm()[row]).isFinite();
        assertThat(product.summary().quality().medianSnr()).isFinite();
        assertThat(product.spectrum().mask()[row - 1]).isZero();
        assertThat(product.provenance().calibrationSha256())
                .isEqualTo(masked.sha256())
                .isNotEqualTo(STORE.sha256());
    }
}
