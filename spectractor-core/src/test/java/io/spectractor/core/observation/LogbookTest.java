package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogbookTest {
    /** The layout of the CTIO logbook: bare CR, semicolons, decimal commas, a blank first title. */
    private static final String CTIO = String.join(
            "\r",
            ";date;object;disperser;airmass;file;Obj-posXpix;Obj-posYpix;Dx;Dy;comment;skip",
            "3;2017-05-30;HD111980;HoloAmAg;1,131;reduc_20170530_134.fits;791,5;703;100;120;ronde atmosph\u008fre;",
            "1;2017-05-30;bias;Ron400;1,181;reduc_20170630_001.fits;;;;;;",
            "2;2017-06-08;HD205905;Ron400;1,2;reduc_20170608_119.fits;;600;;;;1",
            "4;2017-06-08;HD205905;Ron400;1,2;reduc_20170608_120.fits;500;;;;;",
            "5;2017-06-08;HD205905;Ron400;1,2;reduc_20170608_121.fits;;600;;;;",
            "6;2017-06-08;HD205905;Ron400;1,2;reduc_20170608_122.fits;500;600;;;;skip");

    private static Logbook read(String text) {
        return Logbook.read(text.getBytes(StandardCharsets.ISO_8859_1), "log.csv");
    }

    @Test
    void readsTheDialectOfTheCtioLogbook() {
        Logbook logbook = read(CTIO);
        assertThat(logbook.entries()).hasSize(6);
        LogbookEntry entry = logbook.entries().get(0);
        assertThat(entry.row()).isEqualTo(2);
        assertThat(entry.xPx()).isEqualTo(791.5);
        assertThat(entry.comment()).isEqualTo("ronde atmosphère");
        assertThat(logbook.decide("reduc_20170530_134.fits")).isInstanceOfSatisfying(Logbook.Usable.class, usable -> {
            assertThat(usable.request("sim_20170530_134.fits"))
                    .isEqualTo(new ExposureRequest(
                            "sim_20170530_134.fits",
                            "HD111980",
                            null,
                            "HoloAmAg",
                            new PixelPosition(791.5, 703),
                            100,
                            120));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "reduc_20170630_001.fits,a bias exposure",
        "reduc_20170608_119.fits,marked '1' in the logbook''s skip column",
        "reduc_20170608_120.fits,no Obj-posYpix in the logbook",
        "reduc_20170608_121.fits,no Obj-posXpix in the logbook",
        "reduc_20170608_122.fits,marked 'skip' in the logbook''s skip column"
    })
    void skippedImagesHaveTheirReason(String file, String reason) {
        assertThat(read(CTIO).decide(file))
                .isInstanceOfSatisfying(
                        Logbook.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isEqualTo(reason.replace("''", "'")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reduc_20170530_134.fits",
                "reduc_20170530_134.fits.gz",
                "reduc_20170530_134.fits.fz",
                "REDUC_20170530_134.FITS",
                "/data/night/sim_20170530_134.fits.gz",
                "reduc_20170530_134"
            })
    void filesAreFoundHoweverTheyArePacked(String name) {
        assertThat(read(CTIO).find(name)).map(LogbookEntry::object).contains("HD111980");
    }

    @Test
    void unknownFilesAreUnknown() {
        assertThat(read(CTIO).decide("reduc_1.fits")).isEqualTo(new Logbook.Unknown("reduc_1.fits"));
    }

    @Test
    void aSimulatedImageMayHaveItsOwnRow() {
        Logbook logbook = read("file,object,Obj-posXpix,Obj-posYpix\nreduc_1.fits,A,1,2\nsim_1.fits,B,3,4\n");
        assertThat(logbook.find("sim_1.fits")).map(LogbookEntry::object).contains("B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aSmallLogbookOfOnesOwnWorks(String lineEnd) {
        String text = String.join(
                lineEnd,
                "file,object,disperser,Obj-posXpix,Obj-posYpix",
                "a.fits,HD 1,Thor300,745.25,643",
                "\"b.fits\",\"PNG, the \"\"small\"\"\",,\"7,5\",8",
                ",,,,",
                "");
        Logbook logbook = read("\u00ef\u00bb\u00bf" + text);
        assertThat(logbook.entries()).hasSize(2);
        LogbookEntry first = logbook.entries().get(0);
        assertThat(first.xPx()).isEqualTo(745.25);
        assertThat(first.disperser()).isEqualTo("Thor300");
        assertThat(first.windowXPx()).isNull();
        assertThat(first.skipMark()).isEmpty();
        LogbookEntry second = logbook.entries().get(1);
        assertThat(second.object()).isEqualTo("PNG, the \"small\"");
        assertThat(second.disperser()).isNull();
        assertThat(second.xPx()).isEqualTo(7.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# by X, at the 0.9 m; seeing 1\" good\n# \"Mephisto, file, object\n\nfile,object,x,y\n# moved, \"here\na.fits,S,7.5,8\n",
                "# file, object and place\n#file;object;x;y\na.fits;S;7,5;8,0\n",
                "# night 1\r\n# a b, c d\r\nfile object x y\r\na.fits S 7.5 8\r\n",
                "#file\tobject\tx\ty\n# nothing\na.fits\tS\t7.5\t8"
            })
    void linesThatStartWithAHashAreRemarks(String text) {
        Logbook logbook = read(text);
        assertThat(logbook.entries()).hasSize(1);
        assertThat(logbook.entries().get(0).file()).isEqualTo("a.fits");
        assertThat(logbook.entries().get(0).xPx()).isEqualTo(7.5);
        assertThat(logbook.decide("a.fits")).isInstanceOf(Logbook.Usable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.fi", "b.fits,HD1119", "b.fits,HD111980,71", "b.fits,HD111980,716,77"})
    void aLogbookCutInTheMiddleOfALineLosesThatRowAlone(String cut) {
        Logbook logbook = read("file,object,x,y,disperser\na.fits,HD111980,716,778,Ron400\n" + cut);
        assertThat(logbook.decide("a.fits")).isInstanceOf(Logbook.Usable.class);
        assertThat(logbook.decide("b.fits")).isNotInstanceOf(Logbook.Usable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the logbook is empty",
                "'[\"..\\U'|not valid JSON",
                "'<!DOCTYPE html><html>'|is an HTML or XML page",
                "'file,date\nx,y'|no column for the star (object, target, targetname, objectname) among the titles, which are file, date",
                "'file,file,object,Obj-posXpix,Obj-posYpix'|row 1: column file occurs twice",
                "'file,object,Obj-posXpix,Obj-posYpix\n\"x,y,1,2'|row 2: a double quote is never closed"
            })
    void malformedLogbooksAreNamedWithRowAndColumn(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LogbookException.class)
                .hasMessageStartingWith("log.csv: ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    /** A row that cannot be read concerns the image that asks for it, and no other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'file,object,Obj-posXpix,Obj-posYpix\nx,y,1\ngood,y,1,2'|row 2: 4 cells expected, 3 found",
                "'file,object,Obj-posXpix,Obj-posYpix\ngood,y,1,2\n\nx,y,1,2,3'|row 4: 4 cells expected, 5 found",
                "'file,object,Obj-posXpix,Obj-posYpix\nx,y,1,left\ngood,y,1,2'|row 2: column Obj-posYpix: 'left' is not a number",
                "'file,object,Obj-posXpix,Obj-posYpix\nx,y,Infinity,1\ngood,y,1,2'|row 2: column Obj-posXpix: 'Infinity' is not a finite",
                "'file,object,Obj-posXpix,Obj-posYpix,Dx\nx,y,1,2,-3\ngood,y,1,2,'|row 2: column Dx: '-3' is not a window",
                "'file,object,Obj-posXpix,Obj-posYpix\nx,y,1,2\ngood,y,1,2\nx,y,1,3'|rows 2 and 4 of the logbook say different",
                "'file,object,Obj-posXpix,Obj-posYpix\nx,y,1,2\ngood,y,1,2\nx,z,1,2'|rows 2 and 4 of the logbook say different"
            })
    void aBadRowIsThatImagesFailure(String text, String message) {
        Logbook logbook = read(text);
        assertThat(logbook.decide("good.fits")).isInstanceOf(Logbook.Usable.class);
        assertThat(logbook.decide("x.fits"))
                .isInstanceOfSatisfying(
                        Logbook.Invalid.class,
                        unusable -> assertThat(unusable.reason()).contains(message));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "False,true", "no,true", "'',true", "skip,false", "1,false", "True,false"})
    void zeroAndFalseAreNoMarks(String mark, boolean usable) {
        Logbook logbook = read("file,object,Obj-posXpix,Obj-posYpix,skip\nx,y,1,2," + mark);
        assertThat(logbook.decide("x.fit") instanceof Logbook.Usable).isEqualTo(usable);
    }

    @Test
    void aMissingLogbookIsNamed() {
        assertThatThrownBy(() -> Logbook.read(Path.of("no-such-logbook.csv")))
                .isInstanceOf(LogbookException.class)
                .hasMessage("no-such-logbook.csv: there is no such logbook; check --logbook");
    }

    /** Counts of spec/01 §5. */
    @Test
    void theRealLogbookHasTheKnownRows() {
        Logbook logbook = Logbook.read(TestFits.golden("../calib-source/logbook/ctiofulllogbook_jun2017_v5.csv"));
        assertThat(logbook.entries()).hasSize(3363);
        assertThat(usable(logbook, LogbookEntry::object).values().stream()
                        .mapToInt(i -> i)
                        .sum())
                .isEqualTo(2006);
        assertThat(usable(logbook, LogbookEntry::object))
                .isEqualTo(Map.of(
                        "HD205905", 731,
                        "HD160617", 457,
                        "HD111980", 441,
                        "HD185975", 353,
                        "PKS1510-089", 9,
                        "3C273", 8,
                        "PNG321.0+3.9", 4,
                        "PNG336.3-05.6", 3));
        assertThat(logbook.summary())
                .isEqualTo(
                        "2006 of 3363 rows can be extracted; semicolons, decimal commas; read object, disperser, file,"
                                + " Obj-posXpix, Obj-posYpix, Dx, Dy, comment, skip; passed over date, subdir, index, filter,"
                                + " airmass, exposure, focus, seeing and 4 more");
        assertThat(usable(logbook, entry -> Objects.requireNonNull(entry.disperser())))
                .isEqualTo(Map.of(
                        "Thor300", 442, "HoloAmAg", 442, "HoloPhP", 437, "HoloPhAg", 432, "Ron400", 185, "Ron200", 68));
        assertThat(logbook.entries()).anyMatch(entry -> entry.comment().endsWith("atmosphère"));
    }

    private static Map<String, Integer> usable(Logbook logbook, Function<LogbookEntry, String> key) {
        Map<String, Integer> counts = new TreeMap<>();
        for (LogbookEntry entry : logbook.entries()) {
            if (logbook.decide(entry) instanceof Logbook.Usable) {
                counts.merge(key.apply(entry), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Known answers of spec/01 §5. */
    @Test
    void theRealLogbookGivesTheKnownAnswers() {
        Logbook logbook = Logbook.read(TestFits.golden("../calib-source/logbook/ctiofulllogbook_jun2017_v5.csv"));
        assertThat(request(logbook, "reduc_20170605_028.fits"))
                .isEqualTo(new ExposureRequest(
                        "reduc_20170605_028.fits",
                        "PNG321.0+3.9",
                        null,
                        "HoloPhAg",
                        new PixelPosition(814, 585),
                        null,
                        null));
        assertThat(request(logbook, "reduc_20170530_134.fits"))
                .isEqualTo(new ExposureRequest(
                        "reduc_20170530_134.fits",
                        "HD111980",
                        null,
                        "HoloAmAg",
                        new PixelPosition(791, 703),
                        100,
                        100));
        assertThat(request(logbook, "reduc_20170603_020.fits").guess()).isEqualTo(new PixelPosition(830, 590));
        assertThat(request(logbook, "reduc_20170603_020.fits").target()).isEqualTo("PKS1510-089");
        assertThat(logbook.decide("reduc_20170608_119.fits"))
                .isInstanceOfSatisfying(
                        Logbook.Skipped.class,
                        skipped -> assertThat(skipped.entry().object()).isEqualTo("HD205905"));
        assertThat(logbook.decide("reduc_20170630_001.fits"))
                .isInstanceOfSatisfying(
                        Logbook.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isEqualTo("a bias exposure"));
    }

    @Test
    void aLogbookOfSeparatorsAloneIsEmpty() {
        byte[] bytes = ";;\n ;;\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Logbook.read(bytes, "log.csv"))
                .isInstanceOf(LogbookException.class)
                .hasMessageContaining("log.csv")
                .hasMessageContaining("empty");
    }

    private static ExposureRequest request(Logbook logbook, String file) {
        return ((Logbook.Usable) logbook.decide(file)).request(file);
    }
}
