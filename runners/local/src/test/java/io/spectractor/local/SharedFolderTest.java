package io.spectractor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Crashes, and several runs on one output folder. */
@Timeout(60)
@Tag("slow")
class SharedFolderTest {
    @TempDir
    Path folder = Path.of("");

    private Night night = new Night(Path.of(""));

    @BeforeEach
    void newNight() {
        night = new Night(folder);
    }

    @Test
    void aRunThatWasKilledIsCompletedByResume() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "ok 2");
        night.run("r1", 1);
        byte[] whole = Files.readAllBytes(night.product("b"));
        String scienceOfB = scienceSha256(night, "b.fits");
        // as kill -9 leaves it while b is written: half a temporary file, a torn journal line, no end
        Files.delete(night.product("b"));
        Path part = night.out.resolve(".b_spectrum.fits.r1.4711-2.part");
        Files.write(part, java.util.Arrays.copyOf(whole, whole.length / 2));
        Path journal = night.out.resolve("_runs/r1/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        List<String> before = lines.stream()
                .filter(l -> !l.contains("RUN_ENDED") && !(l.contains("IMAGE_FINISHED") && l.contains("b.fits")))
                .toList();
        Files.writeString(journal, String.join("\n", before) + "\n{\"time\":\"2026-11-22T00:00:00Z\",\"ev\u00e9");

        RunFolder run = RunFolder.open(night.out, null);
        assertThat(run.summary().state()).isEqualTo(RunState.DIED);
        assertThat(run.summary().images())
                .extracting(i -> i.status())
                .containsExactly(ImageStatus.DONE, ImageStatus.NOT_RUN);

        night.again();
        night.existing = ExistingProducts.RESUME;
        night.continues = true;
        BatchRun.Ended ended = night.run("r1", 1);

        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(night.engine.calls).containsExactly("b.fits");
        assertThat(part).doesNotExist();
        assertThat(scienceSha256(night, "b.fits")).isEqualTo(scienceOfB);
        assertThat(Files.readString(journal)).contains("ev\u00e9\n");
    }

    @Test
    void leftoversOfOtherRunsThatDiedAreSwept() throws IOException {
        night.image("a.fits", "ok 1");
        Files.createDirectories(night.out);
        Path part = Files.writeString(night.out.resolve(".x_spectrum.fits.old-run.12-1.part"), "half");
        Path foreign = Files.writeString(night.out.resolve(".something.part"), "not ours");

        night.run("r1", 1);

        assertThat(part).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void productsMadeWithOtherSettingsAreNotTouchedUnasked() throws IOException {
        night.image("a.fits", "ok 1").image("b.fits", "ok 2");
        night.run("r1", 1);
        night.again();
        night.config = ConfigLoader.load(null, List.of("ccd.rebin=2")).config();

        assertThatThrownBy(() -> night.run("r2", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("already holds 2 products that were made with other settings")
                .hasMessageContaining("a_spectrum.fits")
                .hasMessageContaining("--overwrite");
        assertThat(night.out.resolve("_runs/r2")).doesNotExist();

        night.existing = ExistingProducts.RESUME;
        assertThat(night.run("r2", 1).summary().counts().reused()).isZero();
        assertThat(night.engine.calls).containsExactly("a.fits", "b.fits");
    }

    @Test
    void otherCodeMakesOtherProducts() throws IOException {
        night.image("a.fits", "ok 1");
        night.run("r1", 1);
        night.codeVersion = "2";

        assertThatThrownBy(() -> night.run("r2", 1)).isInstanceOf(UsageException.class);
    }

    @Test
    void aForeignFileUnderAProductsNameIsNotTouchedUnasked() throws IOException {
        night.image("a.fits", "ok 1");
        Files.createDirectories(night.out);
        Files.writeString(night.product("a"), "precious");

        assertThatThrownBy(() -> night.run("r1", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("1 product that was");
        assertThat(night.product("a")).hasContent("precious");

        night.existing = ExistingProducts.OVERWRITE;
        assertThat(night.run("r1", 1).exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(Files.size(night.product("a"))).isGreaterThan(1000);
    }

    @Test
    void aDamagedRecordMakesItsProductAgain() throws IOException {
        night.image("a.fits", "ok 1");
        night.run("r1", 1);
        Files.writeString(
                night.out.resolve("_runs/_products/a_spectrum.fits.json"), "{", StandardOpenOption.TRUNCATE_EXISTING);
        night.again();
        night.existing = ExistingProducts.RESUME;

        assertThat(night.run("r2", 1).exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(night.engine.calls).containsExactly("a.fits");
    }

    @Test
    void aRunIsRefusedWhileAnotherWithOtherSettingsIsAtWork() throws Exception {
        night.image("a.fits", "wait");
        Night other = new Night(folder);
        other.config = ConfigLoader.load(null, List.of("ccd.rebin=2")).config();

        CompletableFuture<BatchRun.Ended> first = start(night, "r1");
        night.engine.firstStarted.await();
        assertThatThrownBy(() -> other.run("r2", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("run r1 is at work")
                .hasMessageContaining("another configuration");
        assertThatThrownBy(() -> new Night(folder).run("r1", 1)).isInstanceOf(UsageException.class);
        night.engine.release.countDown();

        assertThat(first.get().exitCode()).isEqualTo(ExitCode.ALL_DONE);
    }

    @Test
    void ofTwoRunsWithTheSameSettingsTheFirstCommitWins() throws Exception {
        night.image("a.fits", "wait").image("b.fits", "ok 1");
        Night other = new Night(folder);

        CompletableFuture<BatchRun.Ended> first = start(night, "r1");
        night.engine.firstStarted.await();
        CompletableFuture<BatchRun.Ended> second = start(other, "r2");
        other.engine.firstStarted.await();
        other.engine.release.countDown();
        BatchRun.Ended secondEnded = second.get();
        byte[] committed = Files.readAllBytes(night.product("a"));
        night.engine.release.countDown();
        BatchRun.Ended firstEnded = first.get();

        assertThat(secondEnded.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(firstEnded.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        assertThat(Night.result(firstEnded, "a.fits").reused()).isTrue();
        assertThat(Files.readAllBytes(night.product("a"))).isEqualTo(committed);
        assertThat(LocalRunTest.names(night.out)).containsExactly("_runs", "a_spectrum.fits", "b_spectrum.fits");
    }

    @Test
    void aRunIdIsUsedOnce() throws IOException {
        night.image("a.fits", "ok 1");
        night.run("r1", 1);

        assertThatThrownBy(() -> night.run("r1", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("run r1 exists already");
    }

    @Test
    void anOutputFolderThatCannotBeIsNamedBeforeAnyWork() throws IOException {
        night.image("a.fits", "ok 1");
        // a plain file where a folder should be: refused to root as well
        Files.writeString(night.out, "not a folder");

        assertThatThrownBy(() -> night.run("r1", 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("output folder " + night.out)
                .hasMessageContaining("it is a file");
        assertThat(night.engine.calls).isEmpty();
    }

    @Test
    void aFileSystemWithoutRoomForAFolderIsNamed() {
        Night unwritable = new Night(Path.of("/proc/spectractor"));
        night.image("a.fits", "ok 1");

        assertThatThrownBy(() -> unwritable
                        .batch("r1", 1, new io.spectractor.batch.plan.RunPlan(List.of(), List.of()))
                        .execute())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("output folder /proc/spectractor/out cannot be written");
    }

    @Test
    void aStoppedRunKeepsItsConfigurationForResume() throws IOException {
        night.image("a.fits", "ok 1");
        night.config = ConfigLoader.load(null, List.of("ccd.rebin=2", "psf.type=gauss"))
                .config();
        night.control.stop(RunControl.Cause.SIGNAL, "before the first image");
        assertThat(night.run("r1", 1).exitCode()).isEqualTo(ExitCode.INTERRUPTED);

        RunFolder run = RunFolder.open(night.out, null);

        assertThat(run.config()).isEqualTo(night.config);
        assertThat(run.plan().items())
                .singleElement()
                .satisfies(i -> assertThat(i.name()).isEqualTo("a.fits"));
    }

    private static CompletableFuture<BatchRun.Ended> start(Night night, String runId) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return night.run(runId, 1);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    private static String scienceSha256(Night night, String image) throws IOException {
        String record = Files.readString(
                night.out.resolve("_runs/_products/" + image.replace(".fits", "_spectrum.fits.json")),
                StandardCharsets.UTF_8);
        return record.replaceAll(".*\"scienceSha256\":\"([0-9a-f]+)\".*", "$1");
    }
}
