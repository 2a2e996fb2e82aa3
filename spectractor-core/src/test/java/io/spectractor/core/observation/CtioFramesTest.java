package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.CcdConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CtioFramesTest {
    private static final String NAME = "reduc_20170530_134.fits";
    private static final ExtractionConfig CTIO = Instruments.ctio().config();

    private static ExtractionConfig withCcd(int rebin, int growPx) {
        CcdConfig ccd = CTIO.ccd();
        return new ExtractionConfig(
                CTIO.instrument(),
                new CcdConfig(
                        ccd.pixelSizeMm(),
                        ccd.plateScaleArcsec(),
                        ccd.saturationAdu(),
                        ccd.gain(),
                        rebin,
                        growPx,
                        "",
                        ""),
                CTIO.site(),
                CTIO.target(),
                CTIO.rotation(),
                CTIO.dispersion(),
                CTIO.background(),
                CTIO.extraction(),
                CTIO.psf(),
                CTIO.lines());
    }

    private static ReadResult read(TestFits frame, ExtractionConfig config) {
        return new InstrumentReader(Instruments.ctio()).read(frame.bytes(), ExposureRequest.of(NAME), config);
    }

    private static ReadResult read(TestFits frame) {
        return read(frame, CTIO);
    }

    private static float[] flat(int n, float value) {
        float[] pixels = new float[n];
        Arrays.fill(pixels, value);
        return pixels;
    }

    /** Header values and h = 28.178833 deg, dec = -18.557717 deg of spec/01 §4. */
    @Test
    void headerBecomesMetadataInUnits() {
        ObservationMetadata metadata =
                read(TestFits.ctio(4, 4, flat(16, 10))).exposure().metadata();
        assertThat(metadata.dateObs()).isEqualTo("2017-05-31T02:53:52.356");
        assertThat(metadata.exposureSeconds()).isEqualTo(120);
        assertThat(metadata.airmass()).isEqualTo(1.131);
        assertThat(metadata.filter()).isNull();
        assertThat(metadata.disperser()).isEqualTo("HoloAmAg");
        assertThat(metadata.rightAscensionDeg()).isCloseTo(193.28375, within(1e-9));
        assertThat(metadata.declinationDeg()).isCloseTo(-18.557717, within(1e-6));
        assertThat(metadata.hourAngleDeg()).isCloseTo(28.178833, within(1e-6));
        assertThat(metadata.temperatureCelsius()).isEqualTo(8.6);
        assertThat(metadata.pressureHPa()).isEqualTo(784);
        assertThat(metadata.humidityPercent()).isEqualTo(25);
        assertThat(metadata.plateScaleArcsec()).isEqualTo(0.401);
        assertThat(metadata.object()).isEqualTo("HD11980");
        assertThat(metadata.cards()).hasSize(34).allMatch(card -> card.length() == 80);
        assertThat(metadata.cards().stream().filter(card -> card.startsWith("UT  ")))
                .hasSize(2);
    }

    @Test
    void theRequestGoesThrough() {
        ExposureRequest request = new ExposureRequest(NAME, "HD111980", "Thor300", new PixelPosition(3, 1), null, null);
        byte[] file = TestFits.ctio(4, 4, flat(16, 10)).bytes();
        ReadResult result = new InstrumentReader(Instruments.ctio()).read(file, request, withCcd(2, 0));
        Exposure exposure = result.exposure();
        assertThat(exposure.name()).isEqualTo(NAME);
        assertThat(exposure.target()).isEqualTo("HD111980");
        assertThat(exposure.metadata().disperser()).isEqualTo("Thor300");
        assertThat(exposure.metadata().plateScaleArcsec()).isCloseTo(0.802, within(1e-12));
        // centre of unbinned pixels 2 and 3 is 2.5: that is binned pixel 1
        assertThat(exposure.guess()).isEqualTo(new PixelPosition(1.25, 0.25));
        assertThat(result.caveats()).isEmpty();
        assertThat(result.inputSha256()).isEqualTo(FitsSource.of("x", file).sha256());
    }

    @ParameterizedTest
    @CsvSource({"RG715,RG715", "'dia     ',", "Diafragma,", "'',", "FGB37,FGB37"})
    void filterIsTheFirstWheelUnlessItHoldsTheDiaphragm(String wheel, String expected) {
        TestFits frame = TestFits.ctio(2, 2, flat(4, 1)).with("FILTER1", "'" + wheel + "'");
        assertThat(read(frame).exposure().metadata().filter()).isEqualTo(expected);
    }

    @Test
    void signCountsBelowOneDegree() {
        TestFits frame = TestFits.ctio(2, 2, flat(4, 1))
                .with("DEC", "'-00:30:00'")
                .with("HA", "'-00:12:00.0'")
                .with("RA", "'00 04 00'");
        ObservationMetadata metadata = read(frame).exposure().metadata();
        assertThat(metadata.declinationDeg()).isEqualTo(-0.5);
        assertThat(metadata.hourAngleDeg()).isCloseTo(-3, within(1e-12));
        assertThat(metadata.rightAscensionDeg()).isCloseTo(1, within(1e-12));
    }

    /** Each quadrant has its amplifier; halves meet at size / 2 (spec/01 §3), also when the size is odd. */
    @Test
    void quadrantsHaveTheirOwnGainAndReadNoise() {
        TestFits frame = TestFits.ctio(5, 3, flat(15, 100))
                .with("GTGAIN11", "2.0")
                .with("GTGAIN12", "3.0")
                .with("GTGAIN21", "4.0")
                .with("GTGAIN22", "6.0")
                .with("GTRON11", "10")
                .with("GTRON12", "11")
                .with("GTRON21", "12")
                .with("GTRON22", "13");
        CcdImage image = read(frame).exposure().image();
        double[] gains = {2, 3, 4, 6};
        double[] noises = {10, 11, 12, 13};
        double noiseSum = 0;
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                int amplifier = (y >= 1 ? 2 : 0) + (x >= 2 ? 1 : 0);
                double gain = gains[amplifier];
                double noise = noises[amplifier];
                assertThat(image.rate(x, y)).isCloseTo(100 / 120.0 * gain / 3, within(1e-6));
                double electrons = gain * 100 + noise * noise;
                assertThat(image.variance(x, y)).isCloseTo(electrons / 360 / 360, within(1e-9));
                noiseSum += noise * noise / 360 / 360;
            }
        }
        assertThat(image.electronsPerRate()).isEqualTo(360);
        assertThat(image.saturationRate()).isEqualTo(500);
        assertThat(image.readNoiseVariance()).isCloseTo(noiseSum / 15, within(1e-12));
    }

    @Test
    void varianceIsPositiveWhateverThePixel() {
        TestFits noisy = TestFits.ctio(2, 1, -500, 30);
        CcdImage image = read(noisy).exposure().image();
        assertThat(image.rate(0, 0)).isCloseTo(-500 / 120.0, within(1e-6));
        assertThat(image.variance(0, 0)).isCloseTo(144.0 / 360 / 360, within(1e-10));
        TestFits noiseless = TestFits.ctio(3, 1, -500, 30, 10);
        for (String amplifier : new String[] {"11", "12", "21", "22"}) {
            noiseless = noiseless.with("GTRON" + amplifier, 0);
        }
        image = read(noiseless).exposure().image();
        assertThat(image.variance(0, 0)).isEqualTo(image.variance(2, 0)).isPositive();
    }

    @Test
    void saturationIsFlaggedAndGrown() {
        float[] adu = flat(49, 100);
        adu[3 * 7 + 3] = 60000;
        adu[0] = 70000;
        adu[6] = 59999;
        CcdImage grown =
                read(TestFits.ctio(7, 7, adu), withCcd(1, 1)).exposure().image();
        CcdImage bare = read(TestFits.ctio(7, 7, adu), withCcd(1, 0)).exposure().image();
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 7; x++) {
                boolean atCentre = Math.abs(x - 3) <= 1 && Math.abs(y - 3) <= 1;
                boolean inCorner = x <= 1 && y <= 1;
                assertThat(grown.mask(x, y)).isEqualTo(atCentre || inCorner ? CcdImage.SATURATED : 0);
                boolean hot = (x == 3 && y == 3) || (x == 0 && y == 0);
                assertThat(bare.mask(x, y)).isEqualTo(hot ? CcdImage.SATURATED : 0);
            }
        }
    }

    @Test
    void pixelsThatAreNoNumbersAreBadAndWeightless() {
        CcdImage image = read(TestFits.ctio(2, 2, Float.NaN, Float.POSITIVE_INFINITY, 5, 6))
                .exposure()
                .image();
        assertThat(image.mask(0, 0)).isEqualTo(CcdImage.BAD);
        assertThat(image.mask(1, 0)).isEqualTo(CcdImage.BAD);
        assertThat(image.isGood(0, 1)).isTrue();
        assertThat(image.rate(0, 0)).isZero();
        assertThat(image.variance(1, 0)).isFinite().isGreaterThan(1e15);
    }

    @Test
    void anImageOfNothingIsRefused() {
        assertThatThrownBy(() -> read(TestFits.ctio(2, 2, flat(4, Float.NaN))))
                .isInstanceOf(ExtractionException.class)
                .hasMessage(NAME + ": 100% of the pixels are not finite numbers");
    }

    /** 5 x 5 pixels in bins of 2: the fifth row and column are cropped. */
    @Test
    void rebinningSumsAfterConversion() {
        float[] adu = new float[25];
        for (int i = 0; i < 25; i++) {
            adu[i] = 10 * i;
        }
        adu[3 * 5 + 2] = 65000;
        CcdImage fine = read(TestFits.ctio(5, 5, adu), withCcd(1, 0)).exposure().image();
        CcdImage image =
                read(TestFits.ctio(5, 5, adu), withCcd(2, 0)).exposure().image();
        assertThat(image.width()).isEqualTo(2);
        assertThat(image.height()).isEqualTo(2);
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 2; x++) {
                double rate = 0;
                double variance = 0;
                for (int k = 0; k < 4; k++) {
                    rate += fine.rate(2 * x + k % 2, 2 * y + k / 2);
                    variance += fine.variance(2 * x + k % 2, 2 * y + k / 2);
                }
                assertThat(image.rate(x, y)).isCloseTo(rate, within(1e-4));
                assertThat(image.variance(x, y)).isCloseTo(variance, within(1e-7));
            }
        }
        assertThat(image.maskCopy()).containsExactly(0, 0, 0, CcdImage.SATURATED);
        assertThat(image.saturationRate()).isEqualTo(2000);
        assertThat(image.electronsPerRate()).isEqualTo(360);
        assertThat(image.readNoiseVariance()).isCloseTo(4 * fine.readNoiseVariance(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATE-OBS",
                "AIRMASS",
                "EXPTIME",
                "FILTER2",
                "RA",
                "DEC",
                "HA",
                "GTGAIN11",
                "GTGAIN12",
                "GTGAIN21",
                "GTGAIN22",
                "GTRON11",
                "GTRON12",
                "GTRON21",
                "GTRON22"
            })
    void missingCardsAreNamed(String keyword) {
        TestFits frame = TestFits.ctio(2, 2, flat(4, 1)).without(keyword);
        assertThatThrownBy(() -> read(frame))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNPROCESSABLE))
                .hasMessage(NAME + ": card " + keyword + " is missing or blank");
    }

    @ParameterizedTest
    @CsvSource({
        "AIRMASS,0.5,AIRMASS = 0.5 is below 1",
        "AIRMASS,'''high''',AIRMASS = 'high' is not a number",
        "EXPTIME,0.,EXPTIME = 0.0 s: nothing was exposed",
        "EXPTIME,-3,EXPTIME = -3.0 s: nothing was exposed",
        "RA,193.2,RA = '193.2' is not sexagesimal",
        "HA,'''01:72:00''',HA = '01:72:00' is not sexagesimal",
        "GTGAIN21,0,GTGAIN21 = 0.0 is not a gain",
        "GTRON22,-1,GTRON22 = -1.0 is not a read-out noise"
    })
    void impossibleCardsAreQuoted(String keyword, String value, String message) {
        TestFits frame = TestFits.ctio(2, 2, flat(4, 1)).with(keyword, value);
        assertThatThrownBy(() -> read(frame))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith(NAME + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "-4,-4,-4,8.6,779,27",
        "-2,-2,-2,8.6,779,27",
        ",,,8.6,779,27",
        "5.5,,30,5.5,779,30",
        "-4,780,30,-4,780,30",
        "5.5,780,130,5.5,780,27"
    })
    void impossibleWeatherIsReplaced(
            String temperature, String pressure, String humidity, double celsius, double hPa, double percent) {
        TestFits frame = TestFits.ctio(2, 2, flat(4, 1))
                .with("OUTTEMP", temperature == null ? "" : temperature)
                .with("OUTPRESS", pressure == null ? "" : pressure)
                .with("OUTHUM", humidity == null ? "" : humidity);
        ReadResult result = read(frame);
        ObservationMetadata metadata = result.exposure().metadata();
        assertThat(metadata.temperatureCelsius()).isEqualTo(celsius);
        assertThat(metadata.pressureHPa()).isEqualTo(hPa);
        assertThat(metadata.humidityPercent()).isEqualTo(percent);
        boolean allValid = celsius == -4;
        assertThat(result.caveats().contains(Caveat.WEATHER_MISSING)).isEqualTo(!allValid);
    }

    @Test
    void missingPaddingIsACaveat() {
        byte[] file = TestFits.ctio(2, 2, flat(4, 1)).bytes();
        ReadResult result = new InstrumentReader(Instruments.ctio())
                .read(Arrays.copyOf(file, file.length - 100), ExposureRequest.of(NAME), CTIO);
        assertThat(result.caveats()).containsExactly(Caveat.PADDING_MISSING);
    }

    @Test
    void framesOfOtherTelescopesAreRefused() {
        TestFits alien = TestFits.ctio(2, 2, flat(4, 1))
                .with("OBSERVAT", "'KPNO'")
                .with("TELESCOP", "'KPNO 4m'")
                .with("INSTRUME", "'mosaic_1'")
                .without("TELID");
        assertThatThrownBy(() -> read(alien))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith(NAME
                        + ": not a frame of the CTIO 0.9 m telescope (TELID = absent, OBSERVAT = KPNO, INSTRUME ="
                        + " mosaic_1, TELESCOP = KPNO 4m); --instrument chooses");
        TestFits decam = TestFits.ctio(2, 2, flat(4, 1))
                .with("TELESCOP", "'CTIO 4.0-m telescope'")
                .with("INSTRUME", "'DECam'")
                .without("TELID");
        assertThatThrownBy(() -> read(decam))
                .hasMessageContaining("not a frame of the CTIO 0.9 m telescope (TELID = absent");
    }

    @ParameterizedTest
    @CsvSource({"OBSERVAT TELESCOP INSTRUME", "TELID TELESCOP INSTRUME", "TELID OBSERVAT INSTRUME", "OBSERVAT TELESCOP"
    })
    void oneCardOfTheTelescopeIsEnough(String absent) {
        TestFits frame = TestFits.ctio(2, 2, flat(4, 1));
        for (String keyword : absent.split(" ", -1)) {
            frame = frame.without(keyword);
        }
        assertThat(read(frame).exposure().image().width()).isEqualTo(2);
    }

    @Test
    void imagesShareNothingThatCanChange() {
        CcdImage image = read(TestFits.ctio(2, 1, 1, 2)).exposure().image();
        byte[] mask = {CcdImage.COSMIC, 0};
        CcdImage flagged = image.withMask(mask);
        mask[1] = CcdImage.BAD;
        flagged.maskCopy()[1] = CcdImage.BAD;
        assertThat(flagged.maskCopy()).containsExactly(CcdImage.COSMIC, 0);
        assertThat(image.maskCopy()).containsExactly(0, 0);
        assertThat(flagged.rate(1, 0)).isEqualTo(image.rate(1, 0));
    }
}
