package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.SpectrumProduct;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.util.FitsOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real frames of cameras with a grating in front, whose places of lines are known; and what is not a spectrum. */
@Tag("slow")
class AnyCameraTest {
    private static final String CAMERA = """
            instrument: camera
            frames: [{name: image, x: %s, y: %s}]
            amplifiers: {columns: 1, rows: 1, list: [{gain: 1, noise: 5}]}
            header:
              date: {card: DATE-OBS}
              hour_angle: {compute: position}
            dispersers: {grating: {grooves_per_mm: 100}}
            settings:
              site: {throughput: unknown}
              ccd: {pixel_size_mm: %s, plate_scale_arcsec: %s, gain: 1}
              dispersion: {distance_mm: %s, distance_error_mm: %s, lambda_min_nm: 380, lambda_max_nm: 900}
              extraction: {method: psf1d}
            """;

    private static Path real(String name) {
        String root = System.getenv("SPECTRACTOR_SHARED");
        assumeTrue(root != null && Files.isRegularFile(Path.of(root, "real", "slitless", name)), "no " + name);
        return Path.of(root, "real", "slitless", name);
    }

    private static ExtractionOutcome extract(String yaml, byte[] file, String target, PixelPosition guess) {
        return new SpectrumExtractor(Instrument.parse("camera.yaml", yaml).config(), EmbeddedCalibration.load())
                .extract(file, new ExposureRequest("frame.fits", target, null, guess, null, null));
    }

    /** Order 0 and three lines of a star through a Star Analyser, as people measured them, wherever the spectrum lies. */
    @ParameterizedTest
    @CsvSource({
        "right, +column, +row, 97, 3",
        "left, -column, -row, 97, 3",
        "up, +row, -column, 97, 3",
        "down, -row, +column, 97, 3",
        // a guess of the distance that is a quarter too short: the spectrum is found beyond where it was looked for
        "right, +column, +row, 72, 10",
    })
    void linesLieWhereTheyWereMeasured(String side, String x, String y, String distance, String error)
            throws Exception {
        byte[] file = turned(Files.readAllBytes(real("Sheratan_orez_L.fit")), side);
        String yaml = String.format(Locale.ROOT, CAMERA, x, y, "0.0054", "22.28", distance, error);
        SpectrumProduct product =
                ((ExtractionOutcome.Done) extract(yaml, file, "Sheratan", new PixelPosition(145, 163))).product();
        ProductSummary s = product.summary();
        assertThat(s.targetX()).isCloseTo(144.72, within(0.5));
        assertThat(s.targetY()).isCloseTo(163.18, within(0.5));
        double[][] lines = {{787.2, 434.05}, {881.2, 486.13}, {1188.2, 656.28}};
        double[] lambda = product.spectrum().lambdaNm();
        int[] columns = product.spectrum().column();
        for (double[] line : lines) {
            double place = 144.72 + line[0] - columns[0];
            int i = (int) place;
            double there = lambda[i] + (place - i) * (lambda[i + 1] - lambda[i]);
            assertThat(there).as("%s px", line[0]).isCloseTo(line[1], within(1.0));
        }
    }

