package io.spectractor.mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.batch.run.RunControl;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.mpi.rank.Distribution;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks are killed, and the run continues. Ranks are processes, the messages go over MPJ Express. */
@Timeout(180)
@Tag("slow")
class RankLossTest {
    @TempDir
    Path folder = Path.of("");

    private ScriptedNight night;

    @BeforeEach
    void newNight() throws Exception {
        night = new ScriptedNight(folder);
    }

    private static BatchRun.Ended end(CompletableFuture<BatchRun.Ended> run) throws Exception {
        return run.get(150, TimeUnit.SECONDS);
    }

    private static int[] others(int rank) {
        return IntStream.range(0, 3).filter(r -> r != rank).toArray();
    }

    private void assertAllDone(BatchRun.Ended ended, int images) throws Exception {
        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(ended.summary().counts().done()).isEqualTo(images);
        assertThat(ended.summary().images()).allMatch(i -> i.status().isDone());
        assertWhole(images);
    }

    /** Products and nothing else; each image started is finished once. */
    private void assertWhole(int images) throws Exception {
        assertThat(night.products()).hasSize(images).allMatch(n -> n.endsWith("_spectrum.fits") && !n.startsWith("."));
        List<String> finished = night.journal().stream()
                .filter(e -> e.event() == JournalEvent.Type.IMAGE_FINISHED)
                .map(JournalEvent::image)
                .toList();
        assertThat(finished).doesNotHaveDuplicates();
    }

