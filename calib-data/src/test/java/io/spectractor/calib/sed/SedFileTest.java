package io.spectractor.calib.sed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.calib.importer.CalspecFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SedFileTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Rows from 400 to 1000 nm in steps of 10 nm; flux 2 at 500 nm, 1 elsewhere. */
    private static String rows(double perNm, String separator) {
        StringBuilder rows = new StringBuilder();
        for (int nm = 400; nm <= 1000; nm += 10) {
            rows.append(String.format(Locale.ROOT, "%.6g", nm * perNm))
                    .append(separator)
                    .append(nm == 500 ? "2e-13" : "1e-13")
                    .append('\n');
        }
        return rows.toString();
    }

    private static void holdsThePeak(SedFile sed, double unit) {
        int at = 0;
        while (sed.lambdaNm()[at] < 499) {
            at++;
        }
        assertThat(sed.lambdaNm()[at]).isCloseTo(500, within(0.01));
        assertThat(sed.flux()[at]).isCloseTo(2e-13 * unit, within(1e-18 * unit));
        assertThat(sed.lambdaNm()[0]).isEqualTo(300);
        assertThat(sed.lambdaNm()[sed.lambdaNm().length - 1]).isEqualTo(1120);
        assertThat(sed.note()).contains("61 points", "400.0 to 1000.0 nm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | '' | 1",
                "10 | '' | 1",
                "1 | 'wavelength_nm,flux' | 1",
                "10 | 'wavelength (Angstrom),flux (erg/s/cm2/AA)' | 10",
                "0.001 | 'lambda_um,flux (W/m2/um)' | 1",
                "1 | 'wavelength (nm),flux (W m-2 nm-1)' | 1000",
                "1 | 'wl [nm],flux [W/m**2/nm]' | 1000",
                "1e-9 | 'wavelength (m),flux' | 1"
            })
    void tablesWithCommas(double perNm, String header, double unit) throws IOException {
        Path path = file("star.csv", (header.isEmpty() ? "" : header + "\n") + rows(perNm, ","));

        holdsThePeak(SedFile.read(path), unit);
    }

    @Test
    void textInColumnsAndCalspecAsText() throws IOException {
        holdsThePeak(SedFile.read(file("star.txt", "# mine\n" + rows(1, "  "))), 1);
        String calspec = "# CALSPEC 2024 November\n# Wavelength(A)  Flambda(erg/s/cm2/A)  ErrStat(erg/s/cm2/A)\n";
        holdsThePeak(SedFile.read(file("calspec.txt", calspec + rows(10, "  "))), 10);
    }

    /** As astropy writes it. */
    @Test
    void ecsv() throws IOException {
        String header = """
                # %ECSV 1.0
                # ---
                # datatype:
                # - {name: wavelength, unit: nm, datatype: float64}
                # - {name: flux, unit: W / (nm m2), datatype: float64}
                # schema: astropy-2.0
                wavelength flux
                """;

        holdsThePeak(SedFile.read(file("xp.ecsv", header + rows(1, " "))), 1000);
    }

    @Test
    void fitsOfCalspec() throws IOException {
        Path path = folder.resolve("star.fits");
        Files.write(path, CalspecFiles.flat("X", 1e-13f));

        SedFile sed = SedFile.read(path);

        // no TUNIT: the scale is free
        assertThat(sed.lambdaNm()[0]).isEqualTo(200);
        assertThat(sed.flux()[700]).isCloseTo(1e-13, within(1e-19));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "900,1e-13 | line 62: wavelength 900.0 does not exceed the one before; sort the rows",
                "1010, | line 62: a value is missing",
                "1010,nan | line 62: a value is missing",
                "1010,x | line 62: 'x' is not a number",
                "1010,-1e-12 | line 62: flux -1.0E-12 lies below zero",
                "1010 | line 62: 1 columns"
            })
    void badRowsAreNamed(String row, String message) throws IOException {
        Path path = file("bad.csv", rows(1, ",") + row + "\n");

        assertThatThrownBy(() -> SedFile.read(path)).hasMessageContaining("bad.csv, " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wavelength (furlong),flux | in 'furlong'; give them in nm",
                "wavelength (nm),flux (Jy) | in 'Jy'; energy per wavelength is wanted",
                "wavelength (nm),flux (parsec) | 'parsec' are not understood",
                "a,b | has the columns a, b; call one 'wavelength'"
            })
    void unitsAndNamesThatAreNotUnderstood(String header, String message) throws IOException {
        Path path = file("bad.csv", header + "\n" + rows(1, ","));

        assertThatThrownBy(() -> SedFile.read(path))
                .hasMessageContaining("bad.csv")
                .hasMessageContaining(message);
    }

    @Test
    void lessThanHalfTheSpectrumIsRefused() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int nm = 400; nm <= 700; nm += 10) {
            rows.append(nm).append(" 1\n");
        }
        Path path = file("short.txt", rows.toString());

        assertThatThrownBy(() -> SedFile.read(path)).hasMessageContaining("covers 400 to 700 nm, less than half");
    }

    @Test
    void smallNegativeFluxesAreNone() throws IOException {
        SedFile sed = SedFile.read(file("m.csv", rows(1, ",").replaceFirst("1e-13", "-2e-15")));

        assertThat(sed.flux()[1]).isZero();
        assertThat(sed.note()).contains("1 small negative fluxes");
    }

    @Test
    void anEmptyFileIsNoSpectrum() throws IOException {
        Path path = file("empty.csv", "");

        assertThatThrownBy(() -> SedFile.read(path)).hasMessageContaining("holds no spectrum");
    }
}
