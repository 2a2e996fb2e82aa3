package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What frames of cameras that people describe themselves may look like. */
class AmateurFramesTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private static final Instrument CAMERA = Instrument.parse("mycam.yaml", """
            instrument: mycam
            frames: [{name: image}]
            amplifiers: {columns: 1, rows: 1, list: [{gain: 3, noise: 9}]}
            header:
              exposure: {card: EXPTIME, unit: s, valid: [0, 100000]}
            dispersers: {grating: {grooves_per_mm: 100}}
            settings:
              site: {throughput: unknown}
              ccd: {pixel_size_mm: 0.005, gain: 3}
              dispersion: {distance_mm: 42, distance_error_mm: 1}
            """);

    /** Sky of 400 electrons with its noise, counted in units of so many electrons. */
    private static float[] sky(int width, int height, double electrons, double noise) {
        Random random = new Random(5);
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) ((400 + noise * Math.sqrt(400 + 81) * random.nextGaussian()) / electrons);
        }
        return pixels;
    }

    private static TestFits frame() {
        return TestFits.image(-32, WIDTH, HEIGHT).card("EXPTIME", "30.0").floats(sky(WIDTH, HEIGHT, 3, 1));
    }

    private static ReadResult read(byte[] file) {
        ExtractionConfig config = CAMERA.config();
        return new InstrumentReader(CAMERA)
                .read(FitsSource.of("star.fit", file), ExposureRequest.of("star.fit"), config);
    }

    private static TestFits extension(String title, int width, int height) {
        TestFits hdu = TestFits.empty()
                .card("XTENSION", "'IMAGE   '")
                .card("BITPIX", -32)
                .card("NAXIS", 2)
                .card("NAXIS1", width)
                .card("NAXIS2", height)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1);
        return (title.isEmpty() ? hdu : hdu.card("EXTNAME", "'" + title + "'")).floats(sky(width, height, 3, 1));
    }

    private static TestFits primary(int... axes) {
        TestFits primary = TestFits.image(axes.length == 0 ? 8 : -32, axes)
                .card("EXTEND", "T")
                .card("EXPTIME", "30.0");
        // what scales the preview's numbers must not scale the exposure's
        return axes.length == 0 ? primary : primary.card("BZERO", "5000.").floats(new float[axes[0] * axes[1]]);
    }

    @ParameterizedTest
    @CsvSource({
        "true, SCI, THUMBNAIL",
        "false, Preview, ''",
        "true, '', ''",
        "true, IMAGE, QUICKLOOK",
    })
    void previewsBesideTheExposureAreLeftOut(boolean exposureFirst, String first, String second) {
        byte[] one = extension(first, exposureFirst ? WIDTH : 16, exposureFirst ? HEIGHT : 12)
                .bytes();
        byte[] other = extension(second, exposureFirst ? 16 : WIDTH, exposureFirst ? 12 : HEIGHT)
                .bytes();
        CcdImage image =
                read(TestFits.concat(primary().bytes(), one, other)).exposure().image();
        assertThat(image.width()).isEqualTo(WIDTH);
        assertThat(image.height()).isEqualTo(HEIGHT);
    }

    @Test
    void aPreviewInThePrimaryGivesWayToTheExposure() {
        byte[] file = TestFits.concat(
                primary(16, 12).bytes(), extension("SCI", WIDTH, HEIGHT).bytes());
        CcdImage image = read(file).exposure().image();
        assertThat(image.width()).isEqualTo(WIDTH);
        // 400 electrons at a gain of 3 in 30 s
        assertThat(image.rate(10, 10)).isBetween(2.0, 7.0);
    }

    @Test
    void twoExposuresAreNotChosenFrom() {
        byte[] file = TestFits.concat(
                primary().bytes(),
                extension("A", WIDTH, HEIGHT).bytes(),
                extension("B", WIDTH, HEIGHT).bytes());
        assertThatThrownBy(() -> read(file)).hasMessageContaining("star.fit: holds 2 images (A, B)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0 | EXPTIME = 0.0 s: nothing was exposed",
                "-5.0 | EXPTIME = -5.0 lies outside 0 to 100000 s",
                "'thirty' | EXPTIME = 'thirty' is not a number",
            })
    void anImpossibleExposureTimeIsRefused(String written, String message) {
        byte[] file = frame().with("EXPTIME", written).bytes();
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith("star.fit: ")
                .hasMessageContaining(message)
                .hasMessageContaining("correct the card");
    }

    /** Products of today have an HDU of their own; those of the first years are three rows of numbers. */
    @Test
    void spectraGivenAsImagesAreRefused() {
        byte[] today = TestFits.concat(
                primary().bytes(), extension("SPEC_COV", WIDTH, HEIGHT).bytes());
        assertThatThrownBy(() -> read(today))
                .hasMessageStartingWith("star.fit: ")
                .hasMessageContaining("a spectrum that was extracted already");
        byte[] old = TestFits.image(-32, WIDTH, 3)
                .card("EXPTIME", "30.0")
                .card("TARGETX", "12.5")
                .floats(sky(WIDTH, 3, 3, 1))
                .bytes();
        assertThatThrownBy(() -> read(old)).hasMessageContaining("give the image it was made of");
    }

    @Test
    void withoutAnExposureTimeRatesAreCounts() {
        ReadResult result = read(frame().without("EXPTIME").bytes());
        assertThat(result.caveats()).contains(Caveat.EXPOSURE_UNKNOWN);
        assertThat(result.exposure().image().rate(10, 10)).isBetween(60.0, 210.0);
    }

    /** Electrons called ADU scatter 1.7 times what a gain of 3 predicts; ten averaged exposures a third of it. */
    @ParameterizedTest
    @CsvSource({"3, 1, false", "1, 1, true", "3, 0.3, true", "3, 0, false"})
    void noiseThatGainDoesNotPredictIsSaid(double electronsPerUnit, double noise, boolean said) {
        TestFits frame = TestFits.image(-32, 4 * WIDTH, 4 * HEIGHT)
                .card("EXPTIME", "30.0")
                .floats(sky(4 * WIDTH, 4 * HEIGHT, electronsPerUnit, noise));
        assertThat(read(frame.bytes()).caveats().contains(Caveat.NOISE_UNLIKE_GAIN))
                .isEqualTo(said);
    }

    /** A spectrum along rows on a pedestal that hides the filters' sky; red, green and blue count it differently. */
    @ParameterizedTest
    @CsvSource({"RGGB, true, true", "RGGB, false, false", "'', true, true", "'', false, false"})
    void coloursAreSeenInTheLightOfASpectrum(String card, boolean mosaic, boolean refused) {
        int width = 512;
        float[] pixels = new float[width * HEIGHT];
        Arrays.fill(pixels, 1000);
        Random random = new Random(2);
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int y = i / width;
            double filter = (x + y) % 2 == 1 ? 1 : y % 2 == 0 ? 0.6 : 0.4;
            // undersampled across
            double light = 800 * Math.exp(-0.5 * Math.pow((y - 24.4) / 0.6, 2)) * (mosaic ? filter : 1);
            pixels[i] += (float) (light + 5 * random.nextGaussian());
        }
        Map<String, String> cards = card.isEmpty() ? Map.of() : Map.of("BAYERPAT", card);
        if (refused) {
            assertThatThrownBy(() -> ColourFilters.refuseMosaic("a.fits", cards::get, pixels, width, HEIGHT, 1))
                    .isInstanceOf(ExtractionException.class)
                    .hasMessageContaining("--set ccd.rebin=2");
        } else {
            ColourFilters.refuseMosaic("a.fits", cards::get, pixels, width, HEIGHT, 1);
        }
    }
}
