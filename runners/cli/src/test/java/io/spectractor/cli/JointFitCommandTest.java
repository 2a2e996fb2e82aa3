package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.testkit.ExternalProgram;
import io.spectractor.testkit.ExternalProgram.Ended;
import io.spectractor.testkit.PythonEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The joint fit from the command line, on nights with known air (folder golden/multi of the shared material). */
@Tag("slow")
class JointFitCommandTest {
    /** Errors of the reference fit of the night, times 1.3. */
    private static final double VAOD = 1.3 * 0.0022;

    private static final double OZONE = 1.3 * 8.64;
    private static final double PWV = 1.3 * 0.0477;

    @TempDir
    Path folder = Path.of("");

    private FakeProgram program = new FakeProgram(folder);

    @BeforeEach
    void programInFolder() {
        program = new FakeProgram(folder);
    }

    private int run(String... args) {
        return program.run(args);
    }

    private JsonNode fit(String night, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "fit",
                "--joint",
                GoldenNight.folder(night).toString(),
                "--json",
                "--out",
                folder.resolve("fit").toString()));
        words.addAll(List.of(more));
        assertThat(run(words.toArray(String[]::new))).as(program.err()).isZero();
        return Json.read(program.out(), JsonNode.class);
    }

    private static JsonNode truth(String night) throws IOException {
        return Json.read(Files.readString(GoldenNight.folder(night).resolve("truth.json")), JsonNode.class);
    }

    private static void within3Sigma(JsonNode parameter, double truth) {
        assertThat(parameter.get("value").asDouble())
                .as(parameter.toString())
                .isCloseTo(truth, within(3 * parameter.get("error").asDouble()));
    }

    private static List<JsonNode> named(JsonNode result, String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode p : result.get("parameters")) {
            if (p.get("name").asText().equals(name)) {
                found.add(p);
            }
        }
        return found;
    }

    @Test
    void aCalmNight() throws IOException {
        JsonNode truth = truth("constant");

        JsonNode result = fit("constant");

        JsonNode vaod = named(result, "vaod").get(0);
        JsonNode ozone = named(result, "ozone").get(0);
        JsonNode pwv = named(result, "pwv").get(0);
        within3Sigma(vaod, truth.get("VAOD").asDouble());
        within3Sigma(ozone, truth.get("ozone_DU").asDouble());
        within3Sigma(pwv, truth.get("PWV_mm").asDouble());
        assertThat(vaod.get("error").asDouble()).isLessThan(VAOD);
        assertThat(ozone.get("error").asDouble()).isLessThan(OZONE);
        assertThat(pwv.get("error").asDouble()).isLessThan(PWV);
        List<JsonNode> grey = named(result, "grey");
        for (int k = 0; k < 12; k++) {
            within3Sigma(grey.get(k), truth.get("grey_over_mean").get(k).asDouble());
        }
        assertThat(result.get("chi2").asDouble() / result.get("dof").asDouble()).isBetween(0.95, 1.05);
        throughputIsTrue(truth);
    }

    /** The file is the table times deviation times mean grey factor, within 0.3 % rms. */
    private void throughputIsTrue(JsonNode truth) throws IOException {
        double sum = 0;
        int count = 0;
        for (String line : Files.readAllLines(folder.resolve("fit/throughput_HoloAmAg.txt"))) {
            String[] w = line.split(" ", -1);
            if (line.startsWith("#") || Double.parseDouble(w[0]) < 375 || Double.parseDouble(w[0]) > 1040) {
                continue;
            }
            double lambda = Double.parseDouble(w[0]);
            double deviation = 1
                    + 0.021 * Math.sin(2 * Math.PI * (lambda - 350) / 430 + 0.6)
                    + 0.010 * Math.cos(2 * Math.PI * (lambda - 350) / 185 - 0.4);
            double table =
                    EmbeddedCalibration.load().throughput("ctio").orElseThrow().at(lambda);
            double ratio = Double.parseDouble(w[1])
                    / (table * deviation * truth.get("mean_grey").asDouble());
            sum += (ratio - 1) * (ratio - 1);
            count++;
        }
        assertThat(count).isGreaterThan(200);
        assertThat(Math.sqrt(sum / count)).isLessThan(0.003);
    }

    @Test
    void aNightWhoseWaterDrifts() throws IOException {
        JsonNode truth = truth("drift");

        JsonNode result = fit("drift");

        within3Sigma(named(result, "vaod").get(0), truth.get("VAOD").asDouble());
        within3Sigma(named(result, "ozone").get(0), truth.get("ozone_DU").asDouble());
        for (int k = 0; k < 12; k++) {
            within3Sigma(named(result, "pwv").get(k), truth.get("PWV_mm").get(k).asDouble());
            within3Sigma(
                    named(result, "shift").get(k),
                    truth.get("lambda_shift_nm").get(k).asDouble());
        }
        JsonNode outlier = result.get("outliers").get(0);
        assertThat(outlier.get("spectrum").asText()).startsWith("06");
        assertThat(outlier.get("fromNm").asDouble()).isLessThan(535);
        assertThat(outlier.get("toNm").asDouble()).isGreaterThan(545);
        assertThat(result.get("evidence"))
                .anyMatch(e -> e.get("quantity").asText().equals("pwv")
                        && e.get("variant").asText().equals("constant")
                        && e.get("refused").asBoolean());
    }

    private String[] sampled(String... more) {
        List<String> words = new ArrayList<>(List.of("fit", "--joint"));
        for (int k = 0; k < 12; k += 4) {
            words.add(GoldenNight.folder("constant")
                    .resolve(String.format(Locale.ROOT, "%02d_spectrum.fits.gz", k))
                    .toString());
        }
        words.addAll(List.of("--ozone", "constant", "--aerosols", "constant", "--pwv", "constant"));
        words.addAll(List.of(
                "--sample", "--chains", "4", "--out", folder.resolve("fit").toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** Too few steps are no result; more of them continue the file, and emcee reads it. */
    @Test
    void chainsAreContinuedAndReadByEmcee() throws Exception {
        Path file = folder.resolve("fit/chains.h5");

        assertThat(run(sampled("--steps", "10"))).isEqualTo(10);
        assertThat(program.err()).contains("the chains do not agree yet").contains("--steps 30 continues them");
        JsonNode sample = Json.read(Files.readString(folder.resolve("fit/joint.json")), JsonNode.class)
                .get("samples")
                .get(0);
        assertThat(sample.has("mean")).isFalse();
        assertThat(sample.get("rhat").asDouble()).isGreaterThan(1);
        assertThat(run(sampled("--steps", "24"))).isIn(0, 10);
        byte[] continued = Files.readAllBytes(file);
        Files.delete(file);
        assertThat(run(sampled("--steps", "24"))).isIn(0, 10);
        assertThat(Files.readAllBytes(file)).isEqualTo(continued);
        assertThat(folder.resolve("fit/chains.png")).isNotEmptyFile();

        assertThat(run(sampled("--steps", "30", "--seed", "2"))).isEqualTo(2);
        assertThat(program.err()).contains("chains of other spectra, settings or another seed");
        assertThat(Files.readAllBytes(file)).isEqualTo(continued);

        Ended read = ExternalProgram.run(
                120,
                PythonEnvironment.python(List.of("emcee==3.1.6", "h5py==3.16.0")),
                "-c",
                "import sys, emcee\nb = emcee.backends.HDFBackend(sys.argv[1], read_only=True)\n"
                        + "print(b.get_chain().shape, b.get_log_prob().shape, b.iteration, b.accepted.shape,"
                        + " b.get_chain(flat=True, discard=4).shape)",
                file.toString());
        assertThat(read.all()).contains("(24, 4, 9) (24, 4) 24 (4,) (80, 9)");
        assertThat(read.code()).isZero();
    }

    @Test
    void theReportOfANight() throws IOException {
        JsonNode truth = truth("drift");
        fit("drift", "--ozone", "constant", "--aerosols", "constant", "--pwv", "each");
        Files.writeString(
                folder.resolve("cuts.json"), "{\"pwv\": {\"*\": {\"max\": 6}}, \"airmass\": {\"X\": {\"max\": 1}}}");

        Files.writeString(
                folder.resolve("merra.csv"), "time,TQV,TO3\n" + hours(20, "2017-05-30") + hours(0, "2017-05-31"));

        assertThat(run("night", "fit", "--cuts", "cuts.json", "--merra2", "merra.csv", "--out", "report"))
                .as(program.err())
                .isZero();

        String page = Files.readString(folder.resolve("report/night.html"));
        long kept = 0;
        for (JsonNode pwv : truth.get("PWV_mm")) {
            kept += pwv.asDouble() < 6 ? 1 : 0;
        }
        assertThat(page)
                .contains("Quality cuts", "How water changes with time")
                .contains(String.format(Locale.ROOT, "<td>%d</td>\n<td>%.1f</td>", kept, 100 * kept / 12.0))
                .doesNotContain(">NaN");
        double sum = 0;
        JsonNode fitted = Json.read(Files.readString(folder.resolve("fit/joint.json")), JsonNode.class);
        for (JsonNode pwv : named(fitted, "pwv")) {
            sum += pwv.get("value").asDouble() < 6 ? pwv.get("value").asDouble() - 4 : 0;
        }
        assertThat(page)
                .contains("Against MERRA-2")
                .contains(String.format(Locale.ROOT, "<td>%d</td>\n<td>%.2f</td>", kept, sum / kept));
        List<String> table = Files.readAllLines(folder.resolve("report/night.ecsv"));
        assertThat(table.stream().filter(l -> l.endsWith(",0"))).hasSize((int) (12 - kept));
        theTableHasWhatHeadersTell(table, truth);
        assertThat(Files.readAllBytes(folder.resolve("report/night.parquet"))).startsWith(0x50, 0x41, 0x52, 0x31);
        bouguerAgreesWithTheFit();

        Files.writeString(folder.resolve("cuts.json"), "{\"pvw\": {\"*\": {\"max\": 6}}}");
        assertThat(run("night", "fit", "--cuts", "cuts.json", "--out", "report"))
                .isEqualTo(2);
        assertThat(program.err()).contains("no column pvw; there are mjd, airmass, pwv");
    }

    /** Rows of a reanalysis that never changes, from an hour to the day's end, or of half a day. */
    private static String hours(int from, String day) {
        StringBuilder rows = new StringBuilder();
        for (int h = from; h < (from > 0 ? 24 : 12); h++) {
            rows.append(String.format(Locale.ROOT, "%s %02d:00:00,4,300%n", day, h));
        }
        return rows.toString();
    }

    private static void theTableHasWhatHeadersTell(List<String> table, JsonNode truth) {
        List<String[]> rows = table.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", -1))
                .toList();
        List<String> names = List.of(rows.get(0));
        assertThat(rows).hasSize(13).allMatch(row -> row.length == names.size());
        assertThat(table).contains("# - {name: outtemp, unit: 'deg_C', datatype: float64}");
        for (int k = 0; k < 12; k++) {
            String[] row = rows.get(1 + k);
            assertThat(row[names.indexOf("id")]).isEqualTo(String.format(Locale.ROOT, "%02d", k));
            assertThat(row[names.indexOf("date_obs")]).startsWith("2017-05-3");
            assertThat(row[names.indexOf("disperser")]).isEqualTo("HoloAmAg");
            assertThat(Double.parseDouble(row[names.indexOf("d2ccd")]))
                    .isCloseTo(truth.get("D2CCD_mm").get(k).asDouble(), within(1e-4));
            assertThat(row[names.indexOf("exptime")]).isEqualTo("120.000");
            assertThat(row[names.indexOf("windspd")]).isEqualTo("nan");
        }
    }

    /** Where no band of water disturbs them, the intercepts are the throughput that the fit finds. */
    private void bouguerAgreesWithTheFit() throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder.resolve("report"))) {
            found = files.filter(f -> f.toString().endsWith("HoloAmAg.ecsv")).toList();
        }
        int count = 0;
        for (String line : Files.readAllLines(found.get(0))) {
            String[] w = line.split(",", -1);
            if (!line.startsWith("#")
                    && !line.startsWith("w")
                    && Double.parseDouble(w[0]) > 400
                    && Double.parseDouble(w[0]) < 680) {
                double off = Double.parseDouble(w[1]) - Double.parseDouble(w[5]);
                assertThat(Math.abs(off)).as(line).isLessThan(5 * Double.parseDouble(w[2]) + 0.005);
                count++;
            }
        }
        assertThat(count).isGreaterThan(40);
    }

    private void spoilt(String name, int number, Consumer<byte[]> how) throws IOException {
        GoldenNight.spectrum("constant", number, folder.resolve(name), how);
    }

    /** Two columns that go together more than either changes, which no covariance allows. */
    private static void indefinite(byte[] bytes) {
        int header = GoldenNight.find(bytes, "EXTNAME = 'SPEC_COV'") / 2880 * 2880;
        ByteBuffer.wrap(bytes).putDouble(header + 2880 + 8 * (300 * 652 + 301), 1e-28);
        ByteBuffer.wrap(bytes).putDouble(header + 2880 + 8 * (301 * 652 + 300), 1e-28);
    }

    /** A variance below zero, which is no column to pass over: the matrix as a whole is wrong. */
    private static void negative(byte[] bytes) {
        int header = GoldenNight.find(bytes, "EXTNAME = 'SPEC_COV'") / 2880 * 2880;
        ByteBuffer.wrap(bytes).putDouble(header + 2880 + 8 * (300 * 652 + 300), -1e-30);
    }

    /** Each of them is named, with the reason, and the others are fitted. */
    @Test
    void spectraThatSpoilANightAreLeftOut() throws IOException {
        spoilt("good_spectrum.fits", 0, b -> {});
        spoilt("good4_spectrum.fits", 4, b -> {});
        spoilt("good8_spectrum.fits", 8, b -> {});
        spoilt("twice_spectrum.fits", 4, b -> {});
        spoilt("timeless_spectrum.fits", 1, b -> GoldenNight.card(b, "DATE-OBS=", "DATE-XXX= 'nothing '"));
        spoilt("airless_spectrum.fits", 2, b -> GoldenNight.card(b, "AIRMASS =", "AIRMASS =                  0.0"));
        spoilt("stranger_spectrum.fits", 3, b -> GoldenNight.card(b, "OUTHUM  =", "TELESCOP= 'Elsewhere'"));
        spoilt("indefinite_spectrum.fits", 5, JointFitCommandTest::indefinite);
        spoilt("negative_spectrum.fits", 6, JointFitCommandTest::negative);

        int code = run("fit", "--joint", folder.toString(), "--pwv", "constant", "--out", "fit");

        assertThat(code).as(program.err()).isEqualTo(10);
        assertThat(program.err())
                .contains("LEFT OUT twice_spectrum.fits: the same spectrum as good4_spectrum.fits")
                .containsPattern("LEFT OUT timeless_spectrum.fits: it doesn't tell .*DATE-OBS.*--date was not given")
                .containsPattern("LEFT OUT airless_spectrum.fits: .*airmass")
                .containsPattern(
                        "LEFT OUT stranger_spectrum.fits: taken with Elsewhere, the others with no telescope named; a joint fit is of one telescope")
                .containsPattern("LEFT OUT indefinite_spectrum.fits: .*covariance is not positive definite")
                .contains(
                        "LEFT OUT negative_spectrum.fits: the covariance is not positive: column 300 has the variance -1");
        JsonNode result = Json.read(Files.readString(folder.resolve("fit/joint.json")), JsonNode.class);
        assertThat(result.get("spectra")).hasSize(3);
        assertThat(result.get("leftOut")).hasSize(6);
    }

    @Test
    void eachNightIsFittedByItself() throws IOException {
        for (int k = 0; k < 6; k++) {
            int hour = 2 + k % 3;
            String date = (k < 3 ? "2017-05-31T0" : "2017-06-03T0") + hour + ":00:00";
            spoilt(k + "_spectrum.fits", k, b -> GoldenNight.card(b, "DATE-OBS=", "DATE-OBS= '" + date + "'"));
        }
        Path stale = folder.resolve("fit/2017-06-02/throughput_old.txt");
        Files.createDirectories(stale.getParent());
        Files.writeString(stale, "left by an earlier fit");

        assertThat(run("fit", "--joint", folder.toString(), "--pwv", "constant", "--json", "--out", "fit"))
                .as(program.err())
                .isZero();

        assertThat(program.err()).contains("night of 2017-05-30: 3 spectra", "night of 2017-06-02: 3 spectra");
        assertThat(program.out().lines().filter(l -> l.startsWith("{"))).hasSize(2);
        assertThat(folder.resolve("fit/2017-05-30/joint.json")).exists();
        assertThat(folder.resolve("fit/2017-06-02/columns.h5")).exists();
        assertThat(stale).doesNotExist();
    }

    @Test
    void whatCannotBeFittedIsNamed() throws IOException {
        Files.writeString(folder.resolve("a_spectrum.fits"), "no FITS");
        Files.writeString(folder.resolve("b.csv"), "lambda_nm,flux,err\n400,1,0.1\n401,1,0.1\n");

        assertThat(run("fit", "--joint", "a_spectrum.fits", "b.csv")).isEqualTo(11);
        assertThat(program.err())
                .contains("LEFT OUT a_spectrum.fits")
                .contains("LEFT OUT b.csv: it doesn't tell target, and --star was not given");
        assertThat(run("fit", "--joint", "missing")).isEqualTo(2);
        assertThat(run("fit", "--joint", "b.csv", "--pwv", "often")).isEqualTo(2);
        assertThat(program.err()).contains("expected auto, constant, linear or each");
    }
}
