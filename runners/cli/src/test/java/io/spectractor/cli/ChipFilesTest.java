package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import java.nio.file.Files;
import java.nio.file.Path;
import nom.tam.fits.Fits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChipFilesTest {
    private static final CalibrationStore TABLES = EmbeddedCalibration.load();

    @TempDir
    private Path folder = Path.of("");

    private Path fits(String name, float[][] pixels) throws Exception {
        Path file = folder.resolve(name);
        try (Fits fits = new Fits()) {
            fits.addHDU(Fits.makeHDU(pixels));
            fits.write(file.toFile());
        }
        return file;
    }

    @Test
    void contentOfMaskAndFlatIsPartOfTheCalibration() throws Exception {
        Path ones = fits("ones.fits", new float[][] {{1, 1}, {1, 1}});
        Path other = fits("other.fits", new float[][] {{1, 1}, {1, 0.9f}});

        CalibrationStore flat = new ChipFiles(null, ones).join(TABLES);
        assertThat(flat.flat()).isPresent();
        assertThat(flat.badPixels()).isEmpty();
        assertThat(flat.sha256())
                .isNotEqualTo(TABLES.sha256())
                .isNotEqualTo(new ChipFiles(null, other).join(TABLES).sha256())
                .isNotEqualTo(new ChipFiles(ones, null).join(TABLES).sha256());
        CalibrationStore both = new ChipFiles(ones, ones).join(TABLES);
        assertThat(both.flat()).isPresent();
        assertThat(both.badPixels()).isPresent();
        assertThat(new ChipFiles(null, null).join(TABLES)).isSameAs(TABLES);
        assertThat(new ChipFiles(null, ones).flatBytes()).isEqualTo(Files.readAllBytes(ones));
    }

    @Test
    void whatIsWrongIsSaidBeforeTheFirstImage() throws Exception {
        Path text = Files.writeString(folder.resolve("text.fits"), "no FITS file");
        Path flat = fits("flat.fits", new float[][] {{1, 1, 1}, {1, 1, 1}});
        Path mask = fits("mask.fits", new float[][] {{0, 0}, {0, 0}});
        Path zero = fits("zero.fits", new float[][] {{0, 0}, {0, Float.NaN}});

        fails(new ChipFiles(null, folder.resolve("none.fits")), "ccd.flat", "none.fits", "no such file");
        fails(new ChipFiles(null, text), "ccd.flat", "text.fits");
        fails(new ChipFiles(null, zero), "ccd.flat", "zero.fits", "0.01");
        fails(new ChipFiles(mask, flat), "ccd.flat", "3 x 2", "2 x 2", "ccd.bad_pixels");

        FakeProgram program = new FakeProgram(folder);
        Files.createDirectories(folder.resolve("night"));
        Files.writeString(folder.resolve("night/a.fits"), "ok");
        assertThat(program.run("run", "night", "-o", "out", "--set", "ccd.flat=none.fits"))
                .isEqualTo(2);
        assertThat(program.err()).contains("ccd.flat", "none.fits");
        assertThat(program.requests).isEmpty();
    }

    private static void fails(ChipFiles files, String... words) {
        assertThatThrownBy(() -> files.join(TABLES))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll(words);
    }
}
