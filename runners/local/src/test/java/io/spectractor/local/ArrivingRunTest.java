package io.spectractor.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.Arrivals;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArrivingRunTest {
    @TempDir
    Path folder = Path.of("");

    private Night night = new Night(Path.of(""));

    @BeforeEach
    void begin() {
        night = new Night(folder);
    }

    /** Images that a test lets come; an empty batch ends them. */
    private static final class Delivered implements Arrivals {
        private final BlockingQueue<List<PlannedImage>> batches = new LinkedBlockingQueue<>();
        private final Consumer<ImageResult> onSettled;
        private boolean over;

        Delivered(Consumer<ImageResult> onSettled) {
            this.onSettled = onSettled;
        }

        Delivered then(List<PlannedImage> batch) {
            batches.add(batch);
            return this;
        }

        @Override
        public List<PlannedImage> next(StopSignal stop) {
            try {
                while (!over && !stop.stopRequested()) {
                    List<PlannedImage> batch = batches.poll(10, TimeUnit.MILLISECONDS);
                    if (batch != null) {
                        over = batch.isEmpty();
                        return batch;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }

        @Override
        public void settled(ImageResult result) {
            onSettled.accept(result);
        }
    }

    @Test
    void anImageThatRunsOutOfMemoryIsTriedAloneAndTheRunGoesOn() throws IOException {
        night.image("a.fits", "oom-once").image("b.fits", "ok 2").image("c.fits", "ok 1");
        // c comes only when the others are done: a second try must not wait for what comes
        AtomicInteger settled = new AtomicInteger();
        Delivered[] later = new Delivered[1];
        Delivered arrivals = new Delivered(result -> {
            if (settled.incrementAndGet() == 2) {
                later[0].then(night.planned("c.fits")).then(List.of());
            }
        });
        later[0] = arrivals;

        BatchRun.Ended ended = night.follow("r1", 2, arrivals.then(night.planned("a.fits", "b.fits")));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(ended.summary().counts().done()).isEqualTo(3);
        assertThat(Night.result(ended, "a.fits").attempts()).isEqualTo(2);
        assertThat(night.engine.calls).endsWith("c.fits").hasSize(4);
    }

    @Test
    void twoDeliveriesOfOneImageAreNeverInWorkTogetherAndTheLaterWins() throws IOException {
        night.image("a.fits", "sleep 300");
        night.image("b.fits", "ok 1");
        List<ImageResult> settled = new CopyOnWriteArrayList<>();
        night.existing = ExistingProducts.RESUME;
        Delivered arrivals = new Delivered(settled::add);

        BatchRun.Ended ended = night.follow(
                "r1",
                2,
                arrivals.then(night.planned("a.fits"))
                        .then(night.planned("a.fits"))
                        .then(night.planned("b.fits"))
                        .then(List.of()));

        assertThat(ended.summary().images()).hasSize(2);
        // the second delivery had the same content, found only after the first was done
        assertThat(settled).extracting(ImageResult::name).containsExactly("b.fits", "a.fits", "a.fits");
        assertThat(settled).extracting(ImageResult::reused).containsExactly(false, false, true);
        assertThat(night.engine.calls.stream().filter("a.fits"::equals)).hasSize(1);
    }

    @Test
    void aStopLeavesWhatHasComeToResume() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "ok 2").image("c.fits", "ok 3");
        Delivered arrivals = new Delivered(result -> night.control.stop(RunControl.Cause.CANCELLED, "cancelled"));

        BatchRun.Ended ended = night.follow("r1", 1, arrivals.then(night.planned("a.fits", "b.fits", "c.fits")));

        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().counts().notRun()).isEqualTo(2);
        assertThat(Files.readString(night.out.resolve("_runs/r1/plan.json"))).contains("c.fits");
        night.again();
        night.continues = true;
        night.existing = ExistingProducts.RESUME;
        BatchRun.Ended resumed = night.run("r1", 1);
        assertThat(resumed.summary().counts().done()).isEqualTo(3);
        assertThat(night.engine.calls).containsExactly("b.fits", "c.fits");
    }
}
