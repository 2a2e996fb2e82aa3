package io.spectractor.cli.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.batch.UsageException;
import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.astrometry.SkyStar;
import io.spectractor.core.config.ConfigException;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.Setting;
import io.spectractor.core.config.SettingsApplier;
import io.spectractor.core.instrument.Instruments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkyFilesTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private List<SkyStar> table(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return StarTables.read(file, notes::add);
    }

    private SkyData read(String wcs, String stars) {
        ExtractionConfig config = SettingsApplier.apply(
                Instruments.ctio().config(),
                List.of(new Setting("astrometry.wcs", wcs, "test"), new Setting("astrometry.stars", stars, "test")));
        return SkyFiles.read(config, folder, notes::add);
    }

    @Test
    void gaiaAsCsv() throws IOException {
        List<SkyStar> stars = table("gaia.csv", """
                source_id,ra,dec,pmra,pmdec,ref_epoch,phot_g_mean_mag,bp_rp
                1,193.31387874,-18.52522967,314.62,-802.79,2015.5,8.21,0.72
                2,193.2,-18.6,,,2015.5,15.1,
                """);
        assertThat(stars).hasSize(2);
        SkyStar first = stars.get(0);
        assertThat(first.raDeg()).isEqualTo(193.31387874);
        assertThat(first.decDeg()).isEqualTo(-18.52522967);
        // STIL keeps numbers of few digits as floats
        assertThat(first.pmRaMas()).isCloseTo(314.62, within(1e-4));
        assertThat(first.pmDecMas()).isCloseTo(-802.79, within(1e-4));
        assertThat(first.epoch()).isEqualTo(2015.5);
        assertThat(first.magnitude()).isCloseTo(8.21, within(1e-6));
        assertThat(first.temperatureK()).isCloseTo(SkyStar.temperatureOf(0.72), within(0.01));
        assertThat(stars.get(1).pmRaMas()).isZero();
        assertThat(notes).singleElement().asString().contains("2 stars").contains("epoch ref_epoch");
    }

    @Test
    void ecsvWithUnits() throws IOException {
        List<SkyStar> stars = table("gaia.ecsv", """
                # %ECSV 1.0
                # ---
                # datatype:
                # - {name: ra, unit: deg, datatype: float64}
                # - {name: dec, unit: deg, datatype: float64}
                # - {name: pmra, unit: arcsec / yr, datatype: float64}
                # - {name: pmdec, unit: arcsec / yr, datatype: float64}
                # - {name: phot_g_mean_mag, unit: mag, datatype: float32}
                ra dec pmra pmdec phot_g_mean_mag
                10.5 -3.25 0.1 -0.2 12.5
                """);
        assertThat(stars.get(0).pmRaMas()).isCloseTo(100, within(1e-9));
        assertThat(stars.get(0).pmDecMas()).isCloseTo(-200, within(1e-9));
        assertThat(stars.get(0).epoch()).isEqualTo(2016);
        assertThat(notes.get(0)).contains("epoch 2016.0, assumed");
    }

    @Test
    void vizierAsVotable() throws IOException {
        List<SkyStar> stars = table(
                "vizier.vot",
                "<VOTABLE version='1.3' xmlns='http://www.ivoa.net/xml/VOTable/v1.3'><RESOURCE><TABLE>"
                        + "<FIELD name='RA_ICRS' datatype='double' unit='deg'/>"
                        + "<FIELD name='DE_ICRS' datatype='double' unit='deg'/>"
                        + "<FIELD name='pmRA' datatype='double' unit='mas/yr'/>"
                        + "<FIELD name='pmDE' datatype='double' unit='mas/yr'/>"
                        + "<FIELD name='Gmag' datatype='float' unit='mag'/><DATA><TABLEDATA>"
                        + "<TR><TD>10.5</TD><TD>-3.25</TD><TD>7</TD><TD>8</TD><TD>12.5</TD></TR>"
                        + "</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>");
        assertThat(stars).containsExactly(new SkyStar(10.5, -3.25, 7, 8, 2016, 12.5, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,mag;a,5                  | has no column of the right ascension | it has name, mag",
                "ra,mag;10,5                   | has no column of the declination     | dej2000",
                "ra,dec;12:53:15.05,-18:31:20  | column ra is sexagesimal             | decimal degrees are needed",
                "ra,dec;east,5                 | row 1                                | ra = 'east' is not a number",
                "ra,dec;400,5                  | row 1                                | is not a position in degrees",
                "ra,dec;nan,nan                | has no row with a position           | bad.csv",
            })
    void whatIsNoTableOfStarsIsNamed(String text, String first, String second) {
        assertThatThrownBy(() -> table("bad.csv", text.strip().replace(";", "\n") + "\n"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("astrometry.stars: ")
                .hasMessageContainingAll("bad.csv", first, second);
    }

    @Test
    void radiansAreRefused() {
        assertThatThrownBy(() -> table("rad.ecsv", """
                        # %ECSV 1.0
                        # ---
                        # datatype:
                        # - {name: ra, unit: rad, datatype: float64}
                        # - {name: dec, unit: rad, datatype: float64}
                        ra dec
                        3.37 -0.32
                        """))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("column ra is in rad; degrees are needed");
    }

    private static String header(String type) {
        StringBuilder text = new StringBuilder();
        for (String card : List.of(
                "CTYPE1  = '" + type + "'",
                "CTYPE2  = 'DEC--TAN'",
                "CRVAL1  = 193.3",
                "CRVAL2  = -18.5",
                "CRPIX1  = 700",
                "CRPIX2  = 600",
                "CD1_1   = -1.1E-4",
                "CD1_2   = 0",
                "CD2_1   = 0",
                "CD2_2   = -1.1E-4",
                "COMMENT nothing",
                "END")) {
            text.append(String.format(Locale.ROOT, "%-80s", card));
        }
        return text.toString();
    }

    @Test
    void aFolderHasAHeaderForEachImage() throws IOException {
        Path wcs = Files.createDirectory(folder.resolve("wcs"));
        Files.writeString(wcs.resolve("a.wcs"), header("RA---TAN"));
        Files.writeString(wcs.resolve("b.wcs"), header("RA---ZEA"));
        SkyData sky = read("wcs", "");
        assertThat(sky.headers()).containsOnlyKeys("a", "b");
        assertThat(sky.cards("night/a.fits")).containsEntry("CRVAL1", "193.3").doesNotContainKey("COMMENT");
        assertThat(notes).containsExactly("world coordinates of 2 images in " + wcs);
    }

    @Test
    void oneFileIsCheckedAtOnceAndCardsMayStandOnLines() throws IOException {
        Files.writeString(folder.resolve("good.wcs"), header("RA---TAN").replaceAll("(.{80})", "$1\n"));
        assertThat(read("good.wcs", "").cards("any.fits")).containsEntry("CRPIX1", "700");
        Files.writeString(folder.resolve("bad.wcs"), header("RA---ZEA"));
        assertThatThrownBy(() -> read("bad.wcs", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("bad.wcs", "CTYPE 'RA---ZEA' is not understood");
        assertThatThrownBy(() -> read("none.wcs", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("there is no", "none.wcs", "header or auto");
        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> read("empty", "")).hasMessageContaining("no file of the folder");
    }

    @Test
    void starsNeedWorldCoordinates() {
        assertThatThrownBy(() -> read("", "gaia.csv"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a table of stars needs world coordinates");
    }
}
