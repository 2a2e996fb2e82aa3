package io.spectractor.core.pipeline;

import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Times the stages of one extraction and remembers which one runs. */
final class StageClock {
    private final LongSupplier nanoClock;
    private final Consumer<Stage> onStage;
    private Stage current = Stage.READ;
    private StageTimings timings = StageTimings.none();

    StageClock(LongSupplier nanoClock) {
        this(nanoClock, stage -> {});
    }

    /** A clock that tells each stage as it begins. */
    StageClock(LongSupplier nanoClock, Consumer<Stage> onStage) {
        this.nanoClock = nanoClock;
        this.onStage = onStage;
    }

    <T> T time(Stage stage, Supplier<T> work) {
        current = stage;
        onStage.accept(stage);
        long start = nanoClock.getAsLong();
        try {
            return work.get();
        } finally {
            double before = timings.seconds().getOrDefault(stage, 0.0);
            timings = timings.with(stage, before + (nanoClock.getAsLong() - start) * 1e-9);
        }
    }

    Stage current() {
        return current;
    }

    StageTimings timings() {
        return timings;
    }
}
