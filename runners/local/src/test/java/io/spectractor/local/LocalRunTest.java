package io.spectractor.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.SummaryCsv;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalRunTest {
    @TempDir
    Path folder = Path.of("");

    private Night night = new Night(Path.of(""));

    @BeforeEach
    void newNight() {
        night = new Night(folder);
    }

    @Test
    void aRunLeavesProductsAndItsFolderAndNothingElse() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits.gz", "caveat");

        BatchRun.Ended ended = night.run("r1", 2);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(names(night.out)).containsExactly("_runs", "a_spectrum.fits", "b_spectrum.fits");
        assertThat(names(night.out.resolve("_runs/r1")))
                .containsExactly("config.yaml", "journal.jsonl", "lock", "plan.json", "run.json", "summary.csv");
        assertThat(ended.summary().state()).isEqualTo(RunState.FINISHED);
        assertThat(Night.result(ended, "b.fits.gz").status()).isEqualTo(ImageStatus.DONE_WITH_CAVEATS);
        assertThat(Night.result(ended, "b.fits.gz").caveats())
                .containsExactly(Caveat.LOW_SIGNAL, Caveat.WEATHER_MISSING);
        ImageResult a = Night.result(ended, "a.fits");
        assertThat(a.numbers()).isNotNull();
        assertThat(a.timings().seconds()).containsKeys(Stage.READ, Stage.EXTRACT, Stage.WRITE);
        assertThat(Files.readString(night.out.resolve("_runs/r1/run.json")))
                .contains("\"state\" : \"FINISHED\"", "\"exitCode\" : 0", "\"calibrationSha256\" : \"cal\"");
    }

    @Test
    void theSummaryTableReadsBackToTheResults() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "caveat").image("c.fits", "fail NO_SPECTRUM");

        BatchRun.Ended ended = night.run("r1", 1);

        String csv = Files.readString(RunFolder.open(night.out, null).summaryCsv());
        assertThat(SummaryCsv.read(csv)).isEqualTo(ended.summary().images());
        assertThat(csv.lines().findFirst().orElse("")).contains("hessian_angle_deg", "wall_s", "extract_s");
    }

    @Test
    void oneBadImageOfEachKindLeavesTheOthersAlone() throws IOException {
        night.image("a.fits", "ok 1")
                .image("b.fits", "fail UNPROCESSABLE")
                .image("c.fits", "throw")
                .image("d.fits", "overflow")
                .image("e.fits", "ok 2");

        BatchRun.Ended ended = night.run("r1", 2);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(ended.summary().counts().done()).isEqualTo(2);
        Failure thrown = Objects.requireNonNull(Night.result(ended, "c.fits").failure());
        assertThat(thrown.kind()).isEqualTo(FailureKind.BUG);
        assertThat(thrown.message()).contains("c.fits", "deliberate");
        assertThat(thrown.trace()).contains("FakeEngine.act");
        assertThat(Night.result(ended, "d.fits").failure()).isNotNull();
        assertThat(night.said().lines().filter(l -> l.startsWith("FAILED "))).hasSize(3);
        assertThat(night.said()).contains("FAILED b.fits: no star in the search window [unprocessable, locate]");
    }

    @Test
    void exitCodesTellHowItEnded() throws IOException {
        night.image("a.fits", "fail TIMEOUT");
        assertThat(night.run("r1", 1).exitCode()).isEqualTo(ExitCode.ALL_FAILED);
        night.image("b.fits", "ok 1");
        assertThat(night.run("r2", 1).exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        night.image("a.fits", "ok 1");
        assertThat(night.run("r3", 1).exitCode()).isEqualTo(ExitCode.ALL_DONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void resultsDoNotDependOnTheNumberOfWorkers(int workers) throws IOException {
        IntStream.range(0, 12).forEach(i -> night.image("im" + i + ".fits", i % 5 == 4 ? "throw" : "ok " + i));

        BatchRun.Ended ended = night.run("r1", workers);

        List<Optional<String>> digests = ended.summary().images().stream()
                .map(i -> Optional.ofNullable(i.scienceSha256()))
                .toList();
        Night other = new Night(folder.resolve("other"));
        IntStream.range(0, 12).forEach(i -> other.image("im" + i + ".fits", i % 5 == 4 ? "throw" : "ok " + i));
        assertThat(other.run("x", 3).summary().images().stream().map(i -> Optional.ofNullable(i.scienceSha256())))
                .containsExactlyElementsOf(digests);
        assertThat(digests.stream().flatMap(Optional::stream).distinct()).hasSize(10);
        assertThat(night.engine.mostInFlight.get()).isLessThanOrEqualTo(workers);
    }

    @Test
    void whatIsDoneIsKeptWhenTheSameRunIsAskedAgain() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "caveat");
        night.run("r1", 1);
        byte[] before = Files.readAllBytes(night.product("a"));
        night.again();

        BatchRun.Ended ended = night.run("r2", 1);

        assertThat(night.engine.calls).isEmpty();
        assertThat(ended.summary().counts().reused()).isEqualTo(2);
        assertThat(Night.result(ended, "a.fits").numbers()).isNotNull();
        assertThat(Night.result(ended, "b.fits").status()).isEqualTo(ImageStatus.DONE_WITH_CAVEATS);
        assertThat(Files.readAllBytes(night.product("a"))).isEqualTo(before);
    }

    @Test
    void overwriteMakesAllAgain() throws IOException {
        night.image("a.fits", "ok 1");
        night.run("r1", 1);
        night.again();
        night.existing = ExistingProducts.OVERWRITE;

        BatchRun.Ended ended = night.run("r2", 1);

        assertThat(night.engine.calls).containsExactly("a.fits");
        assertThat(ended.summary().counts().reused()).isZero();
    }

    @Test
    void aFlippedBitInAProductMakesItAgain() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "ok 2");
        night.run("r1", 1);
        byte[] bytes = Files.readAllBytes(night.product("a"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(night.product("a"), bytes);
        night.again();

        BatchRun.Ended ended = night.run("r2", 1);

        assertThat(night.engine.calls).containsExactly("a.fits");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(io.spectractor.batch.Hashes.sha256(night.product("a")))
                .isEqualTo(Night.result(ended, "a.fits").productSha256());
    }

    @Test
    void aProductThatWasDeletedIsMadeAgain() throws IOException {
        night.image("a.fits", "ok 1");
        night.run("r1", 1);
        Files.delete(night.product("a"));
        night.again();

        night.run("r2", 1);

        assertThat(night.product("a")).exists();
    }

    @Test
    void anImageThatChangedIsNotTakenForDone() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "ok 2");
        night.run("r1", 1);
        night.image("a.fits", "ok 9");
        night.again();

        BatchRun.Ended refused = night.run("r2", 1);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(Objects.requireNonNull(Night.result(refused, "a.fits").failure())
                        .message())
                .contains("a_spectrum.fits exists already, made from another image");

        night.existing = ExistingProducts.RESUME;
        BatchRun.Ended resumed = night.run("r3", 1);
        assertThat(resumed.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(resumed.summary().counts().reused()).isEqualTo(1);
    }

    @Test
    void anImageThatRunsOutOfMemoryIsTriedOnceMoreAlone() throws IOException {
        night.image("a.fits", "oom-once")
                .image("b.fits", "sleep 100")
                .image("c.fits", "sleep 100")
                .image("d.fits", "ok 1");

        BatchRun.Ended ended = night.run("r1", 3);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(Night.result(ended, "a.fits").attempts()).isEqualTo(2);
        assertThat(night.engine.calls).endsWith("a.fits").hasSize(5);
        // the fake engine sets the mark anew when the image comes back
        assertThat(night.engine.mostInFlight.get()).isEqualTo(1);
        assertThat(Files.readString(night.out.resolve("_runs/r1/journal.jsonl")))
                .contains("IMAGE_RETRIED");
    }

    @Test
    void anImageThatRunsOutOfMemoryAloneHasFailed() throws IOException {
        night.image("a.fits", "oom").image("b.fits", "ok 1");

        BatchRun.Ended ended = night.run("r1", 2);

        Failure failure = Objects.requireNonNull(Night.result(ended, "a.fits").failure());
        assertThat(failure.kind()).isEqualTo(FailureKind.RETRYABLE);
        assertThat(failure.message()).contains("a.fits", "out of memory", "-Xmx");
        assertThat(night.engine.calls.stream().filter("a.fits"::equals)).hasSize(2);
        assertThat(Night.result(ended, "b.fits").status()).isEqualTo(ImageStatus.DONE);
    }

    @Test
    void aFullDiskStopsTheRunAfterThreeInARowAndResumeCompletesIt() throws IOException {
        IntStream.range(0, 8).forEach(i -> night.image("im" + i + ".fits", "ok " + i));
        night.wrapStore = FullDisk::new;

        BatchRun.Ended ended = night.run("r1", 1);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(ended.summary().counts().failed()).isEqualTo(3);
        assertThat(ended.summary().counts().notRun()).isEqualTo(5);
        assertThat(Objects.requireNonNull(Night.result(ended, "im0.fits").failure())
                        .message())
                .contains("im0.fits", "No space left on device");
        assertThat(names(night.out)).containsExactly("_runs");

        night.again();
        night.wrapStore = store -> store;
        night.existing = ExistingProducts.RESUME;
        night.continues = true;
        BatchRun.Ended resumed = night.run("r1", 2);
        assertThat(resumed.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(resumed.summary().counts().done()).isEqualTo(8);
        assertThat(resumed.summary().info().startedAt())
                .isEqualTo(ended.summary().info().startedAt());
    }

    @Test
    void tooManyFailuresStopTheRun() throws IOException {
        IntStream.range(0, 9).forEach(i -> night.image("im" + i + ".fits", "fail NO_SPECTRUM"));
        night.maxFailures = 4;

        BatchRun.Ended ended = night.run("r1", 1);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
        assertThat(ended.summary().counts().failed()).isEqualTo(4);
        assertThat(ended.summary().counts().notRun()).isEqualTo(5);
        assertThat(ended.summary().stopReason()).contains("--max-failures 4");
    }

    @Test
    void aStopLetsTheImageInWorkFinishAndResumeDoesTheRest() throws Exception {
        night.image("a.fits", "wait").image("b.fits", "ok 1").image("c.fits", "ok 2");
        BatchRun batch = night.batch("r1", 1);
        Thread stopper = new Thread(() -> {
            try {
                night.engine.firstStarted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            night.control.stop(RunControl.Cause.SIGNAL, "stopped by a signal");
            night.engine.release.countDown();
        });
        stopper.start();

        BatchRun.Ended ended = batch.execute();

        stopper.join();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Night.result(ended, "a.fits").status()).isEqualTo(ImageStatus.DONE);
        assertThat(Night.result(ended, "b.fits").status()).isEqualTo(ImageStatus.NOT_RUN);
        assertThat(night.product("a")).exists();
        assertThat(night.product("b")).doesNotExist();
        assertThat(ended.summary().stopReason()).isEqualTo("stopped by a signal");

        night.again();
        night.engine.release.countDown();
        night.existing = ExistingProducts.RESUME;
        night.continues = true;
        assertThat(night.run("r1", 1).exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(night.engine.calls).containsExactly("b.fits", "c.fits");
    }

    @Test
    void aCancelFromElsewhereStopsTheRun() throws Exception {
        night.image("a.fits", "wait").image("b.fits", "ok 1");
        BatchRun batch = night.batch("r1", 1);
        Thread canceller = new Thread(() -> {
            try {
                night.engine.firstStarted.await();
                RunFolder run = RunFolder.open(night.out, null);
                assertThat(run.isAlive()).isTrue();
                assertThat(run.summary().state()).isEqualTo(RunState.RUNNING);
                assertThat(run.inWork()).containsExactly("a.fits");
                run.requestCancel();
                while (!night.control.stopRequested()) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                night.engine.release.countDown();
            }
        });
        canceller.start();

        BatchRun.Ended ended = batch.execute();

        canceller.join();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.summary().stopReason()).isEqualTo("cancelled");
        assertThat(RunFolder.open(night.out, null).isAlive()).isFalse();
    }

    @Test
    void aStopDuringTheLastImageIsNoInterruption() throws Exception {
        night.image("a.fits", "wait");
        BatchRun batch = night.batch("r1", 1);
        Thread stopper = new Thread(() -> {
            try {
                night.engine.firstStarted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            night.control.stop(RunControl.Cause.SIGNAL, "late");
            night.engine.release.countDown();
        });
        stopper.start();

        BatchRun.Ended ended = batch.execute();

        stopper.join();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(ended.summary().state()).isEqualTo(RunState.FINISHED);
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }

    /** Knows what is there but takes nothing new. */
    private record FullDisk(ProductStore store) implements ProductStore {
        @Override
        public boolean exists(String productName) throws IOException {
            return store.exists(productName);
        }

        @Override
        public Optional<ProductRecord> record(String productName) throws IOException {
            return store.record(productName);
        }

        @Override
        public Optional<ProductRecord> verified(String productName, String key) throws IOException {
            return store.verified(productName, key);
        }

        @Override
        public ProductRecord commit(byte[] product, ProductRecord record, boolean replaceSame) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public int sweep(Predicate<String> runIsAlive) throws IOException {
            return store.sweep(runIsAlive);
        }
    }
}
