package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.CameraFormat;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedCamera;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.util.FitsOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same star through the same grating, however the camera is turned, tilted, binned or read out. */
@Tag("slow")
class DirectionsTest {
    private static final CalibrationStore TABLES = EmbeddedCalibration.load();
    private static final int WIDTH = 800;
    private static final int HEIGHT = 700;
    private static final double DISTANCE_MM = 40;

    private static final String CAMERA = """
            instrument: camera
            frames: [{name: image, x: "{x}", y: "{y}"}]
            chip: {columns: {columns}, rows: {rows}}
            amplifiers: {columns: 1, rows: 1, list: [{gain: 1, noise: 5}]}
            header:
              date: {card: DATE-OBS}
              exposure: {card: EXPTIME, unit: s}
              right_ascension: {card: RA, unit: deg}
              declination: {card: DEC, unit: deg}
              hour_angle: {card: HA, unit: deg}
              airmass: {card: AIRMASS}
            dispersers: {grating: {grooves_per_mm: 100, angle_deg: {angle}}}
            settings:
              site: {throughput: unknown, latitude_deg: -30}
              ccd: {pixel_size_mm: 0.0054, plate_scale_arcsec: 1.2, gain: 1, saturation_adu: 60000}
              dispersion: {distance_mm: {distance}, distance_error_mm: 0.4, lambda_min_nm: 380, lambda_max_nm: 900}
              extraction: {method: psf1d}
            """;

    private static SpectrumProduct plain;

    private static Instrument camera(String x, String y, double angle) {
        boolean upright = x.endsWith("row");
        String yaml = CAMERA.replace("{x}", x)
                .replace("{y}", y)
                .replace("{columns}", "" + (upright ? HEIGHT : WIDTH))
                .replace("{rows}", "" + (upright ? WIDTH : HEIGHT))
                .replace("{angle}", "" + angle)
                .replace("{distance}", "" + DISTANCE_MM);
        return Instrument.parse("camera.yaml", yaml);
    }

    private static PixelPosition order0(double angle) {
        return new PixelPosition(60.3, 350.2 - 250 * Math.sin(Math.toRadians(angle)));
    }

    /** The file that the camera writes. */
    private static byte[] file(Instrument camera, double angle) {
        ExtractionConfig config = camera.config();
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2024, 5, 30), 60, 193.3, -18.52, 10, -30, 10, 1000, 50, 1);
        SimulationSettings settings = SimulationSettings.builder(
                        "HD111980",
                        "grating",
                        order0(angle),
                        DISTANCE_MM,
                        night,
                        SimulatedPsf.moffat(new double[] {3}, new double[] {2.8}))
                .axisAngleDeg(angle)
                .fluxScale(5)
                .detector(SimulatedCamera.of(config).detector())
                .stars(List.of(), 0)
                .seed(3)
                .build();
        SimulatedFrame frame = new FrameSimulator(config).simulate(settings, DescribedCalibration.of(TABLES, camera));
        return FrameFiles.imageBytes(frame, CameraFormat.of(camera, "image"));
    }

    private static SpectrumProduct extract(Instrument camera, byte[] file, @Nullable PixelPosition guess) {
        ExtractionOutcome outcome = new SpectrumExtractor(camera.config(), TABLES)
                .extract(file, new ExposureRequest("frame.fits", "HD111980", null, guess, null, null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    @BeforeAll
    static void simulate() {
        Instrument camera = camera("+column", "+row", 0);
        plain = extract(camera, file(camera, 0), order0(0));
        assertThat(plain.summary().distanceMm()).isCloseTo(DISTANCE_MM, within(0.1));
    }

    /** Nothing is lost by a turn of 90 degrees: the numbers are the same. */
    @ParameterizedTest
    @CsvSource({"-column, -row", "+row, -column", "-row, +column"})
    void turnedFramesGiveTheSameNumbers(String x, String y) {
        Instrument camera = camera(x, y, 0);
        SpectrumProduct product = extract(camera, file(camera, 0), order0(0));
        assertThat(product.spectrum().lambdaNm())
                .containsExactly(plain.spectrum().lambdaNm());
        assertThat(product.spectrum().flux()).containsExactly(plain.spectrum().flux());
        assertThat(product.spectrum().fluxErr())
                .containsExactly(plain.spectrum().fluxErr());
    }

    /** No tilt is resampled: the profile is fitted on columns, whatever the angle up to 45 degrees. */
    @ParameterizedTest
    @ValueSource(doubles = {-44, -20, 8, 20, 44})
    void tiltedSpectraHoldTheSameLight(double angle) {
        Instrument camera = camera("+column", "+row", angle);
        assertSame(extract(camera, file(camera, angle), order0(angle)));
    }

    @Test
    void aGreaterTiltIsATurn() {
        assertThatThrownBy(() -> camera("+column", "+row", 46)).hasMessageContaining("turn the frame by its x and y");
    }

    @Test
    void pixelsBinnedOnTheChipAndAWindowOfIt() throws Exception {
        Instrument camera = camera("+column", "+row", 0);
        byte[] whole = file(camera, 0);
        assertSame(extract(camera, cut(whole, 2, 0), null));
        SpectrumProduct windowed = extract(camera, cut(whole, 1, 100), null);
        assertThat(windowed.caveats()).doesNotContain(Caveat.WINDOW_ASSUMED);
        assertSame(windowed);
    }

    /** Pixels summed, or rows left out at the lower edge, with the cards that say so. */
    private static byte[] cut(byte[] file, int binning, int rows) throws Exception {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (Fits fits = new Fits(new ByteArrayInputStream(file));
                Fits other = new Fits();
                FitsOutputStream out = new FitsOutputStream(buffer)) {
            BasicHDU<?> hdu = fits.readHDU();
            float[][] pixels = (float[][]) hdu.getKernel();
            float[][] sums = new float[(HEIGHT - rows) / binning][WIDTH / binning];
            for (int y = 0; y < sums.length * binning; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    sums[y / binning][x / binning] += pixels[y + rows][x];
                }
            }
            BasicHDU<?> made = Fits.makeHDU(sums);
            for (String card : List.of("DATE-OBS", "EXPTIME", "RA", "DEC", "HA", "AIRMASS")) {
                made.getHeader().addLine(hdu.getHeader().findCard(card));
            }
            made.addValue("XBINNING", binning, "");
            made.addValue("YBINNING", binning, "");
            made.addValue("CCDSEC", String.format("[1:%d,%d:%d]", WIDTH, rows + 1, HEIGHT), "");
            other.addHDU(made);
            other.write(out);
        }
        return buffer.toByteArray();
    }

    /** Whether a spectrum holds the same light at the same wavelengths as the plain one, within their errors. */
    private static void assertSame(SpectrumProduct product) {
        assertThat(product.summary().distanceMm()).isCloseTo(DISTANCE_MM, within(0.1));
        assertThat(light(product, 450, 550) / light(plain, 450, 550)).isCloseTo(1, within(0.015));
        assertThat(light(product, 600, 800) / light(plain, 600, 800)).isCloseTo(1, within(0.01));
    }

    /** The integral of the flux between two wavelengths. */
    private static double light(SpectrumProduct product, double from, double to) {
        double[] lambda = product.spectrum().lambdaNm();
        double sum = 0;
        for (int i = 1; i < lambda.length - 1; i++) {
            double low = Math.max(from, (lambda[i - 1] + lambda[i]) / 2);
            double high = Math.min(to, (lambda[i] + lambda[i + 1]) / 2);
            sum += Math.max(0, high - low) * product.spectrum().flux()[i];
        }
        return sum;
    }
}
