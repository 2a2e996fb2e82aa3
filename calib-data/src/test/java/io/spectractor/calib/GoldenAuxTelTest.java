package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.InstrumentConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames of AuxTel that Spectractor simulated: limits that users were promised, then what was reached, with a margin. */
@Tag("slow")
class GoldenAuxTelTest {
    /** These frames have one gain and one noise for all amplifiers. */
    static ExtractionConfig config() {
        ExtractionConfig c = Instruments.named("auxtel").orElseThrow().config();
        return new ExtractionConfig(
                new InstrumentConfig(c.instrument().description(), 1.3, 8.5, InstrumentConfig.AUTO),
                c.ccd(),
                c.site(),
                c.target(),
                c.rotation(),
                c.dispersion(),
                c.background(),
                c.extraction(),
                c.psf(),
                c.lines());
    }

    @ParameterizedTest
    @CsvSource({
        // promised rms; reached rms, |shift|
        "auxtel-a-constant-psf,        0.013, 0.0098, 0.08",
        "auxtel-b-chromatic-psf-2023,  0.013, 0.0088, 0.06",
        "auxtel-d-ronchi170,           0.016, 0.0100, 0.06",
    })
    void spectraMatchTheTruth(String golden, double rms, double frozenRms, double frozenShift) throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null && Files.isDirectory(Path.of(root, golden)), "SPECTRACTOR_GOLDEN lacks AuxTel's cases");
        Path folder = Path.of(root, golden);
        GoldenCase facts = GoldenCase.read(folder);
        ExtractionOutcome outcome = new SpectrumExtractor(config(), EmbeddedCalibration.load())
                .extract(
                        Files.readAllBytes(folder.resolve(facts.image())),
                        new ExposureRequest(
                                facts.image(),
                                null,
                                null,
                                new PixelPosition(facts.guessX(), facts.guessY()),
                                null,
                                null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        SpectrumProduct product = ((ExtractionOutcome.Done) outcome).product();
        SpectrumComparison c = SpectrumComparison.of(
                product.spectrum(), GoldenForwardTest.curve(folder.resolve("truth.csv")), 370, 1000);

        assertThat(c.relativeRms()).as("rms").isLessThan(rms).isLessThan(frozenRms);
        assertThat(Math.abs(c.shiftNm())).as("shift").isLessThan(0.2).isLessThan(frozenShift);
        assertThat(c.pullWidth()).as("pull").isBetween(0.85, 1.15);
        ProductSummary s = product.summary();
        assertThat(2 * s.targetX() + 0.5).isCloseTo(facts.truth("X0_T"), within(0.05));
        assertThat(2 * s.targetY() + 0.5).isCloseTo(facts.truth("Y0_T"), within(0.05));
        assertThat(s.target()).isEqualTo("HD111980");
        assertThat(s.pressureHPa()).isCloseTo(facts.truth("OUTPRESS_hPa"), within(0.1));
        assertThat(Math.IEEEremainder(s.cameraRotationDeg() - facts.truth("CAM_ROT"), 360))
                .isCloseTo(0, within(0.01));
    }
}