    private long retried() throws Exception {
        return night.journal().stream()
                .filter(e -> e.event() == JournalEvent.Type.IMAGE_RETRIED)
                .count();
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void nobodyDies(Distribution distribution) throws Exception {
        night.images(7, "ok").image("bad.fits", "throw").distribution = distribution;
        night.threads = 2;
        BatchRun.Ended ended = night.run();

        assertThat(ended.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        ImageResult bad = ScriptedNight.result(ended, "bad.fits");
        assertThat(bad.failure()).isNotNull();
        assertThat(bad.failure().kind()).isEqualTo(FailureKind.BUG);
        assertThat(ended.summary().counts().done()).isEqualTo(7);
        assertWhole(7);
        assertThat(night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 8).stream()
                        .map(JournalEvent::worker))
                .allMatch(w -> w != null && w.matches("rank-[012]\\.[12]@.+"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void beforeTheBroadcast(int rank) throws Exception {
        night.images(5, "ok");
        night.script.stopAt("broadcast-" + rank);
        CompletableFuture<BatchRun.Ended> run = night.start();
        ScriptedNight.kill(night.script.standingAt("broadcast-" + rank));
        assertAllDone(end(run), 5);
        assertThat(retried()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Distribution.class)
    void whileComputing(Distribution distribution) throws Exception {
        night.images(5, "ok").distribution = distribution;
        night.script.stopAt("compute-im02.fits");
        CompletableFuture<BatchRun.Ended> run = night.start();
        ScriptedNight.kill(night.script.standingAt("compute-im02.fits"));
        BatchRun.Ended ended = end(run);
        assertAllDone(ended, 5);
        assertThat(ScriptedNight.result(ended, "im02.fits").attempts()).isEqualTo(2);
        assertThat(night.journal())
                .filteredOn(e -> e.event() == JournalEvent.Type.IMAGE_RETRIED)
                .anyMatch(e -> "im02.fits".equals(e.image())
                        && String.valueOf(e.message()).contains("died while working on it"));
    }

    /** Survivors finish what they have in progress; their results are not lost, whoever gathers them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void survivorsCommitWhatTheyWorkOn(int victim) throws Exception {
        night.images(3, "wait");
        CompletableFuture<BatchRun.Ended> run = night.start();
        List<JournalEvent> started = night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 3);
        String image = started.stream()
                .filter(e -> String.valueOf(e.worker()).startsWith("rank-" + victim + "@"))
                .map(JournalEvent::image)
                .findFirst()
                .orElseThrow();
        ScriptedNight.kill(night.script.pid("rank-" + victim));
        // the others have noticed before their images are done
        night.script.awaitBroken(others(victim));
        night.script.go();
        BatchRun.Ended ended = end(run);
        assertAllDone(ended, 3);
        for (ImageResult result : ended.summary().images()) {
            assertThat(result.attempts()).isEqualTo(result.name().equals(image) ? 2 : 1);
            assertThat(result.reused()).isFalse();
        }
    }

    @Test
    void whileWriting() throws Exception {
        night.images(5, "ok");
        night.script.stopAt("write-im03_spectrum.fits");
        CompletableFuture<BatchRun.Ended> run = night.start();
        ScriptedNight.kill(night.script.standingAt("write-im03_spectrum.fits"));
        BatchRun.Ended ended = end(run);
        assertAllDone(ended, 5);
        assertThat(ScriptedNight.result(ended, "im03.fits").attempts()).isEqualTo(2);
    }

    /**
     * Starts six images; three are in progress, of which im00 stands where its product is written, by a rank that has got its
     * next one meanwhile.
     */
    private CompletableFuture<BatchRun.Ended> startUntilOneIsHeld() throws Exception {
        night.images(1, "ok").images(1, 6, "wait");
        // rank 0 takes an image when it needs it and holds none: the first one is for another rank
        night.script.holdAt("worker-0");
        CompletableFuture<BatchRun.Ended> run = night.start();
        night.script.standingAt("worker-0");
        long writing = night.script.standingAt("write-im00_spectrum.fits");
        int rank = night.script.pid("rank-1") == writing ? 1 : 2;
        night.script.awaitHandedOut(rank, 2);
        night.script.letGo("worker-0");
        night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 3);
        return run;
    }

    /** A rank asks for its next image while it writes; one that it has got and not begun is nobody's fault. */
    @Test
    void anImageHeldByALostRankIsHandedOutAgain() throws Exception {
        night.script.stopAt("write-im00_spectrum.fits");
        CompletableFuture<BatchRun.Ended> run = startUntilOneIsHeld();
        ScriptedNight.kill(night.script.standingAt("write-im00_spectrum.fits"));
        night.script.go();
        BatchRun.Ended ended = end(run);
        assertAllDone(ended, 6);
        for (ImageResult result : ended.summary().images()) {
            assertThat(result.attempts())
                    .as(result.name())
                    .isEqualTo(result.name().equals("im00.fits") ? 2 : 1);
        }
        assertThat(retried()).isEqualTo(1);
        assertThat(night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 7)).hasSize(7);
    }

    @Test
    void anImageHeldWhenTheRunStopsIsGivenBack() throws Exception {
        night.script.holdAt("write-im00_spectrum.fits");
        CompletableFuture<BatchRun.Ended> run = startUntilOneIsHeld();
        ScriptedNight.terminate(night.script.standingAt("write-im00_spectrum.fits"));
        night.awaitEvents(JournalEvent.Type.STOP_REQUESTED, 1);
        night.script.awaitStopping(0, 1, 2);
        night.script.go();
        BatchRun.Ended ended = end(run);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().counts().done()).isEqualTo(3);
        assertThat(ended.summary().counts().notRun()).isEqualTo(3);
        assertThat(retried()).isZero();
        assertWhole(3);
    }

    /** Nothing is lost with a rank that has nothing in progress, so no second world is needed for what the others have. */
    @Test
    void whileIdle() throws Exception {
        night.images(2, "wait");
        CompletableFuture<BatchRun.Ended> run = night.start();
        List<String> busy = night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 2).stream()
                .map(e -> String.valueOf(e.worker()))
                .toList();
        int idle = IntStream.range(0, 3)
                .filter(r -> busy.stream().noneMatch(w -> w.startsWith("rank-" + r + "@")))
                .findFirst()
                .orElseThrow();
        ScriptedNight.kill(night.script.pid("rank-" + idle));
        night.script.awaitBroken(others(idle));
        night.script.go();
        assertAllDone(end(run), 2);
        assertThat(retried()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void atTheEnd(int rank) throws Exception {
        night.images(4, "ok");
        night.script.stopAt("close-" + rank);
        CompletableFuture<BatchRun.Ended> run = night.start();
        ScriptedNight.kill(night.script.standingAt("close-" + rank));
        assertAllDone(end(run), 4);
        assertThat(retried()).isZero();
    }

    @Test
    void anImageThatKillsItsRankTwiceFails() throws Exception {
        night.images(4, "ok").image("poison.fits", "poison");
        BatchRun.Ended ended = night.run();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(ended.summary().counts().done()).isEqualTo(4);
        ImageResult poison = ScriptedNight.result(ended, "poison.fits");
        assertThat(poison.status()).isEqualTo(ImageStatus.FAILED);
        assertThat(poison.attempts()).isEqualTo(2);
        assertThat(poison.failure()).isNotNull();
        assertThat(poison.failure().message()).contains("2 ranks died while they worked on it");
        assertWhole(4);
    }

    @Test
    void restartsAreBounded() throws Exception {
        night.images(3, "ok").image("poison.fits", "poison").restarts = 0;
        BatchRun.Ended ended = night.run();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().stopReason()).contains("the world of ranks broke");
        assertThat(ended.summary().counts().notRun()).isPositive();
    }

    @Test
    void aSignalToARankStopsTheRunInOrder() throws Exception {
        night.images(9, "wait");
        CompletableFuture<BatchRun.Ended> run = night.start();
        night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 3);
        ScriptedNight.terminate(night.script.pid("rank-1"));
        night.awaitEvents(JournalEvent.Type.STOP_REQUESTED, 1);
        night.script.awaitStopping(0, 1, 2);
        night.script.go();
        BatchRun.Ended ended = end(run);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().counts().done()).isEqualTo(3);
        assertThat(ended.summary().counts().notRun()).isEqualTo(6);
        assertThat(night.control.request()).isNotNull();
        assertThat(night.control.request().cause()).isEqualTo(RunControl.Cause.SIGNAL);
        assertWhole(3);
    }

    @Test
    void aStopFromOutsideLetsCurrentImagesCommit() throws Exception {
        night.images(9, "wait").distribution = Distribution.STATIC;
        CompletableFuture<BatchRun.Ended> run = night.start();
        night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, 3);
        night.control.stop(RunControl.Cause.CANCELLED, "cancelled");
        night.script.awaitStopping(0, 1, 2);
        night.script.go();
        BatchRun.Ended ended = end(run);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().counts().done()).isEqualTo(3);
        assertWhole(3);
    }

    /** Many pieces; the log tells the bandwidth. */
    @Test
    void aLargeOrderReachesAll() throws Exception {
        night.images(4, "ok").ballastBytes = 50_000_000;
        night.ranks = 4;
        night.heapMb = 600;
        assertAllDone(night.run(), 4);
    }

    @Test
    void memoryThatRunsOutIsTriedOnceMore() throws Exception {
        night.images(2, "ok").image("big.fits", "oom");
        BatchRun.Ended ended = night.run();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        ImageResult big = ScriptedNight.result(ended, "big.fits");
        assertThat(big.attempts()).isEqualTo(2);
        assertThat(big.failure()).isNotNull();
        assertThat(big.failure().message()).contains("out of memory");
    }
}
