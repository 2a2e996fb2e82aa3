package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Quantity;
import io.spectractor.core.observation.HeaderValue.Status;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hour angle and airmass of position and time, however the header writes the time. */
class PointingTest {
    private static final Instrument CAMERA = Instrument.parse("mycam.yaml", """
            instrument: mycam
            frames: [{name: image}]
            amplifiers: {columns: 1, rows: 1, list: [{gain: 1, noise: 5}]}
            header:
              date: {card: DATE-OBS}
              right_ascension: {card: RA, unit: deg}
              declination: {card: DEC, unit: deg}
              latitude: {value: -30.1689}
              longitude: {value: -70.8065}
              hour_angle: {compute: position}
              airmass: {compute: position}
            settings:
              ccd: {pixel_size_mm: 0.005}
              dispersion: {distance_mm: 42, distance_error_mm: 1}
            """);

    /** 30 May 2017, HD111980 at CTIO: hour angle and airmass of that exposure's own header. */
    private static final double HOUR_ANGLE = 28.18;

    private static final double AIRMASS = 1.131;

    private static HeaderReading reading(String... cards) {
        Map<String, String> header = new HashMap<>(Map.of("RA", "193.28375", "DEC", "-18.5577"));
        for (int i = 0; i < cards.length; i += 2) {
            header.put(cards[i], cards[i + 1]);
        }
        return new HeaderReading(CAMERA, header::get);
    }

    @ParameterizedTest
    @CsvSource({
        "2017-05-31T02:53:52.356, NONE, 0",
        "2017-05-31, TIME-OBS, 02:53:52.356",
        "2017-05-31, UT, 02:53:52",
        "2017-05-30T22:53:52-04:00, NONE, 0",
        "2017-05-30T22:53:52, MJD-OBS, 57904.1207448611",
        "2017-05-31T02:54:29.356, TIMESYS, TAI",
        "2017-05-31T02:55:01.540, TIMESYS, TT",
    })
    void theTimeIsUniversalTime(String date, String card, String value) {
        HeaderReading reading = reading("DATE-OBS", date, card, value);
        assertThat(reading.number(Quantity.HOUR_ANGLE).value()).isCloseTo(HOUR_ANGLE, within(0.3));
        assertThat(reading.number(Quantity.AIRMASS).value()).isCloseTo(AIRMASS, within(0.005));
    }

    /** Midnight would be hours away from the exposure, and the airmass anything. */
    @Test
    void aDayWithoutATimeTellsNoHourAngle() {
        HeaderReading reading = reading("DATE-OBS", "2017-05-31");
        assertThat(reading.number(Quantity.HOUR_ANGLE).status()).isEqualTo(Status.MISSING);
        assertThat(reading.number(Quantity.AIRMASS).status()).isEqualTo(Status.MISSING);
    }
}
