package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.PixelPosition;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BleedingTest {
    private static double[] column(double... electrons) {
        return electrons;
    }

    @Test
    void chargeAboveTheFullWellFillsBothNeighboursUntilItIsUsedUp() {
        double[] column = column(0, 0, 0, 40, 0, 0, 0);
        Bleeding.spread(column, 0, 1, 10);
        assertThat(column).containsExactly(0, 5, 10, 10, 10, 5, 0);
    }

    @Test
    void chargeThatWasThereTakesRoom() {
        double[] column = column(0, 6, 8, 14, 9, 1, 0);
        Bleeding.spread(column, 0, 1, 10);
        assertThat(column).containsExactly(0, 6, 10, 10, 10, 2, 0);
    }

    @Test
    void atTheEdgeItFlowsBackAndNothingIsLost() {
        double[] column = column(45, 1, 2, 0, 0, 0);
        Bleeding.spread(column, 0, 1, 10);
        assertThat(column).containsExactly(10, 10, 10, 10, 8, 0);
        assertThat(Arrays.stream(column).sum()).isEqualTo(48);
    }

    @Test
    void aColumnWithoutRoomIsFullAndItsNeighboursAreUntouched() {
        double[] chip = {1, 90, 1, 1, 2, 1, 1, 3, 1};
        Bleeding.spread(chip, 1, 3, 10);
        assertThat(chip).containsExactly(1, 10, 1, 1, 10, 1, 1, 10, 1);
    }

    /** A frame with a full well holds the same charge as one without, in the same columns. */
    @Test
    void aBleedingFrameConservesTheChargeOfEachColumn() {
        SimulatedDetector endless = Frames.detector(400, false);
        SimulatedDetector shallow = new SimulatedDetector(
                2048, 400, endless.gains(), endless.readNoises(), 1e9, 190_000, 0, 0, 0, 0, false);
        SimulationSettings settings = Frames.orderOneOnly()
                .order0(new PixelPosition(743.7, 180))
                .order0Ratio(0.5)
                .build();
        FrameSimulator simulator = new FrameSimulator(Instruments.ctio().config());
        float[] before = simulator
                .simulate(settings.toBuilder().detector(endless).build(), Frames.star())
                .adu();
        float[] after = simulator
                .simulate(settings.toBuilder().detector(shallow).build(), Frames.star())
                .adu();
        int moved = 0;
        for (int x = 0; x < 2048; x++) {
            double sumBefore = 0;
            double sumAfter = 0;
            for (int y = 0; y < 400; y++) {
                int i = y * 2048 + x;
                sumBefore += before[i];
                sumAfter += after[i];
                assertThat(after[i]).isLessThanOrEqualTo(190_000 / 3f);
                moved += after[i] > before[i] ? 1 : 0;
            }
            assertThat(sumAfter).isCloseTo(sumBefore, within(1e-5 * sumBefore + 1e-3));
        }
        assertThat(moved).as("pixels that took charge").isGreaterThan(20);
    }
}
