package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.outcome.ExtractionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelUnitTest {
    @ParameterizedTest
    @ValueSource(strings = {"adu", "ADU", "DN", "count", "counts", "ct", "ADU/pixel", "adu pix-1"})
    void manySpellingsMeanAdu(String bunit) {
        assertThat(PixelUnit.of("a", bunit)).isEqualTo(PixelUnit.ADU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"electron", "electrons", "e-", "e", "ELECTRON", "el"})
    void manySpellingsMeanElectrons(String bunit) {
        assertThat(PixelUnit.of("a", bunit)).isEqualTo(new PixelUnit(true, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"electron/s", "e-/s", "e-/sec", "electron s-1", "electrons s^-1", "e/second", "electron.s**-1"})
    void electronsPerSecond(String bunit) {
        assertThat(PixelUnit.of("a", bunit)).isEqualTo(new PixelUnit(true, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"adu/s", "ADU s-1", "counts/s", "count/sec", "cps", "DN/s", "ct s-1"})
    void aduPerSecond(String bunit) {
        assertThat(PixelUnit.of("a", bunit)).isEqualTo(new PixelUnit(false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jy", "erg/s/cm2/A", "photon", "mag", "10**3 adu", "/s", "MJy/sr"})
    void otherUnitsAreRefusedByName(String bunit) {
        assertThatThrownBy(() -> PixelUnit.of("a.fits", bunit))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith("a.fits: BUNIT = '" + bunit + "'");
    }

    /** 120 s, gains 2 and 4 e-/ADU on the left and on the right. */
    @Test
    void eachAmplifierHasItsGain() {
        Amplifiers.Amplifier two = new Amplifiers.Amplifier(2, 5);
        Amplifiers.Amplifier four = new Amplifiers.Amplifier(4, 5);
        float[] pixels = {1, 1, 1, 1};
        new PixelUnit(true, true).toAdu(pixels, null, 2, 2, new Amplifiers(2, 2, List.of(two, four, two, four)), 120);
        assertThat(pixels).containsExactly(60, 30, 60, 30);
    }
}
