package io.spectractor.cli.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SixDigitsTest {
    private static String text(double value) {
        StringBuilder out = new StringBuilder("1,");
        SixDigits.append(out, value);
        return out.substring(2);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1,
                10,
                0.001,
                0.0009999999,
                9_999_999.5,
                9999999,
                1e7,
                9.9999995e-5,
                9.99999949e-5,
                -9.9999999e99,
                1.2345675,
                1.5e-7,
                123.456,
                1e100,
                1e-100,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void numbersAreWrittenAsTheFormatterWritesThem(double value) {
        assertThat(text(value)).isEqualTo(String.format(Locale.ROOT, "%.6e", value));
    }

    @Test
    void alsoAnyOthers() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, 12 * random.nextGaussian());
            assertThat(text(value)).isEqualTo(String.format(Locale.ROOT, "%.6e", value));
        }
    }
}
