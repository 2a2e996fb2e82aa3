package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.product.OrderTwoSpectrum;
import io.spectractor.core.product.SpectrumComparison;
import io.spectractor.core.product.SpectrumProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The forward model on images with known truth or published results, with the figures of the golden folder's compare.py:
 * first the limits that users were promised, then what this code reached when the test was written, with a margin.
 */
@Tag("slow")
class GoldenForwardTest {
    private static ExtractionConfig forward() {
        ExtractionConfig c = Instruments.ctio().config();
        SpectrumConfig s = c.extraction();
        return new ExtractionConfig(
                c.instrument(),
                c.ccd(),
                c.site(),
                c.target(),
                c.rotation(),
                c.dispersion(),
                c.background(),
                new SpectrumConfig(SpectrumConfig.Method.FORWARD, s.halfHeightPx(), s.clipSigma(), s.timeLimitS()),
                c.psf(),
                c.lines());
    }

    static TabulatedCurve curve(Path csv) throws IOException {
        double[][] rows = Files.readAllLines(csv).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        double[] lambda = Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
        double[] flux = Arrays.stream(rows).mapToDouble(row -> row[1]).toArray();
        return new TabulatedCurve(lambda, flux, TabulatedCurve.Outside.HOLD);
    }

    private static SpectrumProduct extract(Path folder) throws IOException {
        return GoldenCase.extract(folder, forward(), EmbeddedCalibration.load());
    }

    @ParameterizedTest
    @CsvSource({
        // the published spectrum of the real exposure has the light of a field star at 541 nm in it
        // case, truth, range; promised rms, |shift| nm, pull; reached rms, |shift|, pull
        "sim-a-constant-psf,   truth.csv,     370, 1000, 0.016, 0.2, 1.15, 0.0091, 0.07, 1.13",
        "sim-b-chromatic-psf,  truth.csv,     370, 1000, 0.024, 0.3, 1.15, 0.0094, 0.07, 1.00",
        "sim-c-faint,          truth.csv,     370, 1000, 0.060, 0.5, 1.20, 0.0142, 0.07, 0.95",
        "sim-g-blazed-grating, truth.csv,     370, 1000, 0.016, 0.2, 1.15, 0.0130, 0.15, 0.97",
        "sim-k-true-physics,   truth.csv,     370, 1000, 0.020, 0.2, 1.15, 0.0139, 0.11, 0.99",
        "hd111980-real,        published.csv, 400, 870,  0.021, 0.3, 2.00, 0.0208, 0.27, 1.72",
    })
    void spectraMatchTheTruth(
            String golden,
            String truth,
            double lo,
            double hi,
            double rms,
            double shift,
            double pull,
            double frozenRms,
            double frozenShift,
            double frozenPull)
            throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null, "SPECTRACTOR_GOLDEN is not set");
        Path folder = Path.of(root, golden);
        SpectrumProduct product = extract(folder);
        SpectrumComparison c = SpectrumComparison.of(product.spectrum(), curve(folder.resolve(truth)), lo, hi);

        assertThat(c.relativeRms()).as("rms").isLessThan(rms).isLessThan(frozenRms);
        assertThat(Math.abs(c.shiftNm())).as("shift").isLessThanOrEqualTo(shift).isLessThan(frozenShift);
        assertThat(c.pullWidth())
                .as("pull")
                .isGreaterThan(0.85)
                .isLessThan(pull)
                .isLessThan(frozenPull);
        double[] pulls = SpectrumComparison.pulls(product.spectrum(), curve(folder.resolve(truth)), lo, hi);
        double tails = Math.sqrt(Arrays.stream(pulls).map(p -> p * p).average().orElseThrow());
        assertThat(tails).as("pull with tails").isLessThan(truth.equals("truth.csv") ? 1.25 : 2.0);
        OrderTwoSpectrum second = product.order2();
        assertThat(second).isNotNull();
        assertThat(Arrays.stream(second.flux()).max().orElseThrow()).isPositive();
        assertThat(Arrays.stream(second.fluxErr()).max().orElseThrow()).isPositive();
        assertThat(product.summary().model().freedom()).isBetween(20.0, 500.0);
    }
}
