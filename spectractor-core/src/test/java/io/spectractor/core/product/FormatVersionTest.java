package io.spectractor.core.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise of docs/development.md. */
class FormatVersionTest {
    @ParameterizedTest
    @CsvSource({"1.0.0,true", "1.1.7,true", "1.99.0,true", "2.0.0,false", "0.9.0,false"})
    void everyMinorVersionOfTheSameMajorIsRead(String written, boolean readable) {
        assertThat(new FormatVersion(1, 1, 0).reads(FormatVersion.parse(written)))
                .isEqualTo(readable);
        assertThat(FormatVersion.parse(written)).hasToString(written);
    }

    /** Files of the first releases carry none. */
    @Test
    void noVersionIsTheFirst() {
        assertThat(FormatVersion.parse(null)).hasToString("1.0.0");
        assertThat(FormatVersion.PRODUCT.reads(FormatVersion.parse(null))).isTrue();
        assertThat(FormatVersion.RUN.reads(FormatVersion.parse(null))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.1", "1.1.0-beta", "v1.1.0", "1.1.9999999999"})
    void whatIsNoVersionIsRefused(String text) {
        assertThatThrownBy(() -> FormatVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a version");
    }
}
