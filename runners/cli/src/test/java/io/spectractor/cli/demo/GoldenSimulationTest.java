package io.spectractor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.importer.SpectractorImport;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.PositionMap;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.Scene;
import io.spectractor.core.simulation.SimulatedAtmosphere;
import io.spectractor.core.simulation.SimulatedDetector;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulatedSky;
import io.spectractor.core.simulation.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Our frames against those of the original's simulator, made from the same truth without noise.
 *
 * <p>The original draws one PSF per column, with the mean flux between the wavelength of the column and that of the
 * next: its light lies half a column to the blue of what its truth table says. {@link #drawnFlux} does the same.
 */
@Tag("slow")
class GoldenSimulationTest {
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();
    private static final String TRUE_PHYSICS = "sim-k-true-physics";
    private static final double EXPOSURE_S = 120;
    private static final int FIRST_COLUMN = 1050;
    private static final int LAST_COLUMN = 1700;
    private static final int HALF_HEIGHT = 30;

    private Path golden = Path.of("");

    @BeforeEach
    void findGoldenCases() {
        String folder = System.getenv("SPECTRACTOR_GOLDEN");
        assumeTrue(folder != null, "SPECTRACTOR_GOLDEN is not set");
        golden = Path.of(folder);
    }

    /** The exact groove density, extrapolated as the original does: a second-degree surface through its table. */
    @Test
    void explainsTheFrameWithTruePhysics() throws Exception {
        Comparison comparison = compare(
                TRUE_PHYSICS,
                "HoloPhP",
                new PixelPosition(803.7950810892911, 983.1401199199504),
                -1.640651041648526,
                350.6606,
                SimulatedPsf.moffat(new double[] {2.8, -0.1, 0.3}, new double[] {3}),
                0.2012970885184899);
        assertThat(comparison.reducedChi2()).as(comparison.toString()).isBetween(0.9, 1.1);
        assertThat(comparison.fluxRatio()).isCloseTo(1, within(0.002));
    }

    /** What remains of sim-a is its truncated groove density; the sign error of its refraction (0.03 px) is small. */
    @Test
    void explainsTheFrameOfTheOriginalsOwnPhysicsByItsTruncatedGrooveDensity() throws Exception {
        Comparison truncated = constantPsf(346);
        Comparison exact = constantPsf(346.919);
        assertThat(truncated.reducedChi2()).as(truncated.toString()).isBetween(0.9, 1.1);
        assertThat(truncated.fluxRatio()).isCloseTo(1, within(0.002));
        assertThat(exact.reducedChi2()).as(exact.toString()).isGreaterThan(truncated.reducedChi2() + 0.1);
    }

    private Comparison constantPsf(double groovesPerMm) throws Exception {
        return compare(
                "sim-a-constant-psf",
                "HoloAmAg",
                new PixelPosition(743.7056719656525, 683.1344588173638),
                -1.569632779676625,
                groovesPerMm,
                SimulatedPsf.moffat(new double[] {3}, new double[] {3}),
                0.2050357770305253);
    }

    private record Comparison(double reducedChi2, double fluxRatio) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "chi2/n %.4f, flux golden/ours %.5f", reducedChi2, fluxRatio);
        }
    }

    /**
     * Everything by default construction from the numbers of the case, with what `calib import` makes of the original's
     * dispersers, throughputs, spectra and atmosphere grid. Order 0 has the wavelength of the original's formula, another truth of
     * that frame. What each of the two differences between the original's places and ours would do is reported.
     */
    @Test
    void explainsTheFrameFromItsTruthParametersAndAnImportedCalibration(TestReporter reporter) throws Exception {
        Path source = golden.resolveSibling("calib-source");
        assumeTrue(Files.isDirectory(source), "calib-source is not beside the golden cases");
        CalibrationStore store = SpectractorImport.read(
                        source, EmbeddedCalibration.load().content())
                .calibration();
        AtmosphereModel grid = store.atmosphereGrid("reduc_20170530_134_atmsim").orElseThrow();
        SimulationSettings settings =
                trueSettings(lambdaOfOrder0(source.resolve("calspec/hd111980_stis_006.fits"), store));
        Scene scene = Scene.of(settings, CONFIG, store, grid);
        double grooves = scene.disperser()
                .grooves()
                .at(settings.order0().x(), settings.order0().y());
        Comparison proof = against(TRUE_PHYSICS, settings, halfColumnToTheBlue(scene));
        double ourLambda = Scene.of(trueSettings(null), CONFIG, store, grid).lambdaRefNm();
        report(reporter, "as the original draws", proof);
        report(reporter, "without its half column", against(TRUE_PHYSICS, settings, scene));
        report(
                reporter,
                "groove density of the original's polynomial",
                against(TRUE_PHYSICS, settings, placed(halfColumnToTheBlue(scene), 350.6606, scene.lambdaRefNm())));
        report(
                reporter,
                "order 0 at " + ourLambda + " nm",
                against(TRUE_PHYSICS, settings, placed(halfColumnToTheBlue(scene), grooves, ourLambda)));
        report(
                reporter,
                "groove density as before, continued from the edge",
                against(TRUE_PHYSICS, settings, placed(halfColumnToTheBlue(scene), 350.616, scene.lambdaRefNm())));
        assertThat(proof.reducedChi2()).as(proof.toString()).isBetween(0.9, 1.1);
        assertThat(proof.fluxRatio()).isCloseTo(1, within(0.004));
    }

    private static void report(TestReporter reporter, String what, Comparison comparison) {
        reporter.publishEntry(what, comparison.toString());
    }

    /** The numbers of case.json. */
    private SimulationSettings trueSettings(@Nullable Double order0WavelengthNm) throws IOException {
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(Files.readString(golden.resolve(TRUE_PHYSICS).resolve("case.json")));
        JsonNode truth = json.path("truth");
        // the coefficients of the profile's amplitude and centre come first, then those of its widths, for each order
        JsonNode polynomials =
                JsonMapper.builder().build().readTree(truth.path("PSF_POLY").asText());
        int degree = truth.path("PSF_DEG").intValue();
        int widths = 2 * (degree + 1);
        assertThat(truth.path("PSF_TYPE").asText()).isEqualTo("Moffat");
        return SimulationSettings.builder(
                        json.path("target").asText(),
                        json.path("disperser").asText(),
                        new PixelPosition(number(truth, "X0_T"), number(truth, "Y0_T")),
                        number(truth, "D2CCD_T"),
                        conditions(),
                        SimulatedPsf.moffat(
                                        coefficients(polynomials, widths, degree + 1),
                                        coefficients(polynomials, widths + degree + 1, degree + 1))
                                .withPixelIntegration(false))
                .axisAngleDeg(number(truth, "ROT_T"))
                .fluxScale(number(truth, "A1_T"))
                .order2Scale(number(truth, "A2_T"))
                .order3Scale(number(truth, "A3_T"))
                .order0WavelengthNm(order0WavelengthNm)
                .order0Ratio(0)
                .air(new SimulatedAtmosphere(
                        number(truth, "OZONE_T"), number(truth, "PWV_T"), number(truth, "VAOD_T"), 1.2))
                .sky(SimulatedSky.flat(number(truth, "BKGD_LEV")))
                .detector(SimulatedDetector.ctio().withNoise(false))
                .build();
    }

    private static double number(JsonNode truth, String name) {
        assertThat(truth.path(name).isNumber()).as(name).isTrue();
        return truth.path(name).doubleValue();
    }

    private static double[] coefficients(JsonNode polynomials, int from, int count) {
        double[] c = new double[count];
        for (int i = 0; i < count; i++) {
            c[i] = polynomials.get(from + i).doubleValue();
        }
        return c;
    }

    /** Mean wavelength of spectrum times throughput over the rows of the CALSPEC table, as the original has it. */
    private static double lambdaOfOrder0(Path calspec, CalibrationStore store) throws Exception {
        TabulatedCurve telescope = store.throughput(CONFIG.site().throughput()).orElseThrow();
        try (Fits fits = new Fits(calspec.toFile())) {
            BinaryTableHDU table = (BinaryTableHDU) fits.getHDU(1);
            double[] angstrom = (double[]) table.getColumn("WAVELENGTH");
            float[] flux = (float[]) table.getColumn("FLUX");
            double sum = 0;
            double weighted = 0;
            for (int i = 0; i < flux.length; i++) {
                sum += flux[i] * telescope.at(angstrom[i] / 10);
                weighted += angstrom[i] / 10 * flux[i] * telescope.at(angstrom[i] / 10);
            }
            assertThat(weighted / sum).as("what the original has for this star").isCloseTo(573.312, within(0.05));
            return weighted / sum;
        }
    }

    private Scene halfColumnToTheBlue(Scene scene) throws IOException {
        TabulatedCurve width = columnWidths(golden.resolve(TRUE_PHYSICS).resolve("truth.csv"));
        return new Scene(
                scene.disperser(),
                lambda -> scene.fluxAtDetector().applyAsDouble(lambda + 0.5 * width.at(lambda)),
                scene.lambdaMinNm(),
                scene.lambdaMaxNm(),
                scene.lambdaRefNm());
    }

    private static Scene placed(Scene scene, double groovesPerMm, double lambdaRefNm) {
        Disperser known = scene.disperser();
        Disperser other = new Disperser(
                known.label(),
                known.label(),
                PositionMap.constant(groovesPerMm),
                known.angle(),
                known.transmission(),
                known.ratio2over1(),
                known.ratio3over2());
        return new Scene(other, scene.fluxAtDetector(), scene.lambdaMinNm(), scene.lambdaMaxNm(), lambdaRefNm);
    }

    /** Width of a column against wavelength, nm. */
    private static TabulatedCurve columnWidths(Path truth) throws IOException {
        double[] lambda = Files.readAllLines(truth).stream()
                .filter(line -> !line.startsWith("#"))
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[0]))
                .toArray();
        double[] width = new double[lambda.length];
        for (int i = 0; i < lambda.length; i++) {
            int from = Math.min(i, lambda.length - 2);
            width[i] = lambda[from + 1] - lambda[from];
        }
        return new TabulatedCurve(lambda, width, TabulatedCurve.Outside.HOLD);
    }

    private Comparison compare(
            String name,
            String label,
            PixelPosition order0,
            double angleDeg,
            double groovesPerMm,
            SimulatedPsf psf,
            double skyAduPerS)
            throws Exception {
        Disperser known = EmbeddedCalibration.load().disperser(label).orElseThrow();
        Disperser disperser = new Disperser(
                label,
                label,
                PositionMap.constant(groovesPerMm),
                PositionMap.constant(angleDeg),
                known.transmission(),
                known.ratio2over1(),
                null);
        TabulatedCurve flux = drawnFlux(golden.resolve(name).resolve("truth.csv"));
        // 573.312 nm is the original's reference wavelength for this star
        Scene scene = new Scene(disperser, flux::at, flux.minNm(), flux.maxNm(), 573.312);
        SimulationSettings settings = SimulationSettings.builder(
                        "HD111980", label, order0, 55.45, conditions(), psf.withPixelIntegration(false))
                .axisAngleDeg(angleDeg)
                .order0Ratio(0)
                .order3Scale(0)
                .sky(SimulatedSky.flat(skyAduPerS))
                .detector(SimulatedDetector.ctio().withNoise(false))
                .build();
        return against(name, settings, scene);
    }

    private Comparison against(String name, SimulationSettings settings, Scene scene) throws Exception {
        SimulatedFrame frame = new FrameSimulator(CONFIG).simulate(settings, scene);
        float[] ours = frame.adu();
        PixelPosition order0 = settings.order0();
        double angleDeg = frame.truth().axisAngleDeg();
        double skyAduPerS = settings.sky().levelAduPerS();
        float[][] theirs = pixels(golden.resolve(name).resolve("sim_20170530_134.fits.gz"));
        double slope = Math.tan(Math.toRadians(angleDeg));
        double chi2 = 0;
        double sumOurs = 0;
        double sumTheirs = 0;
        int n = 0;
        for (int x = FIRST_COLUMN; x <= LAST_COLUMN; x++) {
            int middle = (int) Math.round(order0.y() + slope * (x - order0.x()));
            for (int y = middle - HALF_HEIGHT; y <= middle + HALF_HEIGHT; y++) {
                double model = ours[y * 2048 + x];
                double residual = theirs[y][x] - model;
                // gain 3, read-out noise 12 electrons
                chi2 += residual * residual / ((3 * model + 144) / 9);
                sumOurs += model - skyAduPerS * EXPOSURE_S;
                sumTheirs += theirs[y][x] - skyAduPerS * EXPOSURE_S;
                n++;
            }
        }
        return new Comparison(chi2 / n, sumTheirs / sumOurs);
    }

    /** The truth shifted by half a column, by cubic interpolation between the columns. */
    private static TabulatedCurve drawnFlux(Path truth) throws IOException {
        List<String[]> rows = Files.readAllLines(truth).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",", -1))
                .toList();
        double[] lambda =
                rows.stream().mapToDouble(r -> Double.parseDouble(r[0])).toArray();
        double[] flux = rows.stream().mapToDouble(r -> Double.parseDouble(r[1])).toArray();
        double[] drawn = flux.clone();
        for (int i = 1; i < flux.length - 2; i++) {
            drawn[i] = (9 * (flux[i] + flux[i + 1]) - flux[i - 1] - flux[i + 2]) / 16;
        }
        return new TabulatedCurve(lambda, drawn, TabulatedCurve.Outside.HOLD);
    }

    private static ObservingConditions conditions() {
        return new ObservingConditions(
                LocalDate.of(2017, 5, 30),
                EXPOSURE_S,
                193.28375,
                -18.557717,
                28.178833,
                CONFIG.site().latitudeDeg(),
                8.6,
                784,
                25,
                0.65);
    }

    private static float[][] pixels(Path file) throws Exception {
        try (Fits fits = new Fits(file.toFile())) {
            return (float[][]) fits.getHDU(0).getKernel();
        }
    }
}
