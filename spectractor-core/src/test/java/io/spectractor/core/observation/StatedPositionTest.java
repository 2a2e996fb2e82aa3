package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderValue.Status;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.FailureKind;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a card or the user puts order 0: on the picture, or the frame is refused. */
class StatedPositionTest {
    private static final int COLUMNS = 64;
    private static final int ROWS = 48;
    private static final String NAME = "star.fits";

    /** The dispersion goes up the rows, so that the picture that is extracted has 48 x 64 pixels. */
    private static final Instrument CAMERA = Instrument.parse("mycam.yaml", """
            instrument: mycam
            frames: [{name: image, x: +row, y: -column}]
            amplifiers: {columns: 1, rows: 1, list: [{gain: 3, noise: 9}]}
            header:
              guess_column: {card: STARX, unit: px}
              guess_row: {card: STARY, unit: px}
            dispersers: {grating: {grooves_per_mm: 100}}
            settings:
              site: {throughput: unknown}
              ccd: {pixel_size_mm: 0.005, gain: 3}
              dispersion: {distance_mm: 42, distance_error_mm: 1}
            """);

    private static PixelPosition read(PixelPosition guess, String... cards) {
        float[] pixels = new float[COLUMNS * ROWS];
        Random random = new Random(5);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (130 + 7 * random.nextGaussian());
        }
        TestFits frame = TestFits.image(-32, COLUMNS, ROWS).floats(pixels);
        for (int i = 0; i < cards.length; i += 2) {
            frame.card(cards[i], cards[i + 1]);
        }
        return new InstrumentReader(CAMERA)
                .read(
                        FitsSource.of(NAME, frame.bytes()),
                        new ExposureRequest(NAME, null, null, guess, null, null),
                        CAMERA.config())
                .exposure()
                .guess();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "63, 47", "-0.4, 47.4"})
    void cardsOnThePictureAreTaken(String column, String row) {
        assertThat(read(null, "STARX", column, "STARY", row))
                .isEqualTo(new PixelPosition(Double.parseDouble(row), 63 - Double.parseDouble(column)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64 | 10 | card STARX = 64 px",
                "10 | 48 | card STARY = 48 px",
                "10 | -3.5 | card STARY = -3.5 px",
                "1e9 | 10 | card STARX = 1e9 px",
                "'lost' | 10 | STARX = 'lost' is not a number",
            })
    void cardsOffThePictureAreRefused(String column, String row, String what) {
        assertThatThrownBy(() -> read(null, "STARX", column.equals("lost") ? "'lost'" : column, "STARY", row))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNPROCESSABLE))
                .hasMessageStartingWith(NAME + ": the position of order 0 is unusable: ")
                .hasMessageContaining(what)
                .hasMessageContaining("64 x 48 pixels")
                .hasMessageContaining("--guess");
    }

    @Test
    void theUserIsBelievedBeforeTheCards() {
        PixelPosition guess = new PixelPosition(5, 6);
        assertThat(read(guess, "STARX", "6400", "STARY", "10")).isEqualTo(guess);
    }

    @ParameterizedTest
    @CsvSource({"48, 3", "3, 64", "-1, 3", "3, -1", "1000000, 3"})
    void aGuessOffThePictureIsRefused(double x, double y) {
        assertThatThrownBy(() -> read(new PixelPosition(x, y)))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNPROCESSABLE))
                .hasMessageStartingWith(NAME + ": order 0 at (")
                .hasMessageContaining("would lie off the picture of 48 x 64 pixels")
                .hasMessageContaining("correct --guess or the logbook");
    }

    /** Frames of LATISS have 4072 columns and 4000 rows, lying or not. */
    @Test
    void latissHasNoRow4000() {
        Instrument auxtel = Instruments.named("auxtel").orElseThrow();
        for (int row : new int[] {3999, 4000, 4071}) {
            Map<String, String> cards = Map.of("OBJECTX", "4071", "OBJECTY", String.valueOf(row));
            HeaderReading reading = new HeaderReading(auxtel, cards::get);
            assertThat(reading.number(Quantity.GUESS_COLUMN).value()).isEqualTo(4071);
            assertThat(reading.number(Quantity.GUESS_ROW).status())
                    .isEqualTo(row < 4000 ? Status.FOUND : Status.IMPOSSIBLE);
        }
    }
}
