package io.spectractor.batch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.core.config.ConfigKey;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.RotationConfig;
import io.spectractor.core.instrument.Instruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void withoutFileAndOverridesTheDefaultsHold() {
        assertThat(load(null)).isEqualTo(Instruments.ctio().config());
    }

    @Test
    void theCommandLineWinsOverTheFileAndTheFileOverTheDefaults() throws IOException {
        Path file = write("night.yaml", "ccd:\n  rebin: 2\n  gain: 2.5\npsf:\n  type: double-moffat\n");

        ExtractionConfig config = load(file, "ccd.rebin=4", "rotation.method=NONE", "background.subtract=False");

        assertThat(config.ccd().rebin()).isEqualTo(4);
        assertThat(config.ccd().gain()).isEqualTo(2.5);
        assertThat(config.ccd().saturationAdu()).isEqualTo(60000);
        assertThat(config.psf().type()).isEqualTo(PsfConfig.Type.DOUBLE_MOFFAT);
        assertThat(config.rotation().method()).isEqualTo(RotationConfig.Method.NONE);
        assertThat(config.background().subtract()).isFalse();
    }

    @Test
    void anUnknownKeyNamesFileLineAndNearestMatch() throws IOException {
        Path file = write("night.yaml", "# comment\nccd:\n  rebinn: 2\n");

        assertThatThrownBy(() -> load(file))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + " line 3: unknown key 'ccd.rebinn'; did you mean ccd.rebin?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ccd.rebim=2 | --set ccd.rebim=2: unknown key 'ccd.rebim'; did you mean ccd.rebin?",
                "rebin=2 | --set rebin=2: unknown key 'rebin'; did you mean ccd.rebin?",
                "psf.distance_mm=55 | unknown key 'psf.distance_mm'; did you mean dispersion.distance_mm?",
                "zzzzzzzzzzzzzzzz=1 | 'spectractor config keys' lists all",
                "ccd.rebin | expected section.key=value",
                "ccd.rebin=two | --set ccd.rebin=two: ccd.rebin = 'two': expected a whole number (px)",
                "ccd.rebin=2.5 | expected a whole number (px)",
                "ccd.gain=high | expected a number (e-/ADU)",
                "background.subtract=maybe | expected true or false",
                "extraction.method=psf1 | expected one of aperture, psf1d, psf2d, forward; did you mean psf1d?",
                "ccd.rebin=0 | --set ccd.rebin=0: ccd.rebin = 0.0: must lie between 1.0 and 16.0",
                "ccd.gain=NaN | must be a positive number",
                "background.width_px=20 | --set background.width_px=20: background.box_px = 40.0: must lie between",
            })
    void aWrongSettingSaysWhatToDo(String setting, String message) {
        assertThatThrownBy(() -> load(null, setting))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cdd:\\n  rebin: 2 | line 1: unknown section 'cdd'; did you mean ccd?",
                "ccd: 3 | line 1: section 'ccd' must hold keys",
                "ccd:\\n  rebin: [1, 2] | ccd.rebin must have one value",
                "ccd:\\n  rebin: 1\\n  rebin: 2 | ",
                "ccd:\\n  rebin: 'a | is not valid YAML",
                "- ccd | expected sections",
                "!%04 | is not valid YAML",
                "ccd.rebin: 2 | unknown section 'ccd.rebin'",
            })
    void aFileThatIsWrongNamesItselfAndTheLine(String text, @Nullable String message) throws IOException {
        Path file = write("bad.yaml", text.replace("\\n", "\n"));

        assertThatThrownBy(() -> load(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message == null ? "rebin" : message);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> load(folder.resolve("none.yaml")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("none.yaml does not exist");
    }

    @Test
    void thePrintedConfigurationReadsBackToTheSameValues() throws IOException {
        ExtractionConfig config =
                load(null, "ccd.rebin=2", "dispersion.distance_mm=55.1", "site.throughput=a \"b\" \\c");

        Path file = write("printed.yaml", ConfigPrinter.yaml(config));

        assertThat(load(file)).isEqualTo(config);
        assertThat(ConfigPrinter.yaml(config)).contains("  # distance from disperser to CCD [mm]\n  distance_mm: 55.1");
    }

    @Test
    void theCanonicalTextRebuildsTheConfigurationAndItsHash() {
        ExtractionConfig config = load(null, "ccd.rebin=2", "psf.type=gauss");

        ExtractionConfig rebuilt = ConfigBuilder.fromCanonical(ConfigText.of(config));

        assertThat(rebuilt).isEqualTo(config);
        assertThat(ConfigText.sha256(rebuilt))
                .isEqualTo(ConfigText.sha256(config))
                .hasSize(64);
        assertThat(ConfigText.sha256(config))
                .isNotEqualTo(ConfigText.sha256(Instruments.ctio().config()));
    }

    @Test
    void theHashDoesNotDependOnHowAValueIsWritten() {
        assertThat(ConfigText.sha256(load(null, "ccd.gain=3", "psf.type=MOFFAT")))
                .isEqualTo(ConfigText.sha256(Instruments.ctio().config()));
    }

    @Test
    void keysAreNamedAsTheRecordsMessagesNameThem() {
        assertThat(ConfigKey.byName())
                .containsKeys(
                        "site.collecting_area_cm2",
                        "dispersion.default_order2_over1",
                        "target.window_x_px",
                        "extraction.time_limit_s");
    }

    @Test
    void theDocumentationPageIsCurrent() throws IOException {
        Path page = Path.of("../../docs/configuration.md");
        assertThat(page).exists();
        assertThat(Files.readString(page))
                .as("write it anew: ./spectractor config keys > docs/configuration.md")
                .isEqualTo(ConfigPrinter.markdown());
    }

    private static ExtractionConfig load(@Nullable Path file, String... overrides) {
        return ConfigLoader.load(file, List.of(overrides)).config();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
