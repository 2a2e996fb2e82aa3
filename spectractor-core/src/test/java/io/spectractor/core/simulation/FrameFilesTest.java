package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instruments;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameFilesTest {
    private static final SimulatedFrame FRAME = new FrameSimulator(
                    Instruments.ctio().config())
            .simulate(Frames.orderOneOnly().seed(9).build(), Frames.star());

    @Test
    void theImageReadsBackWithTheCamerasCards() throws Exception {
        try (Fits fits = new Fits(new ByteArrayInputStream(FrameFiles.imageBytes(FRAME)))) {
            BasicHDU<?> hdu = fits.readHDU();
            float[][] pixels = (float[][]) hdu.getKernel();
            assertThat(pixels).hasDimensions(400, 2048);
            assertThat(pixels[150][1200]).isEqualTo(FRAME.adu()[150 * 2048 + 1200]);
            Header header = hdu.getHeader();
            assertThat(header.getStringValue("INSTRUME")).isEqualTo("cfccd");
            assertThat(header.getStringValue("FILTER1")).isEqualTo("dia");
            assertThat(header.getStringValue("FILTER2")).isEqualTo("test");
            assertThat(header.getIntValue("XLENGTH")).isEqualTo(2048);
            assertThat(header.getDoubleValue("GTGAIN22")).isEqualTo(3);
            assertThat(header.getDoubleValue("GTRON11")).isEqualTo(12);
            assertThat(header.getDoubleValue("EXPTIME")).isEqualTo(120);
            assertThat(header.getDoubleValue("OUTPRESS")).isEqualTo(784);
            assertThat(header.getBooleanValue("SIMULATE")).isTrue();
        }
    }

    /** The header of reduc_20170530_134 has HA 01:52:42.92, ZD 27.887 (with refraction) and that date and time. */
    @Test
    void pointingTimeAndAirmassBelongTogether() throws Exception {
        try (Fits fits = new Fits(new ByteArrayInputStream(FrameFiles.imageBytes(FRAME)))) {
            Header header = fits.readHDU().getHeader();
            assertThat(header.getStringValue("HA")).isEqualTo("01:52:42.92");
            assertThat(header.getStringValue("DEC")).isEqualTo("-18:33:27.78");
            assertThat(header.getStringValue("RA")).isEqualTo("12:53:08.10");
            assertThat(header.getStringValue("DATE-OBS")).startsWith("2017-05-31T02:53:");
            assertThat(header.getDoubleValue("ZD")).isCloseTo(28.0672, within(1e-3));
            assertThat(header.getDoubleValue("AIRMASS"))
                    .isCloseTo(1 / Math.cos(Math.toRadians(28.067232)), within(2e-6));
        }
    }

    @Test
    void theTruthIsATableWithUnits(@TempDir Path folder) throws Exception {
        Path image = FrameFiles.write(FRAME, folder, "sim_1");
        assertThat(image).isEqualTo(folder.resolve("sim_1.fits")).exists();
        try (var files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("sim_1.fits", "sim_1_truth.fits", "sim_1_truth.csv");
        }
        try (Fits fits = new Fits(folder.resolve("truth/sim_1_truth.fits").toFile())) {
            Header primary = fits.getHDU(0).getHeader();
            assertThat(primary.getDoubleValue("X0_T")).isEqualTo(743.7);
            assertThat(primary.getDoubleValue("ROT_T")).isEqualTo(-1.5);
            assertThat(primary.getDoubleValue("D2CCD_T")).isEqualTo(55.45);
            BinaryTableHDU table = (BinaryTableHDU) fits.getHDU(1);
            assertThat(table.getHeader().getStringValue("EXTNAME")).isEqualTo("TRUTH");
            assertThat(table.getHeader().getStringValue("TUNIT1")).isEqualTo("nm");
            double[] lambda = (double[]) table.getColumn("LAMBDA");
            double[] flux = (double[]) table.getColumn("FLUX");
            assertThat(lambda).isEqualTo(FRAME.truth().lambdaNm()).isSorted();
            assertThat(flux).isEqualTo(FRAME.truth().flux());
            assertThat(table.getColumn("GAMMA")).isNotNull();
        }
    }

    @Test
    void theTruthIsWrittenAsCsv(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("truth.csv");
        FrameFiles.writeTruthCsv(FRAME.truth(), file);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(FRAME.truth().lambdaNm().length + 1);
        assertThat(lines.get(0)).startsWith("# wavelength_nm,flux_erg_s_cm2_nm");
        String[] fields = lines.get(11).split(",", -1);
        assertThat(Double.parseDouble(fields[0])).isCloseTo(FRAME.truth().lambdaNm()[10], within(5e-4));
        assertThat(Double.parseDouble(fields[1]) / FRAME.truth().flux()[10]).isCloseTo(1, within(1e-6));
    }

    @Test
    void sexagesimalCarriesAndKeepsTheSign() {
        assertThat(SimulatedHeader.sexagesimal(-0.5)).isEqualTo("-00:30:00.00");
        assertThat(SimulatedHeader.sexagesimal(11.9999999999)).isEqualTo("12:00:00.00");
        assertThat(SimulatedHeader.sexagesimal(0)).isEqualTo("00:00:00.00");
    }
}
