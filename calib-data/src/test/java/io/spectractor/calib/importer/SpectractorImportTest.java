package io.spectractor.calib.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.calib.CalibrationException;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.Table;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.atmosphere.AtmosphereGridReader;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectractorImportTest {
    private static final TableCalibration BASE = EmbeddedCalibration.load();

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SpectractorImport.Result read() {
        return SpectractorImport.read(folder.resolve("in"), BASE.content());
    }

    @Test
    void linksThatLeadBackAndFilesThatAreGoneAreNoHarm() throws IOException {
        write("filters/Blue.txt", "400 0.1\n500 0.9\n600 0.1\n");
        Files.createSymbolicLink(folder.resolve("in/filters/again"), folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/gone.txt"), folder.resolve("nowhere"));

        SpectractorImport.Result result = read();

        assertThat(result.imported()).hasSize(1);
        assertThat(result.leftOut()).hasSize(1);
        assertThat(result.leftOut().get(0)).startsWith("gone.txt");
    }

    @Test
    void aGratingAndAHologramOfTextFiles() throws IOException {
        write("dispersers/Grat150/N.txt", "1.50123456789012345e+02\n1.0\n");
        write("dispersers/Grat150/hologram_center.txt", "#x y theta\n741.0 742.0 -0.5\n");
        write("dispersers/Grat150/full_name.txt", "A grating, blazed");
        write("dispersers/Grat150/transmission.txt", "350 0.1 0.01\n1000 0.3 0.01\n");
        write("dispersers/Holo/N.txt", "350\n1\n");
        write(
                "dispersers/Holo/hologram_grooves_per_mm.txt",
                "# x y N err\n0 0 300 1\n0 100 310 1\n100 0 320 1\n90 90 330 1\n50 40 312 1\n40 60 314 1\n");
        write(
                "dispersers/Holo/hologram_rotation_angles.txt",
                "# x y t\n0 0 -1\n0 100 -2\n100 0 -3\n90 90 -2\n50 40 -2\n40 60 -2\n");
        write("dispersers/Holo/transmission.txt", "350 0.1\n1000 0.3\n");
        write("dispersers/Holo/ratio_order_2over1.txt", "300 1.2\n1000 0.1\n");
        write("dispersers/Holo/ratio_order_3over2.txt", "300 0.5\n1000 0.25\n");

        SpectractorImport.Result result = read();

        Disperser grating = result.calibration().disperser("Grat150").orElseThrow();
        assertThat(grating.grooves().at(5, 5)).isEqualTo(150.12345678901235);
        assertThat(grating.angle().at(5, 5)).isEqualTo(-0.5);
        assertThat(grating.ratio2over1()).isNull();
        Disperser hologram = result.calibration().disperser("holo").orElseThrow();
        assertThat(hologram.grooves().at(0, 100)).isCloseTo(310, within(1e-9));
        assertThat(hologram.angle().at(100, 0)).isCloseTo(-3, within(1e-9));
        assertThat(Objects.requireNonNull(hologram.ratio3over2()).at(1000)).isEqualTo(0.25);
        assertThat(result.imported()).hasSize(2);
        assertThat(result.calibration().disperserNames()).contains("HoloAmAg", "Grat150", "Holo");
        assertThat(result.calibration().sha256()).isNotEqualTo(BASE.sha256());

        Path file = folder.resolve("out.h5");
        CalibrationFile.write(result.calibration(), file);
        assertThat(CalibrationFile.read(file).sha256())
                .isEqualTo(result.calibration().sha256());
        try (io.jhdf.HdfFile hdf = new io.jhdf.HdfFile(file)) {
            assertThat((double[]) hdf.getDatasetByPath("/dispersers/Holo/ratio31/ratio")
                            .getData())
                    .containsExactly(1.2 * 0.5, 0.1 * 0.25);
        }
    }

    @Test
    void anIniFileAndItsPlaceholders() throws IOException {
        write(
                "Ron400/Ron400.ini",
                "[main]\n# name\nfull_name = Ronchi\nN = 400.5\ntheta_tilt = -0.277\n[transmissions]\n"
                        + "transmission = t.txt\nratio_order_2over1 = 0.1\nratio_order_3over2 = 0.");
        write("Ron400/t.txt", "360\t0.07 0.001\n361\t0.08 0.001\n");

        SpectractorImport.Result result = read();

        Disperser disperser = result.calibration().disperser("Ron400").orElseThrow();
        assertThat(disperser.grooves().at(1, 1)).isEqualTo(400.5);
        assertThat(disperser.fullName()).isEqualTo("Ronchi");
        assertThat(disperser.transmission().at(361)).isEqualTo(0.08);
        assertThat(disperser.ratio2over1()).isNull();
        assertThat(result.leftOut()).anyMatch(line -> line.contains("ratio_order_2over1 = 0.1, a placeholder"));
    }

    @Test
    void throughputsFiltersAndWhatIsNeither() throws IOException {
        write("throughput/mine.txt", "350 0.1 0.01\n1000 0.3 0.01\n");
        write("throughput/ctio_throughput_300517_v2.txt", "350 0.15 0.01\n1000 0.35 0.01\n");
        write("throughput/BG40.txt", "350 0.9\n600 0.1\n");
        write("throughput/qecurve.txt", "200 0.1\n1000 0.9\n");
        write("readme.md", "hello");

        SpectractorImport.Result result = read();

        assertThat(result.calibration().throughput("mine").orElseThrow().at(1000))
                .isEqualTo(0.3);
        assertThat(result.calibration()
                        .throughput("ctio_300517_v2")
                        .orElseThrow()
                        .at(350))
                .isEqualTo(0.15);
        assertThat(result.calibration().throughputNames()).contains("ctio", "ctio_300517_v2", "mine");
        assertThat(result.calibration().filter("BG40").orElseThrow().at(600)).isEqualTo(0.1);
        assertThat(result.leftOut()).hasSize(2);
    }

    @Test
    void gridsOfTheAtmosphere() throws IOException {
        write("CTIO_grid_params.json", "{\"WL\": [300, 301.5], \"AIRMASS\": [1, 2, 3], \"OZ\": [0, 300]}");
        npy("CTIO_grid_OZabs.npy", "(2, 3, 2)", 12);
        npy("CTIO_grid_rayleigh.npy", "(2, 3)", 6);

        SpectractorImport.Result result = read();

        Table ozone = result.calibration().content().table("atmosphere/CTIO_grid_OZabs.csv");
        assertThat(ozone.columns()).containsExactly("lambda_nm", "airmass", "transmission_0du", "transmission_300du");
        assertThat(ozone.numbers("lambda_nm")).containsExactly(300, 300, 300, 301.5, 301.5, 301.5);
        assertThat(ozone.numbers("airmass")).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(ozone.numbers("transmission_300du")).containsExactly(1, 3, 5, 7, 9, 11);
        assertThat(result.calibration()
                        .content()
                        .table("atmosphere/CTIO_grid_rayleigh.csv")
                        .numbers("transmission"))
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    private void npy(String name, String shape, int count) throws IOException {
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer buffer = ByteBuffer.allocate(10 + text.length() + 8 * count).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        buffer.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < count; i++) {
            buffer.putDouble(i);
        }
        Files.write(folder.resolve("in").resolve(name), buffer.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t/a.txt | 350 0.1 0.01;400 x 0.01 | a.txt, line 2: 'x' is not a number",
                "t/a.txt | 350 0.1 0.01;400 1.7 0.01 | a.txt: too little of it can be true (line 2: outside 0 to 1)",
                "t/a.txt | 350 0.1 0.01;400 0.2 | a.txt, line 2: 2 columns, the rows before have 3",
                "t/a.txt | 350 0.1 0.1 0.1 | a.txt, line 1: 4 columns; a throughput or a filter has two or three",
                "t/a.txt | # nothing | a.txt: holds no numbers",
                "D/N.txt | 300 | D: needs hologram_center.txt",
                "D/D.ini | [main];N = 300;theta_tilt = 0;transmission = no.txt | D.ini, line 4: transmission names",
                "D/D.ini | [main];what | D.ini, line 2: expected 'key = value'",
                "g_params.json | {\"WL\": [ | g_params.json, line 1: no JSON",
                "x_stis_001.fits | <html> | x_stis_001.fits: ",
                "x_atmsim.fits | <html> | x_atmsim.fits: ",
                "a.dat | 1 2 | holds nothing that can be imported",
            })
    void badFilesAreNamedWithTheirLine(String file, String text, String message) throws IOException {
        write(file, text.replace(";", "\n"));
        if (file.endsWith("params.json")) {
            npy("g_OZabs.npy", "(1,)", 1);
        }

        assertThatThrownBy(this::read).isInstanceOf(CalibrationException.class).hasMessageContaining(message);
    }

    @Test
    void mapsOfOtherPositionsAreRefused() throws IOException {
        write("D/hologram_grooves_per_mm.txt", "0 0 300\n0 100 310\n100 0 320\n1 2 1\n2 3 1\n3 4 1\n");
        write("D/hologram_rotation_angles.txt", "# c\n0 0 -1\n0 101 -2\n100 0 -3\n1 2 1\n2 3 1\n3 4 1\n");
        write("D/transmission.txt", "350 0.1\n1000 0.3\n");

        assertThatThrownBy(this::read).hasMessageContaining("hologram_rotation_angles.txt, line 3: position 0.0,101.0");
    }

    @Test
    void truncatedArraysAreNamed() throws IOException {
        write("g_params.json", "{\"WL\": [300, 301], \"AIRMASS\": [1, 2, 3], \"OZ\": [0]}");
        npy("g_rayleigh.npy", "(2, 3)", 5);

        assertThatThrownBy(this::read).hasMessageContaining("g_rayleigh.npy: truncated, 5 of 6 numbers");
    }

    /** The original's own data, as far as they are here: the embedded tables are roundings of them. */
    @Test
    void theOriginalsOwnData() throws IOException {
        String golden = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(golden != null, "SPECTRACTOR_GOLDEN is not set");
        Path source = Path.of(golden).resolveSibling("calib-source");
        assumeTrue(Files.isDirectory(source), "no calib-source beside " + golden);

        SpectractorImport.Result result = SpectractorImport.read(source, BASE.content());
        TableCalibration read = result.calibration();

        assertThat(read.disperserNames()).isEqualTo(BASE.disperserNames());
        for (String label : BASE.disperserNames()) {
            Disperser old = BASE.disperser(label).orElseThrow();
            Disperser imported = read.disperser(label).orElseThrow();
            for (double x = 500; x < 1500; x += 100) {
                assertThat(imported.grooves().at(x, 800))
                        .isEqualTo(old.grooves().at(x, 800));
                assertThat(imported.angle().at(x, 700)).isEqualTo(old.angle().at(x, 700));
            }
            assertSame(imported.transmission(), old.transmission(), 1e-7);
        }
        assertThat(read.throughputNames()).containsAll(BASE.throughputNames());
        for (String name : BASE.throughputNames()) {
            assertSame(
                    read.throughput(name).orElseThrow(), BASE.throughput(name).orElseThrow(), 1e-7);
        }
        assertSame(
                Objects.requireNonNull(read.target("HD111980").orElseThrow().sed()),
                Objects.requireNonNull(BASE.target("HD111980").orElseThrow().sed()),
                1e-6);
        assertThat(read.content()
                        .table("atmosphere/reduc_20170530_134_atmsim.csv")
                        .columns())
                .hasSize(10);
        assertThat(read.content()
                        .table("atmosphere/CTIO_atmospherictransparencygrid_OZabs.csv")
                        .size())
                .isEqualTo(13_600);
        Path file = folder.resolve("all.h5");
        CalibrationFile.write(read, file);
        TableCalibration again = new TableCalibration(CalibrationFile.read(file));
        assertThat(again.sha256()).isEqualTo(read.sha256());
        String grid = "reduc_20170530_134_atmsim";
        Path fits = source.resolve("atmosphere/" + grid + ".fits");
        AtmosphereParameters air = new AtmosphereParameters(1.131, 784, 260, 3.5, 0.07, 1.2);
        assertThat(again.atmosphereGridNames()).containsExactly(grid);
        assertThat(again.atmosphereGrid(grid).orElseThrow().atNodes(air))
                .containsExactly(AtmosphereGridReader.read(Files.readAllBytes(fits), grid)
                        .atNodes(air));
    }

    private static void assertSame(TabulatedCurve a, TabulatedCurve b, double relative) {
        for (double nm = 360; nm < 1050; nm += 7.3) {
            assertThat(a.at(nm)).as("%s nm", nm).isCloseTo(b.at(nm), within(relative * Math.max(b.at(nm), 1e-14)));
        }
    }

    /** What is good is taken; the rest is listed with file, lines and reason. */
    @Test
    void curvesAreCleaned() throws IOException {
        write(
                "t/mine_throughput.txt",
                "500, 0.5, 0.01\n450, 0.4, -0.2\n450, 0.2, 0.1\n400, 2.04, 0.1\n380, 0.1, 3e5\n350, 0, 0");

        SpectractorImport.Result result = read();

        TabulatedCurve curve =
                result.calibration().throughput("mine_throughput").orElseThrow();
        assertThat(curve.at(350)).isZero();
        assertThat(curve.at(450)).isCloseTo(0.3, within(1e-12));
        assertThat(curve.at(500)).isEqualTo(0.5);
        assertThat(result.leftOut())
                .containsExactly(
                        "t/mine_throughput.txt, line 4: outside 0 to 1",
                        "t/mine_throughput.txt, line 5: an uncertainty above 1.0",
                        "t/mine_throughput.txt, line 2: several values at one wavelength, of which the mean counts");
    }

    @Test
    void oneBadFileDoesNotStopTheOthers() throws IOException {
        write("t/a.txt", "350 0.1\n400 x");
        write("t/b.txt", "350 0.1\n400 0.2");

        SpectractorImport.Result result = read();

        assertThat(result.calibration().filter("b")).isPresent();
        assertThat(result.leftOut()).containsExactly("t/a.txt, line 2: 'x' is not a number");
    }
}
