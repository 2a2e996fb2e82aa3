package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.outcome.Caveat;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTimesTest {
    private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

    private ExposureTimes times(String dateObs, double seconds, String... cards) {
        List<String> padded =
                Stream.of(cards).map(c -> String.format("%-80s", c)).toList();
        return ExposureTimes.of(
                new ObservationMetadata(dateObs, seconds, 1.1, null, "HoloAmAg", 0, 0, 0, 8, 780, 20, 0.4, "", padded),
                caveats);
    }

    /** MJD of astropy 5.2: {@code Time('2017-05-31T02:54:52.356').mjd}. */
    @Test
    void aStartInUtcGivesMiddleAndEnd() {
        ExposureTimes t = times("2017-05-31T02:53:52.356", 120);
        assertThat(t.begin()).isEqualTo("2017-05-31T02:53:52.356");
        assertThat(t.middle()).isEqualTo("2017-05-31T02:54:52.356");
        assertThat(t.end()).isEqualTo("2017-05-31T02:55:52.356");
        assertThat(t.middleMjd()).isCloseTo(57904.12143930555, within(1e-9));
        assertThat(caveats).isEmpty();
    }

    /** TAI and TT as astropy converts them: {@code Time(..., scale='tai').utc}. */
    @ParameterizedTest
    @CsvSource({
        "TAI, 2023-09-12T03:00:37.000, 2023-09-12T03:00:00.000",
        "TAI, 2017-01-01T00:00:36.500, 2017-01-01T00:00:00.500",
        "TT, 2016-06-01T00:01:08.184, 2016-06-01T00:00:00.000",
        "GPS, 2023-09-12T03:00:18.000, 2023-09-12T03:00:00.000",
        "UTC, 2023-09-12T03:00:18.000, 2023-09-12T03:00:18.000"
    })
    void otherTimeScalesBecomeUtc(String system, String written, String utc) {
        ExposureTimes t = times(written, 30, "TIMESYS = '" + system + "'");
        // the leap second at the end of 2016 has the name of the second after it: no clock of Java knows 23:59:60
        assertThat(t.begin()).isEqualTo(utc);
        assertThat(caveats).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MJD-OBS =       57904.1207448611", "UTSHUT  = '2017-05-31T02:53:52.356'"})
    void localTimeGivesWayToTheUniversalTimeOfTheHeader(String card) {
        ExposureTimes t = times("2017-05-30T22:53:52", 120, card);
        assertThat(t.begin()).startsWith("2017-05-31T02:53:52");
        assertThat(caveats).containsExactly(Caveat.TIME_LOCAL);
    }

    /** As in AT_O_20191113_000061: a clock that stood at zero tells no time zone. */
    @Test
    void aTimeOfAnotherDayIsNotTheUniversalTime() {
        ExposureTimes t = times("2019-11-13T22:13:22.737", 0.5, "TIMESYS = 'TAI'", "MJD-OBS =     40587.0000925935");
        assertThat(t.begin()).isEqualTo("2019-11-13T22:12:45.737");
        assertThat(caveats).isEmpty();
    }

    @Test
    void aZoneIsHeeded() {
        assertThat(times("2017-05-30T22:53:52-04:00", 60).begin()).isEqualTo("2017-05-31T02:53:52.000");
    }

    @Test
    void aDateAloneIsCompletedByItsTime() {
        assertThat(times("2017-05-31", 60, "UT      = '02:53:52.356'").begin()).isEqualTo("2017-05-31T02:53:52.356");
    }

    @Test
    void anUnreadableTimeIsSaidAndKept() {
        ExposureTimes t = times("last night", 60);
        assertThat(t.begin()).isEqualTo("last night");
        assertThat(t.middleMjd()).isNaN();
        assertThat(caveats).containsExactly(Caveat.TIME_UNKNOWN);
    }

    /** Positions as astropy 5.2 converts them: {@code SkyCoord(..., frame=FK5(equinox='J2023.7')).transform_to(FK5())}. */
    @Test
    void positionsOfAnotherEquinoxArePrecessed() {
        double[] at = Equinox.j2000(193.590546, -18.686204, 2023.7);
        assertThat(at[0]).isCloseTo(193.276561, within(2e-5));
        assertThat(at[1]).isCloseTo(-18.557878, within(2e-5));
    }
}
