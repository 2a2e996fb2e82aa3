package io.spectractor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.batch.UsageException;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.instrument.Instruments;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("slow")
class SimulateCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private record Ended(int exit, String out, String error) {}

    private static Ended simulate(String... options) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        int exit = new CommandLine(new SimulateCommand(
                        EmbeddedCalibration::load,
                        name -> Instruments.named(name).orElseThrow()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(error))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    error.append(String.valueOf(e.getMessage()));
                    return e instanceof UsageException ? 2 : 3;
                })
                .execute(options);
        return new Ended(exit, out.toString(), error.toString());
    }

    private static Header header(Path file) throws Exception {
        try (Fits fits = new Fits(file.toFile())) {
            return fits.getHDU(0).getHeader();
        }
    }

    private static float[][] pixels(Path file) throws Exception {
        try (Fits fits = new Fits(file.toFile())) {
            return (float[][]) fits.getHDU(0).getKernel();
        }
    }

    @Test
    void aBenchHasItsLamp() throws Exception {
        Path out = folder.resolve("bench");
        Ended ended = simulate("--instrument", "lpnhe", "--out", out.toString());
        assertThat(ended.exit()).as(ended.error()).isZero();
        assertThat(ended.out()).contains("1 frame of Hg-Ar through ronchi90lpmm");
        try (Fits fits = new Fits(out.resolve("sim_20240624_001.fits").toFile())) {
            Header second = fits.getHDU(2).getHeader();
            assertThat(second.getStringValue("EXTNAME")).isEqualTo("CHAN_14");
            assertThat(second.getStringValue("DATASEC")).isEqualTo("[11:522,1:2002]");
            assertThat(second.getStringValue("BIASSEC")).isEqualTo("[523:586,1:2002]");
            assertThat(second.getStringValue("DETSEC")).isEqualTo("[1:512,4004:2003]");
        }
    }

    @Test
    void aTelescopeInTheNorthHasAStarThatRises() {
        Ended ended = simulate(
                "--instrument", "stardice", "--out", folder.resolve("north").toString());
        assertThat(ended.exit()).as(ended.error()).isZero();
        assertThat(ended.out()).contains("1 frame of BD+17 4708 through star_analyzer_200");
    }

    @Test
    void writesFramesTruthAndLogbook() throws Exception {
        Path sims = folder.resolve("sims");
        Ended ended = simulate("--count", "2", "--disperser", "Thor300", "--seed", "4", "--out", sims.toString());
        assertThat(ended.exit()).as(ended.error()).isZero();
        assertThat(sims.resolve("sim_20170530_001.fits")).isRegularFile();
        assertThat(sims.resolve("sim_20170530_002.fits")).isRegularFile();
        assertThat(sims.resolve("truth/sim_20170530_002_truth.csv")).isRegularFile();
        assertThat(Files.readAllLines(sims.resolve("logbook.csv"))).hasSize(3);
        assertThat(ended.out()).contains("spectractor run " + sims);
    }

    @Test
    void aFlatMustBeThereAndFitTheChip() throws Exception {
        Path small = folder.resolve("flat.fits");
        try (Fits fits = new Fits()) {
            fits.addHDU(Fits.makeHDU(new float[][] {{1, 1, 1}, {1, 1, 1}}));
            fits.write(small.toFile());
        }
        Path out = folder.resolve("sims");
        Ended wrong = simulate("--flat", small.toString(), "--out", out.toString());
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.error()).contains("--flat", "3 x 2", "2048 x 2048");
        Ended missing = simulate("--flat", folder.resolve("none.fits").toString(), "--out", out.toString());
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.error()).contains("--flat", "none.fits", "no such file");
        assertThat(out).doesNotExist();
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        Path once = folder.resolve("once");
        Path again = folder.resolve("again");
        Path other = folder.resolve("other");
        simulate("--seed", "9", "--hot-columns", "2", "--out", once.toString());
        simulate("--seed", "9", "--hot-columns", "2", "--out", again.toString());
        simulate("--seed", "10", "--hot-columns", "2", "--out", other.toString());
        List<Path> files;
        try (Stream<Path> walk = Files.walk(once)) {
            files = walk.filter(Files::isRegularFile).map(once::relativize).toList();
        }
        assertThat(files).hasSize(5);
        for (Path file : files) {
            assertThat(Files.mismatch(once.resolve(file), again.resolve(file)))
                    .as(file.toString())
                    .isEqualTo(-1);
        }
        String frame = "sim_20170530_001.fits";
        assertThat(Files.mismatch(once.resolve(frame), other.resolve(frame))).isNotNegative();
    }

    @Test
    void whatTheOptionsFixIsInTheFrameAndItsTruth() throws Exception {
        Ended ended = simulate(
                ("--psf gauss --sampled --seeing 1 --airmass 1.4 --flux 0.7 --order2 0.5 --order3 2 --position 700,600"
                                + " --distance 55.3 --ozone 280 --pwv 2.5 --aerosols 0.1 --angstrom 1.1 --sky 0.5"
                                + " --gradient 0.2,0 --vignetting 0.1 --stars 0 --cosmics 0 --hot-pixels 0"
                                + " --dead-columns 1 --no-noise --out " + folder)
                        .split(" ", -1));
        assertThat(ended.exit()).as(ended.error()).isZero();
        Header truth = header(folder.resolve("truth/sim_20170530_001_truth.fits"));
        assertThat(truth.getStringValue("PSF_TYPE")).isEqualTo("GAUSS");
        assertThat(truth.getBooleanValue("PSF_PIX", true)).isFalse();
        assertThat(truth.getDoubleValue("A1_T")).isEqualTo(0.7);
        assertThat(truth.getDoubleValue("A2_T")).isEqualTo(0.5);
        assertThat(truth.getDoubleValue("A3_T")).isEqualTo(2);
        assertThat(truth.getDoubleValue("X0_T")).isEqualTo(700);
        assertThat(truth.getDoubleValue("Y0_T")).isEqualTo(600);
        assertThat(truth.getDoubleValue("D2CCD_T")).isEqualTo(55.3);
        assertThat(truth.getDoubleValue("OZONE_T")).isEqualTo(280);
        assertThat(truth.getDoubleValue("PWV_T")).isEqualTo(2.5);
        assertThat(truth.getDoubleValue("VAOD_T")).isEqualTo(0.1);
        assertThat(truth.getDoubleValue("ANGEXP_T")).isEqualTo(1.1);
        assertThat(truth.getDoubleValue("AIRM_T")).isCloseTo(1.4, within(1e-9));
        assertThat(truth.getDoubleValue("BKGD_LEV")).isEqualTo(0.5);
        Path frame = folder.resolve("sim_20170530_001.fits");
        assertThat(header(frame).getDoubleValue("AIRMASS")).isCloseTo(1.4, within(1e-6));
        assertThat(header(frame).getDoubleValue("SEEING")).isEqualTo(1.0);
        float[][] adu = pixels(frame);
        assertThat((double) adu[1500][1024]).as("sky without noise").isCloseTo(0.5 * 120, within(1.0));
        assertThat(adu[1500][1900] - adu[1500][100]).as("gradient").isGreaterThan(5f);
        int dead = 0;
        for (int x = 0; x < 2048; x++) {
            dead += adu[1500][x] < 10 ? 1 : 0;
        }
        assertThat(dead).isEqualTo(1);
    }

    @Test
    void framesAreSpreadOverTheRangesAndTheTableSaysWhere() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        String options = "--disperser all --count 6 --seeing 0.6:3 --flux 0.02:1 --pwv 1:8 --airmass 1.1:1.9"
                + " --position 400:900,300:1000 --stars 0 --cosmics 0 --hot-pixels 0 --no-noise --workers ";
        assertThat(simulate((options + "1 --out " + one).split(" ", -1)).exit()).isZero();
        assertThat(simulate((options + "2 --out " + two).split(" ", -1)).exit()).isZero();
        List<String> table = Files.readAllLines(one.resolve("truth/frames.csv"));
        assertThat(Files.readAllLines(two.resolve("truth/frames.csv"))).isEqualTo(table);
        List<String> names = List.of(table.get(0).split(",", -1));
        assertThat(table).hasSize(7);
        assertThat(column(table, names, "grating")).doesNotHaveDuplicates();
        for (String[] range : new String[][] {
            {"seeing_t", "0.6", "3"},
            {"pwv_t", "1", "8"},
            {"airm_t", "1.1", "1.9"},
            {"x0_t", "400", "900"},
            {"y0_t", "300", "1000"}
        }) {
            double low = Double.parseDouble(range[1]);
            double part = (Double.parseDouble(range[2]) - low) / 6;
            assertThat(column(table, names, range[0]).stream()
                            .map(text -> (int) ((Double.parseDouble(text) - low) / part)))
                    .as(range[0])
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        }
        assertThat(column(table, names, "a1_t").stream().filter(text -> Double.parseDouble(text) < Math.sqrt(0.02)))
                .as("half of the frames below the geometric mean")
                .hasSize(3);
        for (int i = 0; i < 6; i++) {
            String file = column(table, names, "file").get(i);
            assertThat(Files.mismatch(one.resolve(file), two.resolve(file))).isEqualTo(-1);
            Header truth = header(one.resolve("truth").resolve(file.replace(".fits", "_truth.fits")));
            assertThat(truth.getDoubleValue("PWV_T"))
                    .isEqualTo(Double.parseDouble(column(table, names, "pwv_t").get(i)));
        }
    }

    private static List<String> column(List<String> table, List<String> names, String name) {
        int column = names.indexOf(name);
        return table.stream().skip(1).map(row -> row.split(",", -1)[column]).toList();
    }

    @Test
    void starsOfACatalogueAreOnTheFrame() throws Exception {
        Path catalogue = folder.resolve("stars.csv");
        Files.writeString(catalogue, "x,y,mag\n300,1700,9\n");
        Ended ended = simulate(("--no-noise --cosmics 0 --hot-pixels 0 --position 700,600 --star-catalogue " + catalogue
                        + " --out " + folder)
                .split(" ", -1));
        assertThat(ended.exit()).as(ended.error()).isZero();
        float[][] adu = pixels(folder.resolve("sim_20170530_001.fits"));
        assertThat(adu[1700][300]).isGreaterThan(1000f + adu[1800][300]);
    }

    @Test
    void aNightHasItsLogbookAndDispersersInTurn() throws Exception {
        Ended ended =
                simulate(("--night --count 4 --disperser HoloAmAg,Thor300 --stars 0 --out " + folder).split(" ", -1));
        assertThat(ended.exit()).as(ended.error()).isZero();
        List<String> rows = Files.readAllLines(folder.resolve("logbook.csv"));
        assertThat(rows).hasSize(5);
        assertThat(String.join("\n", rows)).contains("HD111980", "HoloAmAg", "Thor300");
        String before = "";
        for (int i = 1; i <= 4; i++) {
            String start =
                    header(folder.resolve("sim_20170530_00" + i + ".fits")).getStringValue("DATE-OBS");
            assertThat(start).isGreaterThan(before).matches("2017-05-3[01]T.*");
            before = start;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--target Vega | target Vega is not in the calibration data; known: ",
                "--night --target Hg-Ar | Hg-Ar is a lamp",
                "--target Hg-Ar --airmass 1.3 | Hg-Ar is a lamp",
                "--instrument stardice --target HD111980 | never rises above airmass 1.8",
                "--disperser Holo | disperser Holo is not in the calibration data; known: ",
                "--count 0 | --count 0: must be 1 or more",
                "--pwv 30 | precipitable water is 30.0 mm, outside the range that the model of the atmosphere covers, 0.0 to 20.0",
                "--ozone 900 | 0.0 to 700.0 DU",
                "--aerosols -1 | 0.0 to 3.0",
                "--angstrom 9 | -1.0 to 4.0",
                "--airmass 4 | at most 3",
                "--airmass 0.9 | from airmass 1.0",
                "--seeing 9 | 0.4 and 6",
                "--psf airy | none of moffat, gauss",
                "--position 3000,5 | 0.0 and 2047.0",
                "--position 700 | two numbers",
                "--gradient 0.1,5 | between -1.0 and 1.0",
                "--vignetting 2 | between 0.0 and 1.0",
                "--sky -1 | must not be negative",
                "--flux -1 | must not be negative",
                "--stars -3 | random stars",
                "--cosmics -3 | cosmic rays",
                "--dead-columns 4000 | dead columns",
                "--star-catalogue nothing.csv | --star-catalogue nothing.csv can't be read",
                "--seeing 3:0.6 | is not a range",
                "--seeing x | neither a number nor a range",
                "--seeing 1:2:3 | neither a number nor a range",
                "--flux 0:1 | must begin above 0",
                "--pwv 1:30 --count 40 | outside the range that the model of the atmosphere covers",
                "--airmass 1:2 | from airmass 1.0",
                "--position 700:x,600 | two numbers or ranges",
                "--workers 0 | at least 1",
                "--night --target HD111980,3C273 | 3C273 has no spectral energy distribution",
                "--night --airmass 1.2 | contradict each other",
                "--night --count 900 | fit into",
                "--night --date 2017-10-20 | choose another date",
            })
    void whatIsWrongIsSaidBeforeTheFirstFrame(String options, String message) {
        Path out = folder.resolve("none");
        Ended ended = simulate((options.strip() + " --out " + out).split(" ", -1));
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.error()).contains(message.strip());
        assertThat(out).doesNotExist();
    }
}