    /** The seven places at which a mercury lamp stood, and a distance that is a quarter too short. */
    @ParameterizedTest
    @CsvSource({
        "32, 36, 68",
        "36, 142, 68",
        "36, 243, 68",
        "36, 343, 68",
        "31, 448, 68",
        "243, 191, 68",
        "242, 391, 68",
        "36, 243, 50",
    })
    void linesOfALampAreIdentified(double x, double y, String distance) throws Exception {
        byte[] file = Files.readAllBytes(real("Marian_Hg.fit"));
        String yaml = String.format(Locale.ROOT, CAMERA, "+column", "+row", "0.0086", "0", distance, "2");
        SpectrumProduct product =
                ((ExtractionOutcome.Done) extract(yaml, file, "Hg", new PixelPosition(x, y))).product();
        List<LineMeasurement> lines = product.lines();
        for (double nm : new double[] {404.656, 435.833, 546.074}) {
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.tabulatedNm()).isCloseTo(nm, within(0.01));
                assertThat(line.detectedNm()).isCloseTo(nm, within(1.0));
            });
        }
    }

    /** A lamp without a continuum: only its lines tell how the spectrum is tilted, here by more than the strip is high. */
    @ParameterizedTest
    @ValueSource(doubles = {-1.6, 2.5, 6})
    void theLinesOfALampTellTheTilt(double tiltDeg) throws Exception {
        double[][] lines = {
            {0, 0.5}, {365.015, 0.5}, {404.656, 0.6}, {435.833, 1}, {546.074, 1.2}, {576.96, 0.2}, {579.066, 0.2}
        };
        double x0 = 160.3;
        double y0 = 200.6;
        Random random = new Random(3);
        float[][] pixels = new float[400][1400];
        for (float[] row : pixels) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (280 + 17 * random.nextGaussian());
            }
        }
        double[] columns = new double[lines.length];
        for (int k = 0; k < lines.length; k++) {
            double along = 38 / 0.005 * Math.tan(Math.asin(200e-6 * lines[k][0]));
            columns[k] = x0 + along * Math.cos(Math.toRadians(tiltDeg));
            double row = y0 + along * Math.sin(Math.toRadians(tiltDeg));
            for (int y = (int) row - 12; y <= row + 12; y++) {
                for (int x = (int) columns[k] - 12; x <= columns[k] + 12; x++) {
                    double r2 = Math.pow(x - columns[k], 2) + Math.pow(y - row, 2);
                    pixels[y][x] += (float) (4000 * lines[k][1] * Math.exp(-r2 / 5));
                }
            }
        }
        String yaml = String.format(Locale.ROOT, CAMERA, "+column", "+row", "0.005", "0", "38", "0.7")
                .replace("grooves_per_mm: 100", "grooves_per_mm: 200")
                .replace("lambda_min_nm: 380", "lambda_min_nm: 350");
        SpectrumProduct product =
                ((ExtractionOutcome.Done) extract(yaml, bytes(pixels), "Hg", new PixelPosition(160, 201))).product();
        assertThat(product.summary().rotationAngleDeg()).isCloseTo(tiltDeg, within(0.1));
        double[] lambda = product.spectrum().lambdaNm();
        for (int k = 1; k < 5; k++) {
            double place = columns[k] - product.spectrum().column()[0];
            int i = (int) place;
            double there = lambda[i] + (place - i) * (lambda[i + 1] - lambda[i]);
            assertThat(there).as("%s nm", lines[k][0]).isCloseTo(lines[k][0], within(0.3));
        }
    }

    /** Stars everywhere and no grating: what lies beside the brightest one are no lines of it. */
    @ParameterizedTest
    @ValueSource(longs = {5, 11, 12, 18, 31, 47})
    void aCrowdedFieldIsNoSpectrum(long seed) throws Exception {
        Random random = new Random(seed);
        float[][] pixels = new float[700][1100];
        for (float[] row : pixels) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (100 + 5 * random.nextGaussian());
            }
        }
        for (int star = 0; star < 500; star++) {
            int x = 13 + random.nextInt(1074);
            int y = 13 + random.nextInt(674);
            double peak = Math.pow(10, 1 + 3 * random.nextDouble());
            for (int j = -12; j <= 12; j++) {
                for (int i = -12; i <= 12; i++) {
                    pixels[y + j][x + i] += (float) (peak * Math.exp(-(i * i + j * j) / 8.0));
                }
            }
        }
        String yaml = String.format(Locale.ROOT, CAMERA, "+column", "+row", "0.0054", "22.28", "70", "2");
        ExtractionOutcome outcome = extract(yaml, bytes(pixels), "Sheratan", null);
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Failed.class);
        ExtractionOutcome.Failed failed = (ExtractionOutcome.Failed) outcome;
        assertThat(failed.failure().kind()).isIn(FailureKind.UNPROCESSABLE, FailureKind.NO_SPECTRUM);
        assertThat(failed.failure().message()).contains("frame.fits");
    }

    /** The image as a camera would have it whose spectrum lies on another side; nothing of it is mirrored. */
    private static byte[] turned(byte[] file, String side) throws Exception {
        float[][] right;
        try (Fits fits = new Fits(new ByteArrayInputStream(file))) {
            right = scaled(fits.readHDU());
        }
        int height = right.length;
        int width = right[0].length;
        boolean upright = side.equals("up") || side.equals("down");
        float[][] out = new float[upright ? width : height][upright ? height : width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                switch (side) {
                    case "left" -> out[height - 1 - y][width - 1 - x] = right[y][x];
                    case "up" -> out[x][height - 1 - y] = right[y][x];
                    case "down" -> out[width - 1 - x][y] = right[y][x];
                    default -> out[y][x] = right[y][x];
                }
            }
        }
        return bytes(out);
    }

    /** Sixteen-bit numbers as their header scales them. */
    private static float[][] scaled(BasicHDU<?> hdu) {
        short[][] stored = (short[][]) hdu.getKernel();
        double zero = hdu.getHeader().getDoubleValue("BZERO", 0);
        float[][] out = new float[stored.length][stored[0].length];
        for (int y = 0; y < out.length; y++) {
            for (int x = 0; x < out[0].length; x++) {
                out[y][x] = (float) (stored[y][x] + zero);
            }
        }
        return out;
    }

    private static byte[] bytes(float[][] pixels) throws FitsException, IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (Fits fits = new Fits();
                FitsOutputStream out = new FitsOutputStream(buffer)) {
            fits.addHDU(Fits.makeHDU(pixels));
            fits.write(out);
        }
        return buffer.toByteArray();
    }
}
