package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.LampSpectrum;
import io.spectractor.core.simulation.NightSchedule;
import io.spectractor.core.simulation.Scene;
import io.spectractor.core.simulation.SimulatedCamera;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedNight;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Lamp;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulated lamps: the files of a bench read as they were drawn, and every line of the lamp is measured. */
class SimulatedBenchTest {
    private static final Instrument BENCH = Instruments.named("lpnhe").orElseThrow();
    /** Knows lamps. */
    private static final CalibrationStore STORE = DescribedCalibration.of(EmbeddedCalibration.load(), BENCH);

    private static PlannedFrame planned(ExtractionConfig config, String lamp, String disperser, long seed) {
        return new SimulatedNight(config, STORE)
                .plan(new SimulatedNight.Request(lamp, disperser, null, 1, LocalDate.of(2024, 6, 24), 120, seed))
                .get(0);
    }

    /** Where the sections in the headers of both amplifiers put their light; one of them is read from its other end. */
    @Test
    void rawFilesReadAsTheyWereDrawn() {
        ExtractionConfig config = BENCH.config();
        PlannedFrame planned = planned(config, "Hg-Ar", "ronchi90lpmm", 3);
        SimulatedFrame frame = new FrameSimulator(config).simulate(planned.settings(), STORE);

        CcdImage raw = read(frame, "raw");
        CcdImage joined = read(frame, "joined");

        assertThat(raw.width()).isEqualTo(4004).isEqualTo(joined.width());
        assertThat(raw.height()).isEqualTo(512).isEqualTo(joined.height());
        double worst = 0;
        for (int y = 0; y < raw.height(); y++) {
            for (int x = 0; x < raw.width(); x++) {
                worst = Math.max(worst, 120 * Math.abs(raw.rate(x, y) - joined.rate(x, y)));
            }
        }
        // whole counts, and the noise of 64 columns of overscan: 10 ADU / 8, at five sigma
        assertThat(worst).isLessThan(0.5 + 12 + 5 * 10 / 8.0);
        assertThat(worst).isGreaterThan(0);
    }

    private static CcdImage read(SimulatedFrame frame, String layout) {
        byte[] file = FrameFiles.imageBytes(frame, CameraFormat.of(BENCH, layout));
        return new InstrumentReader(BENCH)
                .read(FitsSource.of("bench.fits", file), request("Hg-Ar", "ronchi90lpmm"), BENCH.config())
                .exposure()
                .image();
    }

    private static ExposureRequest request(String lamp, String disperser) {
        return new ExposureRequest("bench.fits", lamp, disperser, null, null, null, null);
    }

    /** At the bench, and where seeing blends the yellow lines of mercury; seeds of no importance. */
    @ParameterizedTest
    @CsvSource({
        "lpnhe, raw, Hg-Ar, ronchi90lpmm, 3, 22",
        "lpnhe, joined, Hg, ronchi170lpmm, 6, 7",
        "auxtel, raw, Hg, holo4_003, 6, 5",
        "auxtel, dm, Hg-Ar, holo4_003, 7, 20"
    })
    void linesOfALampAreMeasured(String camera, String layout, String lamp, String disperser, long seed, int least) {
        Instrument instrument = Instruments.named(camera).orElseThrow();
        ExtractionConfig config = instrument.config();
        PlannedFrame planned = planned(config, lamp, disperser, seed);
        FrameSimulator simulator = new FrameSimulator(config);
        Scene scene = simulator.scene(planned.settings(), STORE);
        byte[] file = FrameFiles.imageBytes(
                simulator.simulate(planned.settings(), STORE), CameraFormat.of(instrument, layout));

        ExtractionOutcome outcome = new SpectrumExtractor(config, STORE)
                .extract(file, new ExposureRequest("bench.fits", lamp, disperser, null, planned.guess(), null, null));

        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        SpectrumProduct product = ((ExtractionOutcome.Done) outcome).product();
        assertThat(product.caveats())
                .doesNotContain(Caveat.POINTING_UNKNOWN, Caveat.WEATHER_MISSING, Caveat.FIT_NOT_CONVERGED);
        List<String> elements = Lamp.elements(STORE.target(lamp).orElseThrow());
        int found = 0;
        for (LampSpectrum.Line line : LampSpectrum.LINES) {
            LineMeasurement measured = product.lines().stream()
                    .min(Comparator.comparingDouble(l -> Math.abs(l.tabulatedNm() - line.lambdaNm())))
                    .orElseThrow();
            if (!elements.contains(line.element()) || Math.abs(measured.tabulatedNm() - line.lambdaNm()) > 0.01) {
                continue;
            }
            found++;
            assertThat(measured.detectedNm())
                    .as("%s", line)
                    .isCloseTo(line.lambdaNm(), within(Math.max(0.15, 3 * measured.errorNm())));
            double truth = light(scene, line);
            assertThat(measured.flux())
                    .as("%s %s", line, measured)
                    .isCloseTo(truth, within(Math.max(0.09 * truth, 3 * measured.fluxErr())));
        }
        assertThat(found).isGreaterThanOrEqualTo(least);
    }

    /** What of a line arrives at the detector, and nothing of its neighbours. */
    private static double light(Scene scene, LampSpectrum.Line line) {
        double reach = LampSpectrum.LINES.stream()
                .mapToDouble(l -> Math.abs(l.lambdaNm() - line.lambdaNm()) / 2)
                .filter(d -> d > 0)
                .min()
                .orElse(1);
        int steps = 4000;
        double width = 2 * reach / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += width * scene.fluxAtDetector().applyAsDouble(line.lambdaNm() - reach + (i + 0.5) * width);
        }
        return sum;
    }

    @Test
    void theBenchShowsItsLampThroughADisperserThatFits() {
        SimulatedCamera camera = SimulatedCamera.of(BENCH.config());
        assertThat(camera.usualTarget()).hasValue("Hg-Ar");
        // 350 lines per mm send the red off the chip; the map of holo4_003 does not reach so low
        assertThat(camera.usualDisperser(List.of("HoloAmAg", "holo4_003", "ronchi90lpmm"), STORE))
                .isEqualTo("ronchi90lpmm");
        assertThat(camera.usualDisperser(List.of("HoloAmAg"), STORE)).isEqualTo("HoloAmAg");
    }

    @Test
    void aLampHasNoNight() {
        assertThatThrownBy(() -> new NightSchedule(BENCH.config(), STORE)
                        .plan(new NightSchedule.Request(
                                List.of("Hg-Ar"), List.of("ronchi90lpmm"), null, 3, LocalDate.of(2024, 6, 24), 120, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Hg-Ar is a lamp");
    }
}
