package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.Setting;
import io.spectractor.core.config.SettingsApplier;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FieldStar;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stars six pixels apart, exactly abreast, so that their spectra lie side by side all along. */
@Tag("slow")
class PairTest {
    private static final CalibrationStore TABLES = EmbeddedCalibration.load();
    private static final PixelPosition STAR = new PixelPosition(745.2, 690.3);
    private static final PixelPosition OTHER = new PixelPosition(745.2, 696.3);
    private static final FieldStar OTHER_STAR = new FieldStar(OTHER.x(), OTHER.y(), 1600, 7500);

    private static SimulatedFrame pair;
    private static double light;
    private static double otherLight;

    @BeforeAll
    static void simulate() {
        pair = frame(0.1, List.of(OTHER_STAR));
        light = light(extract(frame(0.1, List.of()), STAR, "psf1d"));
        otherLight = light(extract(frame(1e-9, List.of(OTHER_STAR)), OTHER, "psf1d"));
    }

    private static SimulatedFrame frame(double targetsLight, List<FieldStar> stars) {
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 10, -30.17, 8, 784, 30, 1.2);
        SimulatedPsf psf = SimulatedPsf.moffat(new double[] {2.4, 0.2, 0.1}, new double[] {2.8});
        SimulationSettings settings = SimulationSettings.builder("HD111980", "HoloAmAg", STAR, 55.6, night, psf)
                .fluxScale(targetsLight)
                .stars(stars, 0)
                .seed(41)
                .build();
        return new FrameSimulator(Instruments.ctio().config()).simulate(settings, TABLES);
    }

    private static SpectrumProduct extract(SimulatedFrame frame, PixelPosition guess, String method) {
        ExtractionConfig config = SettingsApplier.apply(
                Instruments.ctio().config(), List.of(new Setting("extraction.method", method, "test")));
        ExtractionOutcome outcome = new SpectrumExtractor(config, TABLES)
                .extract(
                        FrameFiles.imageBytes(frame),
                        new ExposureRequest("sim.fits", "HD111980", "HoloAmAg", guess, null, null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    /** Light of the columns in the middle of the spectrum, ADU/s. */
    private static double light(SpectrumProduct product) {
        double[] rate = product.spectrum().rate();
        return Arrays.stream(rate, rate.length / 4, 3 * rate.length / 4).sum();
    }

    /** A third brighter the other one is, and hotter. */
    @ParameterizedTest
    @ValueSource(strings = {"psf1d", "forward"})
    void theStarHasItsOwnLight(String method) {
        SpectrumProduct product = extract(pair, STAR, method);
        assertThat(product.caveats()).contains(Caveat.COMPANION_SPECTRUM);
        assertThat(product.summary().targetY()).isBetween(STAR.y() - 0.1, STAR.y() + 0.1);
        assertThat(light(product) / light).isBetween(0.99, 1.01);
    }

    @Test
    void aGuessAtTheOtherOneGivesItsLight() {
        SpectrumProduct product = extract(pair, OTHER, "psf1d");
        assertThat(product.summary().targetY()).isBetween(OTHER.y() - 0.1, OTHER.y() + 0.1);
        assertThat(otherLight / light).isBetween(1.2, 1.5);
        assertThat(light(product) / otherLight).isBetween(0.99, 1.01);
    }
}
