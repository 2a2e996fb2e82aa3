package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images with known truth whose star nobody knows: it is neither a target nor a template. */
@Tag("slow")
class GoldenUnknownTest {
    private static final String STAR = "HD111980";

    private static final class Without extends ForwardingCalibration {
        private final CalibrationStore store;

        Without(CalibrationStore store) {
            super(store);
            this.store = store;
        }

        @Override
        public SortedSet<String> targetNames() {
            SortedSet<String> names = new TreeSet<>(store.targetNames());
            names.remove(STAR);
            return names;
        }

        @Override
        public Optional<Target> target(String name) {
            return name.equals(STAR) ? Optional.empty() : store.target(name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // instrument, case; reached rms, |shift| nm, pull with tails, with a margin
        "ctio,   sim-a-constant-psf,          0.0105, 0.07, 1.20",
        "ctio,   sim-b-chromatic-psf,         0.0108, 0.07, 1.15",
        "ctio,   sim-c-faint,                 0.0180, 0.07, 1.05",
        "ctio,   sim-g-blazed-grating,        0.0175, 0.30, 1.35",
        "ctio,   sim-k-true-physics,          0.0125, 0.13, 1.72",
        "auxtel, auxtel-a-constant-psf,       0.0118, 0.11, 1.30",
        "auxtel, auxtel-b-chromatic-psf-2023, 0.0110, 0.07, 1.30",
        "auxtel, auxtel-d-ronchi170,          0.0115, 0.07, 1.30",
    })
    void spectraMatchTheTruth(String instrument, String golden, double rms, double shift, double tails)
            throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null && Files.isDirectory(Path.of(root, golden)), "SPECTRACTOR_GOLDEN lacks " + golden);
        Path folder = Path.of(root, golden);
        boolean auxtel = instrument.equals("auxtel");
        ExtractionConfig config =
                auxtel ? GoldenAuxTelTest.config() : Instruments.ctio().config();
        GoldenCase facts = GoldenCase.read(folder);
        ExtractionOutcome outcome = new SpectrumExtractor(config, new Without(EmbeddedCalibration.load()))
                .extract(
                        Files.readAllBytes(folder.resolve(facts.image())),
                        new ExposureRequest(
                                facts.image(),
                                "an unknown star",
                                auxtel ? null : facts.disperser(),
                                new PixelPosition(facts.guessX(), facts.guessY()),
                                null,
                                null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        SpectrumProduct product = ((ExtractionOutcome.Done) outcome).product();
        TabulatedCurve truth = GoldenForwardTest.curve(folder.resolve("truth.csv"));
        SpectrumComparison c = SpectrumComparison.of(product.spectrum(), truth, 370, 1000);
        double[] pulls = SpectrumComparison.pulls(product.spectrum(), truth, 370, 1000);

        double width = Math.sqrt(Arrays.stream(pulls).map(p -> p * p).average().orElseThrow());
        // docs/forward-model.md has them
        System.out.printf(
                Locale.ROOT,
                "unknown star: | %s | %.2f %% | %.2f nm | %.2f (%.2f) |%n",
                golden,
                100 * c.relativeRms(),
                c.shiftNm(),
                c.pullWidth(),
                width);

        assertThat(product.summary().model().reference().referenceOrigin()).isEqualTo("template");
        assertThat(c.relativeRms()).as("rms").isLessThan(rms);
        assertThat(Math.abs(c.shiftNm())).as("shift").isLessThan(shift);
        assertThat(width).as("pull with tails").isBetween(0.8, tails);
    }
}
