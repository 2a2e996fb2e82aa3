package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.ExtractionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardCheckTest {
    private static final double CTIO_LATITUDE = -30.169;

    private static FitsHeader header(String... cards) {
        return FitsHeader.of(List.of(cards).stream()
                .map(card -> FitsHeader.padded(card, FitsHeader.CARD))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, 10, 10.01, 45, 151.37, -1})
    void impossibleAirmassesAreRefused(double airmass) {
        assertThatThrownBy(() -> CardCheck.airmass("a.fits", airmass, "card AIRMASS = " + airmass))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith("a.fits: AIRMASS = " + airmass)
                .hasMessageEndingWith("check the header");
    }

    @Test
    void anAirmassOfAnotherCardNamesIt() {
        assertThatThrownBy(() -> CardCheck.airmass("a.fits", 11.2, "card MOUNTALT = 5.1 deg"))
                .hasMessage(
                        "a.fits: AIRMASS = 11.2 (card MOUNTALT = 5.1 deg) is not below 10, less than 6 degrees over the"
                                + " horizon; check the header");
    }

    /** HD111980 on 2017-05-31: AIRMASS 1.131 at HA 01:52:42.92, DEC -18:33:27.78. */
    @Test
    void airmassAgainstGeometry() {
        double hourAngle = 15 * (1 + 52 / 60.0 + 42.92 / 3600);
        double declination = -(18 + 33 / 60.0 + 27.78 / 3600);
        assertThat(CardCheck.airmassFits(1.131, hourAngle, declination, CTIO_LATITUDE))
                .isTrue();
        assertThat(CardCheck.airmassFits(1.8, hourAngle, declination, CTIO_LATITUDE))
                .isFalse();
        assertThat(CardCheck.airmassFits(1.131, 120, declination, CTIO_LATITUDE))
                .isFalse();
    }

    @Test
    void plateScales() {
        assertThat(CardCheck.plateScale(0.401, 0.401, 1)).isEqualTo(0.401);
        assertThat(CardCheck.plateScale(0.802, 0.401, 2)).isEqualTo(0.401);
        assertThat(CardCheck.plateScale(null, 0.401, 2)).isEqualTo(0.401);
        assertThat(CardCheck.plateScale(24.0, 0.401, 1)).isNull();
        assertThat(CardCheck.plateScale(0.0, 0.401, 1)).isNull();
    }

    @Test
    void cardsThatContradictEachOther() {
        Instrument ctio = Instruments.ctio();
        assertThatThrownBy(() -> CardCheck.contradicts("a.fits", header("EXPTIME = 120.", "EXPTIME = 60."), ctio))
                .isInstanceOf(ExtractionException.class)
                .hasMessage("a.fits: EXPTIME stands in the header twice, with '120.' and '60.'; remove the one that is"
                        + " wrong");
        assertThatThrownBy(() -> CardCheck.contradicts("a", header("FILTER2 = 'Ron400'", "FILTER2 = 'HoloAmAg'"), ctio))
                .hasMessageContaining("FILTER2 stands in the header twice");
        assertThat(CardCheck.contradicts("a", header("AIRMASS = 1.1", "AIRMASS = 1.9"), ctio))
                .isTrue();
        assertThat(CardCheck.contradicts("a", header("EXPTIME = 120", "EXPTIME = 120.0"), ctio))
                .isFalse();
        assertThat(CardCheck.contradicts("a", header("UT      = '1'", "UT      = '2'"), ctio))
                .isFalse();
    }

    /** Which cards count is what the description of the instrument reads. */
    @Test
    void cardsOfAnotherInstrumentContradictEachOtherToo() {
        Instrument auxtel = Instruments.named("auxtel").orElseThrow();
        assertThatThrownBy(() ->
                        CardCheck.contradicts("a", header("GRATING = 'holo4_003'", "GRATING = 'ronchi90lpmm'"), auxtel))
                .hasMessageContaining("GRATING stands in the header twice, with 'holo4_003' and 'ronchi90lpmm'");
        assertThat(CardCheck.contradicts("a", header("LINSPOS = 67.0", "LINSPOS = 60.0"), auxtel))
                .isTrue();
        assertThat(CardCheck.contradicts("a", header("FILTER2 = 'Ron400'", "FILTER2 = 'HoloAmAg'"), auxtel))
                .isFalse();
    }
}
