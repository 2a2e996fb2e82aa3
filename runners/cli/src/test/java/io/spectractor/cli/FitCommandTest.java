package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.InstrumentConfig;
import io.spectractor.core.config.RecordFields;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class FitCommandTest {
    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        Services services = new Services(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ProgressMeter.Style.plain(),
                folder,
                Clock.systemUTC(),
                EmbeddedCalibration::load,
                (a, b) -> {
                    throw new IllegalStateException("a fit needs no engine");
                },
                control -> {});
        return Commands.execute(services, args);
    }

    private String messages() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void wrongUsageIsNamed() throws IOException {
        Files.writeString(folder.resolve("a_spectrum.fits"), "no FITS");
        Files.writeString(folder.resolve("bad_atmsim.fits"), "no grid");

        assertThat(run("fit", "missing_spectrum.fits")).isEqualTo(2);
        assertThat(messages()).contains("missing_spectrum.fits does not exist");
        assertThat(run("fit", "a_spectrum.fits", "--fix", "PVW")).isEqualTo(2);
        assertThat(messages()).contains("no parameter PVW; did you mean PWV?");
        assertThat(run("fit", "a_spectrum.fits", "--free", "ozone=much")).isEqualTo(2);
        assertThat(messages()).contains("'ozone=much'");
        assertThat(run("fit", "a_spectrum.fits", "--grid", "bad_atmsim.fits")).isEqualTo(2);
        assertThat(messages()).contains("bad_atmsim.fits");
    }

    @Test
    void aFileThatIsNoProductFailsAlone() throws IOException {
        Files.writeString(folder.resolve("a_spectrum.fits"), "no FITS");

        assertThat(run("fit", "a_spectrum.fits")).isEqualTo(11);
        assertThat(messages()).contains("FAILED").contains("a_spectrum.fits");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aProductGivesNumbersAndAPicture() throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null, "SPECTRACTOR_GOLDEN is not set");
        Path image = Path.of(String.valueOf(root), "sim-b-chromatic-psf", "sim_20170530_134.fits.gz");
        ExtractionOutcome outcome = new SpectrumExtractor(Instruments.ctio().config(), EmbeddedCalibration.load())
                .extract(
                        Files.readAllBytes(image),
                        new ExposureRequest("x.fits", "HD111980", "HoloAmAg", new PixelPosition(745, 643), null, null));
        ExtractionOutcome.Done done = (ExtractionOutcome.Done) outcome;
        try (OutputStream file = Files.newOutputStream(folder.resolve("x_spectrum.fits"))) {
            new ProductWriter().write(done.product(), done.timings(), file);
        }

        int code = run("fit", "x_spectrum.fits", "--out", "atm", "--json", "--fix", "A1=1");

        assertThat(messages()).isEmpty();
        assertThat(code).isZero();
        JsonNode result = Json.read(out.toString(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(result.path("target").asText()).isEqualTo("HD111980");
        assertThat(result.path("data").asText()).isEqualTo("spectrogram");
        assertThat(result.path("labels").toString())
                .isEqualTo("[\"VAOD\",\"ozone\",\"PWV\",\"reso\",\"shift\",\"stretch\"]");
        assertThat(result.path("covariance").size()).isEqualTo(6);
        assertThat(result.path("parameters").get(0).path("value").asDouble()).isEqualTo(1);
        assertThat(result.path("parameters").get(0).has("sigma")).isFalse();
        assertThat(result.path("parameters").get(4).path("value").asDouble()).isBetween(2.7, 3.3);
        assertThat(Files.readString(folder.resolve("atm/x_atmosphere.json"))).doesNotContain("NaN", "Infinity");
        assertThat(Files.size(folder.resolve("atm/x_atmosphere.png"))).isGreaterThan(20_000);
    }

    /** The pixels know nothing of how the spectrum was made of them; a fit of the spectrum does. */
    @ParameterizedTest
    @CsvSource({"PSF1D, 1.5, 11", "FORWARD, 7, 12"})
    void theSpectrogramGivesTheAirWhateverTheExtraction(SpectrumConfig.Method method, double water, int seed)
            throws IOException {
        assertThat(run(
                        "simulate",
                        "--out",
                        folder.resolve("sims").toString(),
                        "--seed",
                        "" + seed,
                        "--pwv",
                        "" + water,
                        "--ozone",
                        "300",
                        "--aerosols",
                        "0.06",
                        "--flux",
                        "0.6",
                        "--seeing",
                        "1.2",
                        "--airmass",
                        "1.3",
                        "--position",
                        "700,700",
                        "--disperser",
                        "HoloPhAg",
                        "--workers",
                        "1"))
                .isZero();
        ExtractionConfig usual = Instruments.ctio().config();
        ExtractionConfig config = RecordFields.map(
                ExtractionConfig.class,
                usual,
                (section, value) -> value instanceof SpectrumConfig s
                        ? new SpectrumConfig(method, s.halfHeightPx(), s.clipSigma(), s.timeLimitS())
                        : value);
        ExtractionOutcome outcome = new SpectrumExtractor(config, EmbeddedCalibration.load())
                .extract(
                        frame(folder.resolve("sims")),
                        new ExposureRequest("x.fits", "HD111980", "HoloPhAg", new PixelPosition(700, 700), null, null));
        ExtractionOutcome.Done done = (ExtractionOutcome.Done) outcome;
        try (OutputStream file = Files.newOutputStream(folder.resolve("x_spectrum.fits"))) {
            new ProductWriter().write(done.product(), done.timings(), file);
        }
        out.reset();

        assertThat(run("fit", "x_spectrum.fits", "--json")).isZero();
        String first = out.toString(StandardCharsets.UTF_8);
        out.reset();
        assertThat(run("fit", "x_spectrum.fits", "--json", "--data", "spectrum"))
                .isZero();
        String spectrum = out.toString(StandardCharsets.UTF_8);
        out.reset();
        assertThat(run("fit", "x_spectrum.fits", "--json")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).as("the same again").isEqualTo(first);
        JsonNode result = Json.read(first, JsonNode.class);
        assertThat(result.path("converged").asBoolean()).isTrue();
        assertThat(result.path("reducedChi2").asDouble()).isBetween(0.95, 1.05);
        assertThat(result.path("spectrogram").path("pixels").asInt()).isGreaterThan(15_000);
        assertParameter(result, "PWV", water, 0.12);
        assertParameter(result, "ozone", 300, 15);
        assertParameter(result, "VAOD", 0.06, 0.008);
        assertThat(Json.read(spectrum, JsonNode.class).path("data").asText()).isEqualTo("spectrum");
        assertThat(folder.resolve("x_atmosphere.png")).isNotEmptyFile();
        assertThat(folder.resolve("x_atmosphere1d.png")).isNotEmptyFile();
        assertStarAboveTheAir("x_atmosphere.fits");
        assertStarAboveTheAir("x_atmosphere1d.fits");
        if (method == SpectrumConfig.Method.FORWARD) {
            assertThat(messages()).contains("forward", "--data spectrogram has no prior");
        } else {
            assertThat(messages()).doesNotContain("prior");
        }
    }

    /** Its dispersers and its throughput are its own. */
    @Test
    void theAirAboveAnotherTelescope() throws IOException {
        assertThat(run(
                        ("simulate --instrument auxtel --seed 3 --pwv 4 --ozone 280 --aerosols 0.06 --flux 0.6 --seeing 1.2"
                                        + " --airmass 1.3 --disperser holo4_003 --workers 1 --out "
                                        + folder.resolve("sims"))
                                .split(" ", -1)))
                .isZero();
        ExtractionConfig usual = Instruments.named("auxtel").orElseThrow().config();
        ExtractionConfig config = RecordFields.map(
                ExtractionConfig.class,
                usual,
                (section, value) -> value instanceof SpectrumConfig s
                        ? new SpectrumConfig(
                                SpectrumConfig.Method.PSF1D, s.halfHeightPx(), s.clipSigma(), s.timeLimitS())
                        : value);
        ExtractionOutcome outcome = new SpectrumExtractor(config, EmbeddedCalibration.load())
                .extract(
                        frame(folder.resolve("sims")),
                        new ExposureRequest("x.fits", "HD111980", "holo4_003", null, null, null));
        ExtractionOutcome.Done done = (ExtractionOutcome.Done) outcome;
        try (OutputStream file = Files.newOutputStream(folder.resolve("x_spectrum.fits"))) {
            new ProductWriter().write(done.product(), done.timings(), file);
        }
        out.reset();

        assertThat(run("fit", "x_spectrum.fits", "--json")).as(messages()).isZero();
        JsonNode result = Json.read(out.toString(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(result.path("reducedChi2").asDouble()).isBetween(0.95, 1.05);
        assertParameter(result, "PWV", 4, 0.06);
        assertParameter(result, "ozone", 280, 8);
        assertParameter(result, "VAOD", 0.06, 0.003);

        assertThat(run("fit", "--joint", "x_spectrum.fits", "--out", "joint")).isZero();
        TabulatedCurve table = EmbeddedCalibration.load().throughput("auxtel").orElseThrow();
        for (String line : Files.readAllLines(folder.resolve("joint/throughput_holo4_003.txt"))) {
            String[] numbers = line.split(" ", -1);
            if (!line.startsWith("#") && Double.parseDouble(numbers[0]) > 450 && Double.parseDouble(numbers[0]) < 900) {
                double known = table.at(Double.parseDouble(numbers[0]));
                // one spectrum doesn't tell a grey cloud from a dirty mirror
                assertThat(Double.parseDouble(numbers[1]) / known).as(line).isBetween(0.4, 0.8);
            }
        }
    }

    /** How the camera was turned stands in the header of the frame, not in the configuration. */
    @Test
    void theCameraIsTurnedAsTheHeaderSays() throws IOException {
        String root = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(root != null, "SPECTRACTOR_GOLDEN is not set");
        ExtractionConfig config = RecordFields.map(
                ExtractionConfig.class,
                Instruments.named("auxtel").orElseThrow().config(),
                (section, value) -> value instanceof SpectrumConfig s
                        ? new SpectrumConfig(
                                SpectrumConfig.Method.PSF1D, s.halfHeightPx(), s.clipSigma(), s.timeLimitS())
                        : value instanceof InstrumentConfig i
                                ? new InstrumentConfig(i.description(), 1.3, 8.5, i.frame())
                                : value);
        ExtractionOutcome outcome = new SpectrumExtractor(config, EmbeddedCalibration.load())
                .extract(
                        Files.readAllBytes(Path.of(
                                String.valueOf(root), "auxtel-d-ronchi170", "sim_2022062900155_dmpostisrccd.fits.gz")),
                        new ExposureRequest("x.fits", null, null, null, null, null));
        ExtractionOutcome.Done done = (ExtractionOutcome.Done) outcome;
        assertThat(Math.abs(done.product().summary().cameraRotationDeg())).isGreaterThan(1);
        try (OutputStream file = Files.newOutputStream(folder.resolve("x_spectrum.fits"))) {
            new ProductWriter().write(done.product(), done.timings(), file);
        }

        assertThat(run("fit", "x_spectrum.fits", "--json")).as(messages()).isZero();
        JsonNode result = Json.read(out.toString(StandardCharsets.UTF_8), JsonNode.class);
        assertParameter(result, "PWV", 3, 0.06);
        assertParameter(result, "ozone", 260, 12);
        assertParameter(result, "VAOD", 0.05, 0.004);
    }

    /** The catalogue's star, within the errors, and half as uncertain as through a usual night. */
    private void assertStarAboveTheAir(String name) throws IOException {
        TabulatedCurve truth =
                EmbeddedCalibration.load().target("HD111980").map(Target::sed).orElseThrow();
        double[][] nominal = columns("x_spectrum.fits", 1);
        double[][] fitted = columns(name, 1);
        double pulls = 0;
        double ratio = 0;
        int count = 0;
        for (int i = 0; i < fitted[0].length; i++) {
            double lambda = fitted[0][i];
            // without bands and strong lines, where the truth would have to be blurred
            if (lambda > 530 && lambda < 645) {
                double star = truth.at(lambda);
                assertThat(fitted[2][i]).as("%s at %s nm", name, lambda).isPositive();
                pulls += Math.pow((fitted[1][i] - star) / fitted[2][i], 2);
                ratio += fitted[1][i] / star;
                count++;
                assertThat(fitted[4][i] / fitted[3][i]).isLessThan(0.5 * nominal[4][i] / nominal[3][i]);
            }
        }
        assertThat(count).as(name).isGreaterThan(60);
        assertThat(ratio / count).as(name).isCloseTo(1, within(0.01));
        assertThat(Math.sqrt(pulls / count)).as("pulls of " + name).isBetween(0.3, 2.5);
    }

    private double[][] columns(String name, int hdu) throws IOException {
        try (Fits fits = new Fits(folder.resolve(name).toFile())) {
            BinaryTableHDU table = (BinaryTableHDU) fits.getHDU(hdu);
            return Stream.of("LAMBDA", "FLUX_TOA", "FLUX_TOA_ERR", "TRANSM", "TRANSM_ERR")
                    .map(column -> {
                        try {
                            return (double[]) table.getColumn(column);
                        } catch (FitsException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toArray(double[][]::new);
        } catch (FitsException e) {
            throw new IOException(e);
        }
    }

    private static byte[] frame(Path sims) throws IOException {
        try (Stream<Path> files = Files.list(sims)) {
            return Files.readAllBytes(files.filter(f -> f.toString().endsWith(".fits"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static void assertParameter(JsonNode result, String label, double truth, double largestSigma) {
        for (JsonNode p : result.path("parameters")) {
            if (p.path("label").asText().equals(label)) {
                double sigma = p.path("sigma").asDouble();
                assertThat(sigma).as(label).isBetween(largestSigma / 20, largestSigma);
                assertThat(p.path("value").asDouble()).as(label).isCloseTo(truth, within(4 * sigma));
                return;
            }
        }
        throw new AssertionError("no parameter " + label);
    }
}
