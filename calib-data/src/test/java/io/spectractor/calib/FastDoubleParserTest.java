package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastDoubleParserTest {
    /** The JDK's own parser is the known answer, to the bit. */
    @Test
    void isWhatTheJdkReads() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-25, 25));
            String text = String.format(Locale.ROOT, "%." + random.nextInt(0, 18) + "e", value);
            assertThat(FastDoubleParser.parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0", "1", "300.5", "1e5", "-1.5E-7", "1e+3", ".5", "5.", "1e22", "1e-23", "4.9e-324", "1d"
            })
    void oddOnesToo(String text) {
        assertThat(FastDoubleParser.parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "e5", "1e", "1e-", "x", "1x", "1.2.3", "--1", "1 2"})
    void whatIsNoNumberIsNone(String text) {
        assertThat(FastDoubleParser.parse(text)).isNaN();
    }
}
