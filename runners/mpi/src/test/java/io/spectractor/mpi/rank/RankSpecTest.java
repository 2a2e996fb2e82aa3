package io.spectractor.mpi.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankSpecTest {
    private static final RankSpec ORDER = new RankSpec(
            Distribution.STATIC,
            2,
            List.of(new RankTask(
                    new WorkItem(
                            4,
                            "/n/ü.fits",
                            "ü",
                            new ExposureRequest("ü.fits", "HD1", null, new PixelPosition(745.5, 643), null, 30)),
                    2,
                    17_000_000_000L)),
            new byte[] {1, 2, 3});

    @Test
    void bytesGoThereAndBack() throws Exception {
        RankSpec back = RankSpec.fromBytes(ORDER.toBytes());
        assertThat(back.tasks()).isEqualTo(ORDER.tasks());
        assertThat(back.distribution()).isEqualTo(Distribution.STATIC);
        assertThat(back.threads()).isEqualTo(2);
        assertThat(back.work()).containsExactly(1, 2, 3);
    }

    @Test
    void tornBytesAreRefused() {
        byte[] bytes = ORDER.toBytes();
        assertThatThrownBy(() -> RankSpec.fromBytes(Arrays.copyOf(bytes, 20))).isInstanceOf(java.io.IOException.class);
        assertThatThrownBy(() -> Message.fromBytes("{".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(java.io.IOException.class);
    }
}
