package io.spectractor.core.emission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DoubletsTest {
    private static final double Z = 0.158;

    @Test
    void aFainterLineComesWithTheBrighterOneUnlessItStandsAlone() {
        Doublets doublets = new Doublets(Z);
        double bright = 500.684 * (1 + Z);
        double faint = 495.891 * (1 + Z);
        assertThat(doublets.missingPartner(bright, new double[] {bright}).orElseThrow())
                .isCloseTo(faint, within(1e-9));
        assertThat(doublets.missingPartner(bright, new double[] {faint, bright}))
                .isEmpty();
        assertThat(doublets.share(bright)).isCloseTo(1 / 2.98, within(1e-12));
    }

    @Test
    void otherLinesAndOtherRedshiftsHaveNone() {
        assertThat(new Doublets(0).partner(486.133)).isEmpty();
        assertThat(new Doublets(0).partner(495.891)).isEmpty();
        assertThat(new Doublets(0).partner(500.684 * (1 + Z))).isEmpty();
        assertThat(new Doublets(0).share(486.133)).isZero();
    }
}
