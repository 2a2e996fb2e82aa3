package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logbooks of other telescopes, as their observers write them. */
class ObserversLogbookTest {
    private static Logbook read(String text) {
        return Logbook.read(text.getBytes(StandardCharsets.UTF_8), "log");
    }

    private static ExposureRequest request(Logbook logbook, String file) {
        return ((Logbook.Usable) logbook.decide(file)).request(file);
    }

    /** The same row however its columns are called and parted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "file;object;disperser;Obj-posXpix;Obj-posYpix!a.fits;HD 1;Ron400;10,5;20",
                "File Name,Target,Grating,x [px],y [px]!a.fits,HD 1,Ron400,10.5,20.0",
                "# filename | Star | grism | xpos | ypos!a.fits | HD 1 | Ron400 | 10.5 | 20",
                "# filename star disperser x y!a.fits \"HD 1\"   Ron400 10.5  20",
                "image\tOBJECT\tDISPERSER\tTARGETX\tTARGETY!/data/a.fits.fz\tHD 1\tRon400\t1.05e1\t20"
            })
    void columnsAreFoundByTheirNames(String titles, String row) {
        assertThat(request(read(titles + "\n" + row), "a.fits"))
                .isEqualTo(
                        new ExposureRequest("a.fits", "HD 1", null, "Ron400", new PixelPosition(10.5, 20), null, null));
    }

    @Test
    void remarksMayStandAboveTheTitlesAndBetweenRows() {
        Logbook logbook = read("Night of 12 March, thin clouds\n\nfile,object,seeing\n# focus\na.fits,HD 1,1.2\n");

        assertThat(logbook.entries()).hasSize(1);
        assertThat(request(logbook, "a.fits").target()).isEqualTo("HD 1");
        assertThat(logbook.summary())
                .isEqualTo("1 of 1 rows can be extracted; commas; read file, object; passed over seeing; no positions:"
                        + " order 0 is looked for");
    }

    @ParameterizedTest
    @CsvSource({
        "HD 1,science,holo,good,true",
        "HD 1,science,holo,junk,false",
        "HD 1,science,empty,,false",
        "HD 1,bias,holo,,false",
        "HD 1,CWFS,holo,,false",
        "FlatField position,engtest,holo,,false",
        "Sky flat evening,object,holo,,false",
        "Park position,engtest,holo,,false",
        "Flatley's star,object,holo,,true",
        "Zerkon 5,object,holo,,true"
    })
    void whatHasNoSpectrumIsSkipped(String object, String kind, String disperser, String quality, boolean usable) {
        Logbook logbook = read("file,object,image type,disperser,quality\na.fits," + object + "," + kind + ","
                + disperser + "," + (quality == null ? "" : quality));

        assertThat(logbook.decide("a.fits") instanceof Logbook.Usable).isEqualTo(usable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "{\"1\": {\"Exposure id\": 2023091200264, \"Target\": \"HD 1\", \"Airmass\": null, \"RA\": 1.5e2}}",
                "[{\"dayObs\": 20230912, \"seqNum\": 264, \"object\": \"HD 1\"}]",
                "{\"night\": \"x\", \"exposures\": [{\"day_obs\": \"2023-09-12\", \"seq_num\": 264, \"object\": \"HD 1\", \"tags\": []}]}",
                "[\t{\"file\": \"exposure_2023091200264_pseudo-postisrccd.fits\", \"dayobs\":20230912, \"seqnum\":264, \"object\": \"HD 1\"}]"
            })
    void listsInJsonGoByTheNumberOfTheExposure(String json) {
        Logbook logbook = read(json);

        for (String name : new String[] {
            "exposure_2023091200264_pseudo-postisrccd.fits",
            "AT_O_20230912_000264_R00_S00.fits.fz",
            "2023091200264.fits"
        }) {
            assertThat(request(logbook, name).target()).isEqualTo("HD 1");
        }
        assertThat(logbook.decide("AT_O_20230912_000265.fits")).isInstanceOf(Logbook.Unknown.class);
        assertThat(logbook.summary()).startsWith("1 of 1 rows can be extracted; JSON; read ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "[{\"file\": \"a.fits\",!log: line 1: not valid JSON",
                "{\"night\": 1}!log: no list of exposures",
                "file,object,x!log: not a logbook: no column for the position in y",
                "object,airmass!log: not a logbook: no column for the file (file, filename, fits, fitsfile) or the exposure"
            })
    void whatIsNoLogbookIsNamed(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LogbookException.class)
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("\n");
    }

    /** Frozen from this reader, after a look at the reasons to skip. */
    @ParameterizedTest
    @CsvSource({
        "allobs_logbook_PicDuMidi_20190215_v4_filter_None.csv,538,538",
        "auxtel_2023_09_12.json,434,262",
        "auxtellogbook_empty~holo4_003_20230912_v7.0.csv,23,23",
        "ctiofulllogbook_jun2017_V2.csv,2546,157"
    })
    void realLogbooksAreReadAsTheyAre(String file, int rows, int usable) {
        String shared = System.getenv("SPECTRACTOR_SHARED");
        Assumptions.assumeTrue(shared != null, "SPECTRACTOR_SHARED is not set");
        Path path = Path.of(shared, "real/logbooks", file);
        Assumptions.assumeTrue(Files.exists(path));

        Logbook logbook = Logbook.read(path);

        assertThat(logbook.entries()).hasSize(rows);
        assertThat(logbook.summary()).startsWith(usable + " of " + rows + " rows can be extracted");
        if (file.endsWith(".json")) {
            assertThat(request(logbook, "AT_O_20230912_000264.fits").target()).isEqualTo("Feige110");
        }
    }
}
