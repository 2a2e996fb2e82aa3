package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.PixelPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandsTest {
    @TempDir
    Path folder = Path.of("");

    private FakeProgram program = new FakeProgram(Path.of(""));

    @BeforeEach
    void night() throws IOException {
        program = FakeProgram.withNight(folder);
    }

    @Test
    void aRunDoesWhatTheLogbookSays() throws IOException {
        program.image("reduc_9.fits", "ok");

        int code = program.run("run", "night", "--logbook", "logbook.csv", "--out", "out");

        assertThat(code).isEqualTo(10);
        assertThat(program.out())
                .contains("finished: 1 done, 1 failed, 1 skipped of 3 images")
                .contains("skipped:  1 a bias exposure");
        assertThat(program.err().lines().filter(l -> l.startsWith("FAILED")))
                .singleElement()
                .asString()
                .contains("reduc_9.fits: not a FITS file", "not in the logbook");
        assertThat(folder.resolve("out/reduc_1_spectrum.fits")).exists();
        assertThat(program.requests)
                .singleElement()
                .satisfies(r -> assertThat(r.guess()).isEqualTo(new PixelPosition(745, 643)));
    }

    @Test
    void optionsReachTheImagesAndTheStoredConfiguration() throws IOException {
        Files.writeString(folder.resolve("my.yaml"), "ccd:\n  rebin: 4\n  gain: 2.5\n");

        int code = program.run(
                "run",
                "night/*.fits",
                "-o",
                "out",
                "-c",
                "my.yaml",
                "--set",
                "ccd.rebin=2",
                "--extraction",
                "aperture",
                "--target",
                "HD111980",
                "--disperser",
                "Thor300",
                "--guess",
                "10,20.5",
                "--run-id",
                "mine");

        assertThat(code).isZero();
        assertThat(program.requests).hasSize(2).allSatisfy(r -> {
            assertThat(r.target()).isEqualTo("HD111980");
            assertThat(r.disperser()).isEqualTo("Thor300");
            assertThat(r.guess()).isEqualTo(new PixelPosition(10, 20.5));
        });
        assertThat(folder.resolve("out/_runs/mine/config.yaml"))
                .content()
                .contains("rebin: 2", "gain: 2.5", "method: aperture");
        assertThat(folder.resolve("out/_runs/mine/report.html")).exists();
    }

    @Test
    void jsonIsAllThatStandsOnStandardOutput() throws IOException {
        program.image("reduc_3.fits", "bad");

        assertThat(program.run("run", "night", "-o", "out", "--json")).isEqualTo(10);

        JsonNode result = Json.read(program.out(), JsonNode.class);
        assertThat(result.path("exitCode").asInt()).isEqualTo(10);
        assertThat(result.path("counts").path("done").asInt()).isEqualTo(2);
        assertThat(result.path("images").get(2).path("failure").path("message").asText())
                .contains("reduc_3.fits", "not a FITS file");
        assertThat(program.err()).contains("FAILED reduc_3.fits");
    }

    @Test
    void allFailedIsElevenAndTheStatusNamesEachCause() throws IOException {
        program.image("reduc_1.fits", "bad");
        program.image("reduc_2.fits", "bad");

        assertThat(program.run("run", "night", "-o", "out", "--max-failures", "1", "-w", "1"))
                .isEqualTo(11);
        assertThat(program.run("status", "out")).isZero();
        assertThat(program.out())
                .contains("interrupted (1 failed (--max-failures 1))", "1 not run", "1 unprocessable in read")
                .contains("  reduc_1.fits: not a FITS file");
    }

    /** A frame of which only the header is there. */
    private void frame(String name, String disperser) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String card : new String[] {
            "SIMPLE  =                    T",
            "NAXIS   =                    2",
            "OBSERVAT= 'CTIO    '",
            "FILTER2 = '" + disperser + "'",
            "END"
        }) {
            text.append(String.format("%-80s", card));
        }
        program.image(name, text + " ".repeat(2880 - text.length()));
    }

    @Test
    void aDisperserThatTheCalibrationLacksIsSaidBeforeTheFirstImage() throws IOException {
        frame("reduc_3.fits", "HoloAmAg");
        frame("reduc_4.fits", "Blue300");
        frame("reduc_5.fits", "Blue300");
        frame("reduc_6.fits", "Ron410");
        frame("reduc_7.fits", "dia");

        assertThat(program.run("run", "night", "-o", "out")).isEqualTo(2);
        assertThat(program.err())
                .contains(
                        "disperser Blue300, which the header of reduc_4.fits and 1 more names",
                        "disperser Ron410, which the header of reduc_6.fits names",
                        "did they mean Ron400?",
                        "There are HoloAmAg, ",
                        "calib import",
                        "--skip-unknown-dispersers")
                .doesNotContain("dia");
        assertThat(program.requests).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();

        assertThat(program.run("run", "night", "-o", "out", "--skip-unknown-dispersers"))
                .isEqualTo(10);
        assertThat(program.out()).contains("3 skipped", "disperser Blue300 is not among the calibration data");
        assertThat(program.requests).hasSize(4);

        assertThat(program.run("run", "night", "-o", "other", "--disperser", "HoloAmAg", "--dry-run"))
                .as("what an option says of all images needs no header")
                .isZero();
    }

    @Test
    void aDryRunTouchesNothing() {
        assertThat(program.run("run", "night", "-l", "logbook.csv", "-o", "out", "--dry-run"))
                .isZero();

        assertThat(program.out())
                .contains("reduc_1.fits  extract  target=HD111980  reference=known  guess=745.0,643.0")
                .contains("reduc_2.fits  skip  a bias exposure")
                .contains("1 of 2 images would be extracted");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(program.requests).isEmpty();
    }

    @Test
    void aDryRunTellsWhatIsThereAlready() throws IOException {
        program.run("run", "night/reduc_1.fits", "-o", "out");
        Files.writeString(folder.resolve("out/reduc_2_spectrum.fits"), "foreign");

        // the run itself would refuse for the foreign file, and the dry run says so
        assertThat(program.run("run", "night", "-o", "out", "-n", "--json")).isEqualTo(2);
        assertThat(program.out()).contains("kept if image and product are unchanged", "made otherwise");
        assertThat(program.err()).contains("reduc_2_spectrum.fits", "--overwrite");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rnu | unknown command or argument rnu; did you mean run?",
                "run night -o out --overwrit | unknown option --overwrit; did you mean --overwrite?",
                "run night | Missing required option: '--out=DIR'",
                "run -o out | Missing required parameter: 'INPUT'",
                "run none.fits -o out | input none.fits does not exist",
                "run night -o out --set ccd.rebinn=2 | did you mean ccd.rebin?",
                "run night -o out --config none.yaml | none.yaml does not exist",
                "run night -o out --scheduler spark | --scheduler spark is not in this program",
                "run night -o out --scheduler lokal | did you mean local?",
                "run night -o out --calib-delivery post | there are embedded, local, broadcast and remote",
                "run night -o out --calib /no.h5 | /no.h5: no such file or folder",
                "run night -o out --calib night | night: holds no table dispersers.csv",
                "run night -o out --calib logbook.csv --calib-delivery broadcast | logbook.csv: not a whole HDF5 file",
                "run night -o out --calib-delivery remote | does not fit --calib embedded",
                "run night -o out --calib hdfs://node/c.h5 | hdfs:// where Hadoop's libraries are",
                "run night -o out --calib http://127.0.0.1:1/c.h5#sha256=12 | is not a digest",
                "calib | which of its commands? 'calib list'",
                "calib verify none.h5 | none.h5: no such file or folder",
                "calib import night --out x.h5 | holds nothing that can be imported",
                "run night -o out --extraction psf3d | --extraction",
                "run night -o out --guess 12 | --guess 12: expected X,Y in pixels",
                "run night -o out --guess a,b | --guess a,b: expected X,Y in pixels",
                "run night -o out --workers 0 | --workers 0: must be 1 or more",
                "run night -o out --master local[2] | --master local[2] is for --scheduler spark, the scheduler is local",
                "run night -o hdfs://nn/out | cannot reach hdfs:// places",
                "run hdfs://nn/night -o out | hdfs://",
                "run night -o out --workers two | 'two' is not an int",
                "run night -o out --resume --overwrite | exclude each other",
                "run night -o out --disperser Thor30 | did you mean Thor300?",
                "run night -o out --set site.throughput=xyz | site.throughput = 'xyz' is not among the calibration data",
                "run night -o out --logbook none.csv | none.csv: there is no such logbook; check --logbook",
                "run night -o out --run-id a/b | run id 'a/b'",
                "run night -o logbook.csv | it is a file",
                "status night | holds no run",
                "cancel night | holds no run",
                "resume night | holds no run",
                "plot none.fits | none.fits does not exist",
                "plot a.fits b.fits --out x.png | --out names one picture",
                "calib show Thor30 | did you mean Thor300?",
                "config | which of its commands? 'config show' or 'config keys'",
                "config show --set psf.type=moff | expected one of gauss, moffat",
            })
    void wrongUsageIsTwoAndSaysWhatToDoBeforeAnyWork(String words, String message) {
        assertThat(program.run(words.split(" ", -1))).isEqualTo(2);

        assertThat(program.err()).contains(message).doesNotContain("\tat ");
        assertThat(program.out()).isEmpty();
        assertThat(program.requests).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void configShowPrintsWhatARunWouldUse() {
        assertThat(program.run("config", "show")).isZero();
        assertThat(program.out())
                .isEqualTo(ConfigPrinter.yaml(Instruments.ctio().config()));
        assertThat(program.run("config", "show", "--json", "--set", "ccd.rebin=2"))
                .isZero();
        assertThat(program.out()).contains("\"ccd.rebin\" : \"2\"");
        assertThat(program.run("config", "keys")).isZero();
        assertThat(program.out()).isEqualTo(ConfigPrinter.markdown());
    }

    @Test
    void anIniFileIsImportedAndWhatIsLeftOutIsSaid() throws IOException {
        Files.writeString(folder.resolve("ctio.ini"), "[CCD]\nCCD_REBIN = 2\nCCD_IMSIZE = 2048\n");

        assertThat(program.run("config", "show", "--config", "ctio.ini")).isZero();

        assertThat(program.out()).contains("rebin: 2");
        assertThat(program.err()).contains("not imported: CCD_IMSIZE = 2048: the size is read from the image");
    }

    @Test
    void calibrationDataAreListedAndShown() {
        assertThat(program.run("calib", "list")).isZero();
        assertThat(program.out()).contains("dispersers", "HoloAmAg", "HD111980", "nm  ");
        assertThat(program.run("calib", "show", "Thor300")).isZero();
        assertThat(program.out()).contains("grooves", "transmission");
        assertThat(program.run("calib", "show", "HD111980")).isZero();
        assertThat(program.out()).contains("position", "energy distribution");
    }

    @Test
    void aProductIsDrawnAndADamagedOneIsNamed() throws IOException {
        Files.writeString(folder.resolve("bad_spectrum.fits"), "no FITS");

        assertThat(program.run("plot", "bad_spectrum.fits")).isEqualTo(11);
        assertThat(program.err()).contains("FAILED").contains("bad_spectrum.fits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "status --help",
                "config show --help",
                "calib list -h",
                "demo --help",
                "simulate -h"
            })
    void helpIsAResult(String words) {
        assertThat(program.run(words.split(" ", -1))).isZero();
        assertThat(program.out()).contains("Usage: spectractor");
        assertThat(program.err()).isEmpty();
    }

    @Test
    void theVersionNamesCodeAndCalibration() {
        assertThat(program.run("--version")).isZero();
        assertThat(program.out()).contains("spectractor 0.", "calibration data", "formats: product 1.", "run 1.");
    }

    @Test
    void aBugIsThreeWithItsTrace() {
        program.onRun(control -> {
            throw new IllegalStateException("deliberate");
        });

        assertThat(program.run("run", "night", "-o", "out")).isEqualTo(3);
        assertThat(program.err()).contains("an internal error", "deliberate", "\tat ");
    }
}
