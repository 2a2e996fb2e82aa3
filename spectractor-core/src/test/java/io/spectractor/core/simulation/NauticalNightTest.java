package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class NauticalNightTest {
    private static final double CTIO_LATITUDE_DEG = -30.169;

    /** At the equinox of 2017-03-20 10:29 UTC the Sun stood over the equator, 7.5 minutes east of the mean Sun. */
    @Test
    void theSunStandsInTheZenithWhereItShould() {
        Instant equinox = Instant.parse("2017-03-20T10:29:00Z");
        double hoursToNoon = 12 - (10 + 29 / 60.0) + 7.5 / 60;
        assertThat(NauticalNight.sunAltitudeDeg(equinox, 15 * hoursToNoon, 0)).isGreaterThan(89.8);
        assertThat(NauticalNight.sunAltitudeDeg(equinox, 15 * hoursToNoon, 90)).isCloseTo(0, within(0.05));
    }

    /** Astropy 5.2 (get_sun, no refraction) has the Sun 12 degrees below CTIO from 22:47 to 10:35 UTC. */
    @Test
    void aWinterNightAtCtio() {
        List<Instant> dark =
                NauticalNight.minutes(LocalDate.of(2017, 5, 30), SiderealTime.CTIO_LONGITUDE_DEG, CTIO_LATITUDE_DEG);
        assertThat(dark.get(0)).isBetween(Instant.parse("2017-05-30T22:45:00Z"), Instant.parse("2017-05-30T22:49:00Z"));
        assertThat(dark.get(dark.size() - 1))
                .isBetween(Instant.parse("2017-05-31T10:33:00Z"), Instant.parse("2017-05-31T10:37:00Z"));
        assertThat(dark).isSorted();
    }
}
