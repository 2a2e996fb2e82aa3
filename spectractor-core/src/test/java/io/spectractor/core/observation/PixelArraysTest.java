package io.spectractor.core.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PixelArraysTest {
    private final PixelArrays arrays = new PixelArrays();

    @Test
    void anArrayComesBackOnceAndForItsLengthOnly() {
        byte[] given = arrays.bytes(100);
        arrays.recycle(given);
        assertThat(arrays.bytes(99)).hasSize(99);
        assertThat(arrays.bytes(100)).isSameAs(given);
        assertThat(arrays.bytes(100)).hasSize(100).isNotSameAs(given);
    }

    @Test
    void anImageGivesItsArrays() {
        float[] rate = new float[6];
        float[] variance = new float[6];
        byte[] mask = new byte[6];
        arrays.recycle(CcdImage.owning(3, 2, rate, PixelVariance.of(variance), mask, 1, 1, 1, null));
        assertThat(List.of(arrays.floats(6), arrays.floats(6))).containsExactlyInAnyOrder(rate, variance);
        assertThat(arrays.bytes(6)).isSameAs(mask);
    }

    @Test
    void itKeepsFewOnly() {
        for (int i = 0; i < 10_000; i++) {
            arrays.recycle(new byte[] {7});
        }
        int kept = 0;
        while (arrays.bytes(1)[0] == 7) {
            kept++;
        }
        assertThat(kept).isBetween(2, 4 * Runtime.getRuntime().availableProcessors() + 2);
    }
}
