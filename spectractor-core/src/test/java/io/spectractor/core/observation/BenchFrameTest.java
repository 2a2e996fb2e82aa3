package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.outcome.ExtractionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw files of the LPNHE bench: two channels whose headers say where their pixels lie, places of stages in an HDU. */
class BenchFrameTest {
    private static final int COLUMNS = 40;
    private static final int ROWS = 30;
    private static final int BEFORE = 5;

    private static final Instrument BENCH = Instruments.named("lpnhe").orElseThrow();

    /** Each pixel of the detector holds its own number. */
    private static float label(int x, int y) {
        return x + 100 * y;
    }

    private static TestFits channel(
            String name, String detsec, float bias, int firstRow, boolean backX, boolean backY) {
        int width = BEFORE + COLUMNS + 10;
        int height = ROWS + 4;
        float[] pixels = new float[width * height];
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                int x = backX ? COLUMNS - 1 - (i - BEFORE) : i - BEFORE;
                int y = firstRow + (backY ? ROWS - 1 - j : j);
                boolean light = i >= BEFORE && i < BEFORE + COLUMNS && j < ROWS;
                pixels[j * width + i] = bias + (light ? label(x, y) : 0);
            }
        }
        return TestFits.empty()
                .card("XTENSION", "'IMAGE   '")
                .card("BITPIX", -32)
                .card("NAXIS", 2)
                .card("NAXIS1", width)
                .card("NAXIS2", height)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .card("EXTNAME", "'" + name + "'")
                .card("DATASEC", "'[6:45,1:30]'")
                .card("BIASSEC", "'[47:55,1:30]'")
                .card("DETSEC", "'" + detsec + "'")
                .floats(pixels);
    }

    private static byte[] file(TestFits lower, TestFits upper) {
        TestFits primary = TestFits.image(8)
                .card("EXTEND", "T")
                .card("DATE-OBS", "'2020-02-03T10:00:00'")
                .card("EXPTIME", "5.0")
                .card("CCDGAIN", "0.85")
                .card("CCDNOISE", "6.0");
        TestFits stages = TestFits.empty()
                .card("XTENSION", "'IMAGE   '")
                .card("BITPIX", 8)
                .card("NAXIS", 0)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .card("EXTNAME", "'XYZ     '")
                .card("XPOS", "10.0")
                .card("ZPOS", "58.0 / position in mm");
        return TestFits.concat(primary.bytes(), upper.bytes(), lower.bytes(), stages.bytes());
    }

    private static StoredFrame read(byte[] file) {
        return StoredFrame.read(FitsSource.of("bench.fits", file), BENCH, "auto");
    }

    private static TestFits lower() {
        return channel("CHAN_06", "[40:1,1:30]", 2000, 0, true, false);
    }

    private static TestFits upper() {
        return channel("CHAN_14", "[1:40,60:31]", 2300, ROWS, false, true);
    }

    @Test
    void channelsAreJoinedWhereTheirHeadersPutThem() {
        StoredFrame frame = read(file(lower(), upper()));
        assertThat(frame.layout().name()).isEqualTo("raw");
        assertThat(frame.columns()).isEqualTo(COLUMNS);
        assertThat(frame.rows()).isEqualTo(2 * ROWS);
        for (int y = 0; y < 2 * ROWS; y++) {
            for (int x = 0; x < COLUMNS; x++) {
                assertThat(frame.pixels()[y * COLUMNS + x]).isCloseTo(label(x, y), within(0.01f));
            }
        }
    }

    /** The stage moves the disperser towards the detector, 198 mm away; the lamp is known. */
    @Test
    void placesOfStagesCount() {
        byte[] file = file(lower(), upper());
        HeaderReading reading = new HeaderReading(BENCH, read(file).header()::text);
        assertThat(reading.number(Quantity.DISTANCE).value()).isEqualTo(140);
        assertThat(reading.number(Quantity.EXPOSURE).value()).isEqualTo(5);
        ReadResult result = new InstrumentReader(BENCH)
                .read(
                        FitsSource.of("bench.fits", file),
                        new ExposureRequest("bench.fits", null, "ronchi170lpmm", null, null, null),
                        BENCH.config());
        assertThat(result.exposure().target()).isEqualTo("Hg-Ar");
        assertThat(result.exposure().image().width()).isEqualTo(2 * ROWS);
        // x runs against the rows, y along the columns; electrons are counted per ADU and second
        assertThat(result.exposure().image().rate(0, 0)).isCloseTo(label(0, 59) / 5, within(0.01));
        assertThat(Instruments.recognising(read(file).header()::text)).containsExactly(BENCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[1:40,70:41]' | the DETSEC of CHAN_06 and CHAN_14 do not make one image",
                "'[1:40,50:21]' | the DETSEC of CHAN_06 and CHAN_14 do not make one image",
                "'[1:41,60:31]' | are not of one size",
                "'1 to 40' | DETSEC = '1 to 40' is not [x1:x2,y1:y2]",
                "'[0:39,60:31]' | DETSEC counts from 1",
                "'' | HDU CHAN_14 has no card DETSEC",
            })
    void channelsThatDoNotFitAreRefused(String detsec, String message) {
        byte[] file = file(lower(), upper().with("DETSEC", "'" + detsec + "'"));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith("bench.fits: ")
                .hasMessageContaining(message);
    }
}
