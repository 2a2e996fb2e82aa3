package io.spectractor.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.instrument.Instruments;
import org.junit.jupiter.api.Test;

/** Hot and dead columns, hot pixels and cosmic rays on a chip that sees 100 ADU of flat sky. */
class BlemishesTest {
    private static final float SKY_ADU = 100;

    private static float[] frame(int cosmics, int hotPixels, int hotColumns, int deadColumns) {
        SimulationSettings settings = Frames.orderOneOnly()
                .detector(Frames.detector(400, false).withBlemishes(cosmics, hotPixels, hotColumns, deadColumns))
                .sky(SimulatedSky.flat(SKY_ADU / 120))
                .seed(8)
                .build();
        return new FrameSimulator(Instruments.ctio().config())
                .simulate(settings, Frames.scene(l -> 0, 400, 500, 450))
                .adu();
    }

    /** Columns that have another level than the sky in every row. */
    private static long columns(float[] adu, float low, float high) {
        int found = 0;
        for (int x = 0; x < 2048; x++) {
            int rows = 0;
            for (int y = 0; y < 400; y++) {
                float value = adu[y * 2048 + x];
                rows += value > low && value < high ? 1 : 0;
            }
            found += rows == 400 ? 1 : 0;
        }
        return found;
    }

    @Test
    void deadColumnsHardlyCount() {
        assertThat(columns(frame(0, 0, 0, 3), 0, 10)).isEqualTo(3);
    }

    /** 5 electrons a second for 120 s at 3 electrons per ADU. */
    @Test
    void hotColumnsHaveAddedCharge() {
        assertThat(columns(frame(0, 0, 4, 0), 299, 301)).isEqualTo(4);
    }

    @Test
    void hotPixelsAreSingle() {
        float[] adu = frame(0, 25, 0, 0);
        int hot = 0;
        for (int i = 0; i < adu.length; i++) {
            hot += adu[i] > SKY_ADU + 1000 ? 1 : 0;
        }
        assertThat(hot).isEqualTo(25);
    }

    @Test
    void cosmicRaysAreTracks() {
        float[] adu = frame(40, 0, 0, 0);
        int hit = 0;
        int withNeighbour = 0;
        for (int y = 1; y < 399; y++) {
            for (int x = 1; x < 2047; x++) {
                if (adu[y * 2048 + x] <= SKY_ADU + 20) {
                    continue;
                }
                hit++;
                boolean neighbour = false;
                for (int k = 0; k < 9; k++) {
                    neighbour |= k != 4 && adu[(y + k / 3 - 1) * 2048 + x + k % 3 - 1] > SKY_ADU + 20;
                }
                withNeighbour += neighbour ? 1 : 0;
            }
        }
        assertThat(hit).isBetween(120, 900);
        assertThat(withNeighbour).as("pixels of tracks").isGreaterThan(hit * 9 / 10);
    }
}
