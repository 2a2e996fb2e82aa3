package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.ExtractionException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames as cameras write them: overscans around the light, colours in turn. */
class RawFrameTest {
    private static final int LIGHT_COLUMNS = 1056;
    private static final int LIGHT_ROWS = 1032;

    private static final String SMALL = """
            instrument: small
            title: a small camera
            recognise:
              - {INSTRUME: small}
            frames:
              - name: raw
                larger_than: {columns: 40, rows: 30}
                raw:
                  columns: 40
                  rows: 30
                  light: {columns: [2, 42], rows: [0, 30]}
                  serial_overscan: {columns: [44, end], rows: [0, end]}
                  parallel_overscan: {columns: [2, 42], rows: [30, end]}
                  segments:
                    - {x: 0, y: 0, flip_x: true}
              - name: trimmed
            amplifiers:
              columns: 1
              rows: 1
              list:
                - {gain: 1, noise: 5}
            header: {}
            settings:
              site: {name: small}
              ccd: {pixel_size_mm: 0.01}
              dispersion: {distance_mm: 50, distance_error_mm: 1}
            """;

    /** A frame of StarDICE with a bias that differs from row to row and from column to column. */
    private static byte[] starDice(int columns, int rows, Random random) {
        ByteBuffer data = ByteBuffer.allocate(4 * columns * rows);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                double bias = 1000 + 0.02 * y + (y < LIGHT_ROWS || x < 1057 ? 0.01 * x : 0);
                if (x >= 1057) {
                    bias = 1000 + 0.02 * y;
                }
                boolean light = x >= 1 && x < 1057 && y < LIGHT_ROWS;
                data.putFloat((float) (bias + (light ? light(x - 1, y) : 0) + random.nextGaussian()));
            }
        }
        return TestFits.image(-32, columns, rows).data(data.array()).bytes();
    }

    private static double light(int column, int row) {
        return column == 300 && row == 200 ? 5000 : 10;
    }

    private static StoredFrame read(byte[] fits, Instrument instrument) {
        return StoredFrame.read(FitsSource.of("a.fits", fits), instrument, "auto");
    }

    @Test
    void overscansOfStarDiceAreTakenOff() {
        Instrument instrument = Instruments.named("stardice").orElseThrow();
        StoredFrame frame = read(starDice(1100, 1060, new Random(7)), instrument);

        assertThat(frame.layout().name()).isEqualTo("raw");
        assertThat(frame.columns()).isEqualTo(LIGHT_COLUMNS);
        assertThat(frame.rows()).isEqualTo(LIGHT_ROWS);
        assertThat(frame.pixels()[200 * LIGHT_COLUMNS + 300]).isCloseTo(5000, within(6f));
        double sum = 0;
        for (int y = 0; y < LIGHT_ROWS; y++) {
            sum += frame.pixels()[y * LIGHT_COLUMNS + (y * 7) % 290];
        }
        assertThat(sum / LIGHT_ROWS).isCloseTo(10, within(0.2));
    }

    @Test
    void aTrimmedFrameOfStarDiceStaysAsItIs() {
        byte[] fits = TestFits.image(-32, LIGHT_COLUMNS, LIGHT_ROWS)
                .data(new byte[4 * LIGHT_COLUMNS * LIGHT_ROWS])
                .bytes();

        assertThat(read(fits, Instruments.named("stardice").orElseThrow())
                        .layout()
                        .name())
                .isEqualTo("trimmed");
    }

    /** What every frame would leave behind fills the heap after some frames: of AuxTel's 65 MB a frame, twice. */
    @Test
    void theNextFrameHasTheArraysOfTheOneBefore() {
        Instrument instrument = Instruments.named("stardice").orElseThrow();
        byte[] first = starDice(1100, 1060, new Random(7));
        byte[] second = starDice(1100, 1060, new Random(8));
        float[] expected = read(second, instrument).pixels();
        PixelArrays arrays = new PixelArrays();

        float[] image = StoredFrame.read(FitsSource.of("a.fits", first).into(arrays), instrument, "auto")
                .pixels();
        float[] segment = arrays.floats(1100 * 1060);
        arrays.recycle(segment);
        arrays.recycle(image);
        StoredFrame next = StoredFrame.read(FitsSource.of("b.fits", second).into(arrays), instrument, "auto");

        assertThat(next.pixels()).isSameAs(image).isEqualTo(expected);
        assertThat(arrays.floats(1100 * 1060)).isSameAs(segment);
    }

    @Test
    void oneImageIsARawFileTooAndMayBeMirrored() {
        ByteBuffer data = ByteBuffer.allocate(4 * 48 * 34);
        for (int y = 0; y < 34; y++) {
            for (int x = 0; x < 48; x++) {
                data.putFloat(100 + (x >= 2 && x < 42 && y < 30 ? x - 2 + 40 * y : 0));
            }
        }
        StoredFrame frame =
                read(TestFits.image(-32, 48, 34).data(data.array()).bytes(), Instrument.parse("small.yaml", SMALL));

        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                assertThat(frame.pixels()[y * 40 + x]).isCloseTo(39 - x + 40 * y, within(1e-3f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"RGGB,true,1,true", "RGGB,true,2,false", "RGGB,false,1,false", "'',true,1,false", "TRUE,true,1,false"})
    void coloursInTurnAreRefusedUnlessSummed(String card, boolean mosaic, int rebin, boolean refused) {
        float[] pixels = new float[64 * 48];
        for (int i = 0; i < pixels.length; i++) {
            boolean green = (i % 64 + i / 64) % 2 == 1;
            pixels[i] = mosaic && green ? 120 : 100;
        }
        Map<String, String> cards = card.isEmpty() ? Map.of() : Map.of("BAYERPAT", card);
        if (refused) {
            assertThatThrownBy(() -> ColourFilters.refuseMosaic("a.fits", cards::get, pixels, 64, 48, rebin))
                    .isInstanceOf(ExtractionException.class)
                    .hasMessageContaining("BAYERPAT = RGGB")
                    .hasMessageContaining("--set ccd.rebin=2");
        } else {
            ColourFilters.refuseMosaic("a.fits", cards::get, pixels, 64, 48, rebin);
        }
    }

    /** A star at a third of the frame, its spectrum on one side. */
    @ParameterizedTest
    @CsvSource({"1,RIGHT", "-1,LEFT", "0,UNKNOWN"})
    void theLightTellsOnWhichSideTheSpectrumLies(int side, LightSide expected) {
        int width = 1600;
        int height = 640;
        float[] pixels = new float[width * height];
        Random random = new Random(3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = 50 + 3 * random.nextGaussian();
                double across = Math.exp(-0.5 * Math.pow((y - 320) / 3.0, 2));
                value += 20000 * across * Math.exp(-0.5 * Math.pow((x - 800) / 3.0, 2));
                int along = side * (x - 800);
                value += along > 350 && along < 780 ? 60 * across : 0;
                pixels[y * width + x] = (float) value;
            }
        }

        assertThat(LightSide.of(pixels, width, height)).isEqualTo(expected);
    }
}
