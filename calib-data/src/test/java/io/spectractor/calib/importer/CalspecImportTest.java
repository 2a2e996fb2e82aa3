package io.spectractor.calib.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.Table;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalspecImportTest {
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
    void aSpectrumOfCalspecAndItsStar() throws IOException {
        Path calspec = Files.createDirectories(folder.resolve("in/calspec"));
        Files.write(calspec.resolve("hd160617_stis_006.fits"), CalspecFiles.flat("HD160617", 3e-13f));
        Files.write(calspec.resolve("16cygb_stis_005.fits"), CalspecFiles.flat("16CYGB", 1e-12f));
        Files.write(calspec.resolve("nobody_stis_001.fits"), CalspecFiles.flat("NOBODY", 1e-12f));
        write(
                "calspec/calspec.csv",
                ",Star_name,Name,RA,Decl,Vr,HD_name\n2,16 CYG B,16cygb,19 41 51.973,+50 31 03.09,-27.7,HD186427\n");

        SpectractorImport.Result result = read();

        assertThat(Objects.requireNonNull(result.calibration()
                                .target("HD160617")
                                .orElseThrow()
                                .sed())
                        .at(600))
                .isCloseTo(3e-12, within(1e-18));
        var star = result.calibration().target("16 Cyg B").orElseThrow();
        assertThat(star.rightAscensionDeg()).isCloseTo(295.4665542, within(1e-6));
        assertThat(star.declinationDeg()).isCloseTo(50.5175250, within(1e-6));
        assertThat(star.redshift()).isCloseTo(-27.7 / 299_792.458, within(1e-12));
        assertThat(result.leftOut()).anyMatch(line -> line.contains("NOBODY"));
    }

    /** As those in Debian's python3-synphot and python3-pysynphot: other endings, and names that agree only with the file's. */
    @Test
    void spectraWhoseStarsHaveManyNames() throws IOException {
        Path calspec = Files.createDirectories(folder.resolve("in/calspec"));
        Files.write(calspec.resolve("grw_70d5824_stiswfcnic_003.fits"), CalspecFiles.flat("GRW+70D5824", 1e-13f));
        Files.write(calspec.resolve("alpha_lyr_stis_010.fits"), CalspecFiles.flat("HD172167", 1e-9f));
        write("calspec/calspec.csv", """
                ,Star_name,Name,RA,Decl,Vr,Simbad_Name,HD_name
                15,ALPHA LYR,alpha_lyr,18 36 56.336,+38 47 01.28,-21.0,Vega,HD172167
                35,GRW+70 5824,grw_70d5824,13 38 50.478,+70 17 07.64,,LAWD52,
                """);

        TableCalibration calibration = read().calibration();

        for (String name : List.of("Vega", "alpha lyr", "HD172167")) {
            assertThat(calibration.target(name)).as(name).map(Target::name).contains("HD172167");
        }
        for (String name : List.of("LAWD52", "GRW+70 5824", "grw+70d5824")) {
            assertThat(calibration.target(name)).as(name).map(Target::redshift).contains(0.0);
        }
    }

    /** As in the reference data of PyWiFeS: Å, per Å, compressed, the list of stars one folder up. */
    @Test
    void spectraOfCalspecAsText() throws IOException {
        Path text = Files.createDirectories(folder.resolve("in/text"));
        StringBuilder rows = new StringBuilder("# CALSPEC 2024 November\n");
        for (int a = 2500; a <= 9990; a += 5) {
            // a black body of 5000 K, whose continuation is known
            double nm = a / 10.0;
            double planck = 1e-13
                    * Math.pow(nm / 600, -5)
                    * Math.expm1(1.438777e7 / 600 / 5000)
                    / Math.expm1(1.438777e7 / nm / 5000);
            rows.append(a)
                    .append(' ')
                    .append(planck)
                    .append(" 1e-16 ")
                    .append(planck / 100)
                    .append('\n');
        }
        try (var out =
                new java.util.zip.GZIPOutputStream(Files.newOutputStream(text.resolve("gd_50_stis_009.txt.gz")))) {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }
        write("calspec.csv", ",Star_name,Name,RA,Decl,Vr,HD_name\n1,GD 50,gd_50,03 48 50.2,-00 58 31.2,,\n");

        TableCalibration calibration = read().calibration();

        Target star = calibration.target("gd50").orElseThrow();
        assertThat(star.sed().at(600)).isCloseTo(1e-12, within(1e-15));
        // 999 nm is measured, 1100 nm continued: ratio of Planck's law
        double ratio =
                Math.pow(1100.0 / 600, -5) * Math.expm1(1.438777e7 / 600 / 5000) / Math.expm1(1.438777e7 / 1100 / 5000);
        assertThat(star.sed().at(1100) / 1e-12).isCloseTo(ratio, within(0.01 * ratio));
        assertThat(star.sedOrigin().extrapolated()).isTrue();
        Table table = calibration.content().table("sed/GD50.csv");
        assertThat(table.header().get("measured")).contains("to 998.75 nm", "Planck");
        // two samples of 1e-15 per nm each, and a share of the next
        assertThat(table.number(600, "flux_err_stat")).isBetween(5e-16, 1e-15);
        assertThat(table.number(600, "flux_err_sys") / table.number(600, "flux_erg_s_cm2_nm"))
                .isCloseTo(0.01, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5000 1e-13 1e-16 | line 2: 3 columns",
                "5000 x 1e-16 1e-15 | line 2: 'x' is not a number",
                "5000 NaN 1e-16 1e-15 | line 2: 'NaN' is not finite",
                "3999 1e-13 1e-16 1e-15 | line 2: the wavelength does not exceed",
                "5000 1e-13 -1e-16 1e-15 | line 2: an error of -1.0E-16"
            })
    void damagedTextsOfCalspecAreNamed(String row, String message) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        write("gd_50_stis_009.txt", "4000 1e-13 1e-16 1e-15\n" + row + "\n");

        assertThatThrownBy(this::read).hasMessageContaining("gd_50_stis_009.txt, " + message);
    }
}
