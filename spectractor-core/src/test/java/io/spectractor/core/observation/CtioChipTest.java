package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.CcdConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.ExtractionException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the reader does with the files of the chip: the bad-pixel mask and the flat. */
class CtioChipTest {
    private static final String NAME = "reduc_20170530_134.fits";
    private static final ExtractionConfig CTIO = Instruments.ctio().config();
    private static final ExtractionConfig BINNED = binned();

    private static ExtractionConfig binned() {
        CcdConfig ccd = CTIO.ccd();
        return new ExtractionConfig(
                CTIO.instrument(),
                new CcdConfig(ccd.pixelSizeMm(), ccd.plateScaleArcsec(), ccd.saturationAdu(), ccd.gain(), 2, 1, "", ""),
                CTIO.site(),
                CTIO.target(),
                CTIO.rotation(),
                CTIO.dispersion(),
                CTIO.background(),
                CTIO.extraction(),
                CTIO.psf(),
                CTIO.lines());
    }

    private static CcdImage plain(ExtractionConfig config) {
        return new InstrumentReader(Instruments.ctio())
                .read(TestFits.ctio(2, 2, flat(4, 700)).bytes(), ExposureRequest.of(NAME), config)
                .exposure()
                .image();
    }

    private static float[] flat(int n, float value) {
        float[] pixels = new float[n];
        Arrays.fill(pixels, value);
        return pixels;
    }

    @Test
    void badPixelsAreFlaggedAndMustFit() {
        boolean[] bad = new boolean[4];
        bad[2] = true;
        byte[] file = TestFits.ctio(2, 2, flat(4, 7)).bytes();
        CcdImage image = new InstrumentReader(Instruments.ctio())
                .withBadPixels(new BadPixelMask(2, 2, bad))
                .read(file, ExposureRequest.of(NAME), CTIO)
                .exposure()
                .image();
        assertThat(image.maskCopy()).containsExactly(0, 0, CcdImage.BAD, 0);
        assertThat(image.rate(0, 1)).isCloseTo(7 / 120.0, within(1e-7));

        byte[] fits = TestFits.image(8, 2, 2).data(new byte[] {0, 0, 1, 0}).bytes();
        BadPixelMask read = BadPixelMask.read(FitsSource.of("bad.fits", fits));
        assertThat(read.isBad(2)).isTrue();
        assertThat(read.isBad(3)).isFalse();

        InstrumentReader other =
                new InstrumentReader(Instruments.ctio()).withBadPixels(new BadPixelMask(2, 1, new boolean[2]));
        assertThatThrownBy(() -> other.read(file, ExposureRequest.of(NAME), CTIO))
                .hasMessage(NAME + ": its 2 x 2 pixels do not fit the bad-pixel mask of 2 x 1");
    }

    @Test
    void framesAreDividedByTheFlatAndTheirVariancesByItsSquare() {
        byte[] file = TestFits.ctio(2, 2, flat(4, 700)).bytes();
        CcdImage plain = plain(CTIO);
        FlatField response = new FlatField(2, 2, new float[] {0.5f, 1, 0, Float.NaN});
        CcdImage image = new InstrumentReader(Instruments.ctio())
                .withFlat(response)
                .read(file, ExposureRequest.of(NAME), CTIO)
                .exposure()
                .image();

        assertThat(image.rate(0, 0)).isCloseTo(2 * plain.rate(0, 0), within(1e-6));
        assertThat(image.variance(0, 0)).isCloseTo(4 * plain.variance(0, 0), within(1e-6));
        assertThat(image.electronsPerRate(0, 0)).isEqualTo(0.5 * plain.electronsPerRate());
        assertThat(image.rate(1, 0)).isEqualTo(plain.rate(1, 0));
        assertThat(image.variance(1, 0)).isEqualTo(plain.variance(1, 0));
        assertThat(image.maskCopy()).containsExactly(0, 0, CcdImage.BAD, CcdImage.BAD);

        InstrumentReader other = new InstrumentReader(Instruments.ctio()).withFlat(new FlatField(2, 1, new float[2]));
        assertThatThrownBy(() -> other.read(file, ExposureRequest.of(NAME), CTIO))
                .hasMessage(NAME + ": its 2 x 2 pixels do not fit the flat of 2 x 1");
    }

    @Test
    void aFileThatCannotBeAFlatIsRefused() {
        noFlat("no pixel of 0.01 or more; it must be about 1", 0, 0, 0, 0);
        noFlat("no pixel of 0.01", Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -1);
        noFlat("only 1 of the 4 pixels", 1, Float.NaN, 0, 0);
        noFlat("the median of this flat is 31000.0; it must be about 1: divide it", 30_000, 31_000, 32_000, 0);
        noFlat("the median of this flat is 0.05", 0.04f, 0.05f, 0.05f, 0.06f);
        assertThat(FlatField.read(flatOf(1.1f, 0.9f, 0, Float.NaN)).width()).isEqualTo(2);
    }

    private static void noFlat(String why, float... pixels) {
        assertThatThrownBy(() -> FlatField.read(flatOf(pixels)))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContainingAll("flat.fits: ", why);
    }

    private static FitsSource flatOf(float... pixels) {
        ByteBuffer data = ByteBuffer.allocate(4 * pixels.length);
        data.asFloatBuffer().put(pixels);
        return FitsSource.of(
                "flat.fits", TestFits.image(-32, 2, 2).data(data.array()).bytes());
    }

    /** Rebinning sums variances: the photons of a bin are those of its pixels. */
    @Test
    void aFlatIsDividedByBeforeRebinning() {
        FlatField response = new FlatField(2, 2, new float[] {0.5f, 1, 1, 1});
        CcdImage image = new InstrumentReader(Instruments.ctio())
                .withFlat(response)
                .read(TestFits.ctio(2, 2, flat(4, 700)).bytes(), ExposureRequest.of(NAME), BINNED)
                .exposure()
                .image();
        CcdImage plain = plain(BINNED);

        assertThat(image.rate(0, 0)).isCloseTo(1.25 * plain.rate(0, 0), within(1e-4));
        assertThat(image.electronsPerRate(0, 0)).isCloseTo(0.8 * plain.electronsPerRate(), within(1e-4));
    }
}
