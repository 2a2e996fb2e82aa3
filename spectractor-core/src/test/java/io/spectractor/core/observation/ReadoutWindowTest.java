package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.core.outcome.ExtractionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadoutWindowTest {
    private static final int CHIP = 2048;

    /** Cards in the form {@code KEYWORD=value}, divided by |. */
    private static ReadoutWindow of(int width, int height, String cards) {
        List<String> list = new ArrayList<>();
        for (String card : cards.split("\\|", -1)) {
            String[] parts = card.split("=", 2);
            if (parts.length == 2) {
                list.add(FitsHeader.padded(FitsHeader.padded(parts[0], 8) + "= " + parts[1], FitsHeader.CARD));
            }
        }
        return ReadoutWindow.of("a.fits", FitsHeader.of(list), width, height, CHIP, CHIP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XSTART=401|YSTART=301",
                "CCDSEC='[401:1700,301:1100]'",
                "DETSEC='[401:1700, 301:1100]'",
                "DATASEC='[401:1700,301:1100]'",
                "DETSEC='[401:1700, 301:1100]'|DATASEC='[1:1300,1:800]'",
                "LTV1=-400.|LTV2=-300.|LTM1_1=1.|LTM2_2=1.",
                "LTV1=-400|LTV2=-300",
                "XSTART=1|YSTART=1|LTV1=-400|LTV2=-300",
                "XSTART=401|YSTART=301|CCDSEC='[401:1700,301:1100]'|CCDSUM='1 1'"
            })
    void windowsInEverySpelling(String cards) {
        assertThat(of(1300, 800, cards)).isEqualTo(new ReadoutWindow(1, 400, 300, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CCDSUM='2 2'",
                "CCDSUM='2,2'",
                "XBINNING=2|YBINNING=2",
                "CCDXBIN=2|CCDYBIN=2",
                "CCDSUM='2 2'|XBINNING=2|YBINNING=2"
            })
    void binningInEverySpelling(String cards) {
        assertThat(of(1024, 1024, cards)).isEqualTo(new ReadoutWindow(2, 0, 0, true));
    }

    /** IRAF: 2 x 2 binning of a window from pixel 401 on: frame = chip / 2 + 1/4 - 200. */
    @Test
    void binnedWindows() {
        ReadoutWindow expected = new ReadoutWindow(2, 200, 150, true);
        assertThat(of(650, 400, "CCDSUM='2 2'|CCDSEC='[401:1700,301:1100]'")).isEqualTo(expected);
        assertThat(of(650, 400, "CCDSUM='2 2'|LTV1=-199.75|LTV2=-149.75|LTM1_1=0.5|LTM2_2=0.5"))
                .isEqualTo(expected);
    }

    @Test
    void aSmallFrameWithoutAPlaceIsNotKnown() {
        assertThat(of(1300, 800, "").known()).isFalse();
        assertThat(of(1300, 800, "XSTART=1|YSTART=1").known()).isTrue();
        // half the chip along both axes: binned, and no card of it?
        assertThat(of(1024, 1024, "XSTART=1|YSTART=1").known()).isFalse();
        assertThat(of(1024, 1024, "XSTART=1|YSTART=1|CCDSUM='2 2'").known()).isTrue();
        assertThat(of(1024, 1024, "XSTART=1025|YSTART=1").known()).isTrue();
        assertThat(of(2048, 2048, "")).isEqualTo(ReadoutWindow.FULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CCDSUM='2 1'",
                "DATASEC='[401:1701,301:1100]'",
                "CCDSUM='0 0'",
                "CCDSUM='abc'",
                "CCDSUM='2 2'|XBINNING=1|YBINNING=1",
                "XSTART=401|YSTART=301|CCDSEC='[501:1700,301:1100]'",
                "XSTART=1401|YSTART=301",
                "CCDSEC='[1700:401,301:1100]'",
                "LTV1=-400|LTM1_1=0.5",
                "LTM1_1=-1"
            })
    void contradictionsAreRefused(String cards) {
        assertThatThrownBy(() -> of(1300, 800, cards))
                .isInstanceOf(ExtractionException.class)
                .hasMessageStartingWith("a.fits: ")
                .hasMessageContaining(cards.startsWith("LTV1") ? "LTM1_1" : cards.substring(0, 4));
    }
}
