package io.spectractor.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.FlattenedCalibration;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.HeaderPeek;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        Path counts = fits("counts.fits", new float[][] {{20_000, 21_000}, {20_500, 0}});
        Path zero = fits("zero.fits", new float[][] {{0, 0}, {0, Float.NaN}});

        fails(new ChipFiles(null, folder.resolve("none.fits")), "ccd.flat", "none.fits", "no such file");
        fails(new ChipFiles(null, text), "ccd.flat", "text.fits");
        fails(new ChipFiles(null, zero), "ccd.flat", "zero.fits", "0.01");
        fails(new ChipFiles(null, counts), "ccd.flat", "counts.fits", "median", "about 1");
        fails(new ChipFiles(mask, flat), "ccd.flat", "3 x 2", "2 x 2", "ccd.bad_pixels");

        FakeProgram program = new FakeProgram(folder);
        Files.createDirectories(folder.resolve("night"));
        Files.writeString(folder.resolve("night/a.fits"), "ok");
        assertThat(program.run("run", "night", "-o", "out", "--set", "ccd.flat=none.fits"))
                .isEqualTo(2);
        assertThat(program.err()).contains("ccd.flat", "none.fits");
        assertThat(program.requests).isEmpty();
    }

    /** Whatever distributes the images: the process that plans them looks. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "mpi"})
    void aFlatOfAnotherShapeThanTheImagesStopsTheRun(String scheduler) throws Exception {
        frame("a.fits", 4, 3);
        frame("b.fits", 4, 3);
        fits("flat.fits", new float[][] {{1, 1}, {1, 1}});
        FakeProgram program = new FakeProgram(folder);

        assertThat(program.run("run", "night", "-o", "out", "--scheduler", scheduler, "--set", "ccd.flat=flat.fits"))
                .isEqualTo(2);
        assertThat(program.err().lines().filter(line -> line.contains("ccd.flat:")))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .contains("flat.fits has 2 x 2 pixels, but 4 x 3 are expected, as many as a.fits has")
                .contains("it fits none of 2 images", "--set ccd.flat=");
        assertThat(program.requests).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFlatThatFitsSomeImagesIsNotAtFault() throws Exception {
        frame("a.fits", 4, 3);
        frame("b.fits", 2, 2);
        fits("flat.fits", new float[][] {{1, 1}, {1, 1}});
        FakeProgram program = new FakeProgram(folder);

        program.run("run", "night", "-o", "out", "--set", "ccd.flat=flat.fits");
        assertThat(program.requests).hasSize(2);
        Files.delete(folder.resolve("night/b.fits"));
        assertThat(program.run("run", "night", "-o", "out2", "--set", "ccd.bad_pixels=flat.fits"))
                .isEqualTo(2);
        assertThat(program.err()).contains("ccd.bad_pixels: ", "2 x 2", "4 x 3");
    }

    /** The images of a run may be gone from their places or replaced when it goes on. */
    @Test
    void resumeLooksAgain() throws Exception {
        frame("a.fits", 2, 2);
        fits("flat.fits", new float[][] {{1, 1}, {1, 1}});
        FakeProgram program = new FakeProgram(folder);
        program.run("run", "night", "-o", "out", "--set", "ccd.flat=flat.fits");
        assertThat(program.requests).hasSize(1);

        fits("flat.fits", new float[][] {{1, 1, 1}, {1, 1, 1}});
        assertThat(program.run("resume", "out")).isEqualTo(2);
        assertThat(program.err()).contains("ccd.flat: ", "3 x 2", "2 x 2");
        assertThat(program.requests).hasSize(1);
    }

    @Test
    void aBinnedFlatIsToldFromAnyOther() {
        WorkItem item = new WorkItem(0, "a.fits", "a", ExposureRequest.of("a.fits"));
        RunPlan plan = new RunPlan(List.of(new PlannedImage.Extract(item)), List.of());
        ChipFiles files = new ChipFiles(null, Path.of("flat.fits"));
        CalibrationStore two = FlattenedCalibration.of(TABLES, FitsSource.of(ones(2, 2)));

        assertThatThrownBy(() ->
                        new ChipShapeCheck(files, 2, i -> Optional.of(new HeaderPeek.Size(5, 4))).check(plan, two))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("2 x 2", "5 x 4", "unbinned", "ccd.rebin = 2");
        assertThatThrownBy(() ->
                        new ChipShapeCheck(files, 1, i -> Optional.of(new HeaderPeek.Size(5, 4))).check(plan, two))
                .hasMessageNotContaining("unbinned");
        assertThatCode(() -> new ChipShapeCheck(files, 1, i -> Optional.empty()).check(plan, two))
                .as("no header can be read: each image says so itself")
                .doesNotThrowAnyException();
    }

    private Path ones(int width, int height) {
        float[][] pixels = new float[height][width];
        for (float[] row : pixels) {
            Arrays.fill(row, 1);
        }
        try {
            return fits("ones.fits", pixels);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Large enough to be known as a frame of the telescope; nobody reads its pixels. */
    private void frame(String name, int width, int height) throws Exception {
        Path file = Files.createDirectories(folder.resolve("night")).resolve(name);
        try (Fits fits = new Fits()) {
            BasicHDU<?> hdu = Fits.makeHDU(new float[height][width]);
            hdu.addValue("OBSERVAT", "CTIO", "");
            fits.addHDU(hdu);
            fits.write(file.toFile());
        }
    }

    private static void fails(ChipFiles files, String... words) {
        assertThatThrownBy(() -> files.join(TABLES))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll(words);
    }
}
