package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.atmosphere.AtmosphereFit;
import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.atmosphere.FitSettings;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.optics.Throughput;
import io.spectractor.core.product.SpectrumProduct;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Water, ozone and aerosols of images whose atmosphere is known, from the spectra that the extraction makes of them. */
@Tag("slow")
class AtmosphereFitTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sim-a-constant-psf",
                "sim-b-chromatic-psf",
                "sim-c-faint",
                "sim-g-blazed-grating",
                "sim-k-true-physics"
            })
    void theAtmosphereComesBack(String golden) throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null, "SPECTRACTOR_GOLDEN is not set");
        Path folder = Path.of(String.valueOf(root), golden);
        GoldenCase facts = GoldenCase.read(folder);
        TableCalibration calibration = EmbeddedCalibration.load();
        // column by column: the prior of a deconvolved spectrum would be taken for data
        ExtractionConfig usual = Instruments.ctio().config();
        SpectrumConfig e = usual.extraction();
        ExtractionConfig transverse = new ExtractionConfig(
                usual.instrument(),
                usual.ccd(),
                usual.site(),
                usual.target(),
                usual.rotation(),
                usual.dispersion(),
                usual.background(),
                new SpectrumConfig(SpectrumConfig.Method.PSF1D, e.halfHeightPx(), e.clipSigma(), e.timeLimitS()),
                usual.psf(),
                usual.lines());
        SpectrumProduct product = GoldenCase.extract(folder, transverse, calibration);
        Throughput telescope = Throughput.of(calibration.throughput("ctio").orElseThrow(), null);
        SourceSpectrum light = SourceSpectrum.of(
                Objects.requireNonNull(
                        calibration.target(facts.target()).orElseThrow().sed()),
                lambda -> telescope.at(lambda)
                        * calibration
                                .disperser(facts.disperser())
                                .orElseThrow()
                                .transmission()
                                .at(lambda));
        AtmosphereFitResult result = new AtmosphereFit(
                        new AtmosphericTransmission(calibration.atmosphereTables()), FitSettings.usual())
                .fit(product, light, Deadline.none());

        assertThat(result.converged()).isTrue();
        check(result, FitParameter.WATER, facts.truth("PWV_T"), 0.7);
        check(result, FitParameter.OZONE, facts.truth("OZONE_T"), 45);
        check(result, FitParameter.AEROSOLS, facts.truth("VAOD_T"), 0.02);
    }

    private static void check(AtmosphereFitResult result, FitParameter parameter, double truth, double plausible) {
        AtmosphereFitResult.Value value = result.value(parameter);
        assertThat(Math.abs(value.value() - truth)).as(parameter.label()).isLessThan(3 * value.error());
        assertThat(value.error()).as("sigma of " + parameter.label()).isLessThan(plausible);
    }
}
