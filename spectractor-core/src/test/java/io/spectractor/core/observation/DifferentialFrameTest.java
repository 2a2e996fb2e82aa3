package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.instrument.Instruments;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A thousand valid files of one frame give what the plain one gives, to the last bit: pixels, variances, masks, what the
 * header says, warnings and the configuration that follows. That is all that {@code StagedExtraction} is given, and it has
 * no state of its own, so they give the spectrum of the plain frame as well; the digest and the cards of the file only go
 * into the product's header.
 */
class DifferentialFrameTest {
    private static final int VARIANTS = Integer.getInteger("spectractor.variants", 1000);
    private static final int WIDTH = 83;
    private static final int HEIGHT = 61;

    private static FrameVariants frame() {
        Random random = new Random(11);
        float[] pixels = new float[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(50) == 0 ? Float.NaN : (float) Math.rint(300 + 5 * random.nextGaussian());
        }
        for (int i = 0; i < 400; i++) {
            pixels[2000 + i] = random.nextInt(30000);
        }
        return new FrameVariants(
                WIDTH,
                HEIGHT,
                pixels,
                List.of(
                        "OBJECT  = 'HD111980'",
                        "DATE-OBS= '2017-05-31T02:53:52.356'",
                        "GTRON11 = 12.",
                        "GTRON12 = 12.",
                        "GTRON21 = 12.",
                        "GTRON22 = 12.",
                        "GTGAIN11= 3.",
                        "GTGAIN12= 3.",
                        "GTGAIN21= 3.",
                        "GTGAIN22= 3.",
                        "EXPTIME = 120.",
                        "OBSERVAT= 'CTIO'",
                        "TELESCOP= 'CTIO 0.9 meter telescope'",
                        "TELID   = 'ct36'",
                        "RA      = '12:53:8.10'",
                        "DEC     = '-18:33:27.78'",
                        "HA      = '01:52:42.92'",
                        "AIRMASS = 1.131",
                        "OUTTEMP = 8.6",
                        "OUTHUM  = 25",
                        "OUTPRESS= 784.",
                        "FILTER1 = 'dia'",
                        "FILTER2 = 'HoloAmAg'",
                        "INSTRUME= 'cfccd'",
                        "XPIXSIZE= 0.401",
                        "XSTART  = 1",
                        "YSTART  = 1"));
    }

    private static ReadResult read(byte[] file) {
        return new InstrumentReader(Instruments.ctio())
                .read(
                        FitsSource.of("a.fits", file),
                        ExposureRequest.of("a.fits"),
                        Instruments.ctio().config());
    }

    @Test
    void everyVariantIsTheSameInputOfAnExtraction() {
        FrameVariants frame = frame();
        ReadResult plain = read(frame.plain());
        assertThat(plain.caveats()).isEmpty();
        for (int seed = 1; seed <= VARIANTS; seed++) {
            ReadResult variant = read(frame.variant(seed));
            assertThat(numbers(variant.exposure().image()))
                    .as("pixels of variant %d", seed)
                    .isEqualTo(numbers(plain.exposure().image()));
            assertThat(variant.exposure().image().maskCopy())
                    .as("mask of variant %d", seed)
                    .isEqualTo(plain.exposure().image().maskCopy());
            assertThat(words(variant)).as("header of variant %d", seed).isEqualTo(words(plain));
            assertThat(variant.config()).as("configuration of variant %d", seed).isEqualTo(plain.config());
            assertThat(variant.caveats()).as("caveats of variant %d", seed).isEqualTo(plain.caveats());
        }
    }

    private static double[] numbers(CcdImage image) {
        double[] numbers = new double[2 * image.width() * image.height()];
        for (int i = 0; i < numbers.length / 2; i++) {
            numbers[2 * i] = image.rate(i % image.width(), i / image.width());
            numbers[2 * i + 1] = image.variance(i % image.width(), i / image.width());
        }
        return numbers;
    }

    /** All but the pixels, the digest of the file, and its cards, which stand in the order of the file. */
    private static String words(ReadResult result) {
        Exposure exposure = result.exposure();
        CcdImage image = exposure.image();
        ObservationMetadata m = exposure.metadata();
        ObservationMetadata withoutCards = new ObservationMetadata(
                m.dateObs(),
                m.exposureSeconds(),
                m.airmass(),
                m.filter(),
                m.disperser(),
                m.rightAscensionDeg(),
                m.declinationDeg(),
                m.hourAngleDeg(),
                m.temperatureCelsius(),
                m.pressureHPa(),
                m.humidityPercent(),
                m.plateScaleArcsec(),
                m.object(),
                List.of());
        return String.join(
                " ",
                withoutCards.toString(),
                "" + image.width(),
                "" + image.height(),
                "" + image.saturationRate(),
                "" + image.electronsPerRate(),
                "" + image.readNoiseVariance(),
                exposure.name(),
                "" + exposure.target(),
                "" + exposure.guess());
    }
}
