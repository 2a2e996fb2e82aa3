package io.spectractor.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuredOrdersTest {
    private static final double[] SHOWN = {1, 4, 5, 4, 1};

    @Test
    void whatSwingsUpAndDownRanAway() {
        assertThat(MeasuredOrders.ranAway(new double[] {1, -30, 50, -30, 1}, SHOWN))
                .isTrue();
    }

    @Test
    void sharpLinesAndASecondStarTakenOutAreNoRunaway() {
        assertThat(MeasuredOrders.ranAway(new double[] {0.5, 3, 9, 3, 0.5}, SHOWN))
                .isFalse();
        assertThat(MeasuredOrders.ranAway(new double[] {0, 0.1, 0.2, 0.1, 0}, SHOWN))
                .isFalse();
        assertThat(MeasuredOrders.ranAway(SHOWN, SHOWN)).isFalse();
    }

    @Test
    void noLightAtAllIsNoRunaway() {
        assertThat(MeasuredOrders.ranAway(new double[5], new double[5])).isFalse();
    }
}
