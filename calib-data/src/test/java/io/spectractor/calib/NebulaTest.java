package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.NebulaSpectrum;
import io.spectractor.core.simulation.Scene;
import io.spectractor.core.simulation.SimulatedCampaign;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.target.Target;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A simulated planetary nebula: its lines are found, named and measured. */
class NebulaTest {
    private static final String NAME = "PNG321.0+03.9";
    private static final double BETA = 4e-11;
    private static final double CONTINUUM = 0.02;
    private static final CalibrationStore STORE = EmbeddedCalibration.load();
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();

    /**
     * Frames with HoloPhP under its name, with Ron400 under one that nobody knows, and with Ron200, where lines blend with
     * each other and with the second order.
     */
    @ParameterizedTest
    @CsvSource({"2, 3, PNG321.0+03.9, 13", "4, 3, nobody knows it, 13", "14, 3, PNG321.0+03.9, 13"})
    void linesAreFoundAndMeasured(int frame, int seed, String name, int least) {
        Frame seen = Frame.of(frame, seed, name);
        SpectrumProduct product = seen.product();
        assertThat(product.summary().model().reference().referenceOrigin()).isEqualTo("lines");
        int found = 0;
        for (NebulaSpectrum.Line line : NebulaSpectrum.LINES) {
            LineMeasurement measured = product.lines().stream()
                    .min(Comparator.comparingDouble(l -> Math.abs(l.detectedNm() - line.lambdaNm())))
                    .orElseThrow();
            if (Math.abs(measured.detectedNm() - line.lambdaNm()) < 1) {
                found++;
                assertThat(measured.detectedNm())
                        .isCloseTo(line.lambdaNm(), within(Math.max(0.3, 3 * measured.errorNm())));
                double truth = light(seen.scene(), line);
                assertThat(measured.flux())
                        .as("%s %s", line, measured)
                        .isCloseTo(truth, within(Math.max(0.05 * truth, 3 * measured.fluxErr())));
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(least);
        double[] flux = product.spectrum().flux();
        for (int i = 0; i < flux.length; i++) {
            assertThat(flux[i] / product.spectrum().fluxErr()[i]).isGreaterThan(-3);
        }
    }

    /** Ron200 in good light: the wings of [O III] and H alpha lie on a line that runs beside the spectrum and into it. */
    @Test
    void wingsOfLinesAreNoTrail() {
        Frame seen = Frame.of(3, 11, NAME);

        assertThat(seen.product().caveats()).doesNotContain(Caveat.TRAIL_MASKED);
        NebulaSpectrum.Line alpha = NebulaSpectrum.LINES.get(8);
        double truth = light(seen.scene(), alpha);
        assertThat(seen.product().lines()).anySatisfy(line -> {
            assertThat(line.detectedNm()).isCloseTo(alpha.lambdaNm(), within(0.1));
            assertThat(line.flux()).isCloseTo(truth, within(0.03 * truth));
        });
    }

    private record Frame(Scene scene, SpectrumProduct product) {
        /** A frame of a campaign, extracted under a name. */
        static Frame of(int frame, int seed, String name) {
            CalibrationStore sky = new ForwardingCalibration(STORE) {
                @Override
                public Optional<Target> target(String wanted) {
                    return STORE.target(wanted)
                            .map(t -> new Target(
                                    t.name(),
                                    t.kind(),
                                    t.rightAscensionDeg(),
                                    -30,
                                    0,
                                    NebulaSpectrum.of(BETA, CONTINUUM, 0)));
                }
            };
            PlannedFrame planned = new SimulatedCampaign(CONFIG, sky)
                    .plan(NAME, frame + 1, seed)
                    .get(frame);
            FrameSimulator simulator = new FrameSimulator(CONFIG);
            Scene scene = simulator.scene(planned.settings(), sky);
            ExtractionOutcome outcome = new SpectrumExtractor(CONFIG, STORE)
                    .extract(
                            FrameFiles.imageBytes(simulator.simulate(planned.settings(), sky)),
                            new ExposureRequest("nebula.fits", name, null, planned.guess(), null, null));

            assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
            return new Frame(scene, ((ExtractionOutcome.Done) outcome).product());
        }
    }

    /** What of a line arrives at the detector: 2.5 nm to both sides, less the continuum. */
    private static double light(Scene scene, NebulaSpectrum.Line line) {
        double sum = 0;
        for (int i = -250; i <= 250; i++) {
            sum += 0.01 * scene.fluxAtDetector().applyAsDouble(line.lambdaNm() + 0.01 * i);
        }
        double below = CONTINUUM * 7.2 * BETA / (0.6 * Math.sqrt(2 * Math.PI)) * 5.01;
        return sum * BETA * line.ratio() / (BETA * line.ratio() + below);
    }
}
