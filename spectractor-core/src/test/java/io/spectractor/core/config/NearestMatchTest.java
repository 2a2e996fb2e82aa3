package io.spectractor.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestMatchTest {
    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "flaw,lawn,2", "ab,ba,1", "'',abc,3", "same,same,0"})
    void distancesAreTheTextbookOnes(String a, String b, int distance) {
        assertThat(NearestMatch.distance(a, b)).isEqualTo(distance);
        assertThat(NearestMatch.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void nothingIsProposedForAWordUnlikeAll() {
        assertThat(NearestMatch.of("throughput", List.of("ccd", "psf"))).isEmpty();
    }
}
