package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Tag("slow")
class WatchCommandTest {
    private static final String LOGBOOK_HEAD = "file;object;Obj-posXpix;Obj-posYpix;disperser\n";

    @TempDir
    Path folder = Path.of("");

    private FakeProgram program() {
        return new FakeProgram(folder);
    }

    /** A file whose text tells the engine what to do, in whole blocks, renamed into place. */
    private void arrive(String name, String text) throws IOException {
        Path part = Files.createDirectories(folder.resolve("in")).resolve("." + name.replace('/', '_') + ".part");
        Files.writeString(part, text + " ".repeat(2880 - text.length()));
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean product(String name) {
        return Files.exists(folder.resolve("out").resolve(name));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** The watch in a thread of its own; ends when 'cancel' is called. */
    private CompletableFuture<Integer> watch(FakeProgram program, String... more) {
        List<String> words = new ArrayList<>(
                List.of("watch", "in", "--out", "out", "--settle", "0.1", "--plots", "0", "--workers", "2"));
        words.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> program.run(words.toArray(String[]::new)));
    }

    private void cancel() throws InterruptedException {
        await(() -> program().run("cancel", "out") == 0);
    }

    @Test
    void whatIsThereComesFirstAndThenWhatArrives() throws Exception {
        arrive("a.fits", "ok a");
        FakeProgram program = program();
        CompletableFuture<Integer> watch = watch(program);
        await(() -> product("a_spectrum.fits"));
        arrive("b.fits", "ok b");
        await(() -> product("b_spectrum.fits"));
        cancel();

        assertThat(watch.get()).isZero();
        assertThat(program.out()).contains("a.fits: a_spectrum.fits in ", "b.fits: b_spectrum.fits in ", "2 done");
        assertThat(program.requests).hasSize(2);
        FakeProgram status = program();
        assertThat(status.run("status", "out")).isZero();
        assertThat(status.out()).contains("2 done, 0 failed of 2 images");
    }

    @Test
    void theSameContentAgainDoesNothingAndOtherContentIsExtractedAnew() throws Exception {
        arrive("a.fits", "ok one");
        FakeProgram program = program();
        CompletableFuture<Integer> watch = watch(program, "--json");
        await(() -> product("a_spectrum.fits"));
        await(() -> program.out().contains("spectrum_ready"));
        Path record = folder.resolve("out/_runs/_products/a_spectrum.fits.json");
        String first = Files.readString(record);
        arrive("a.fits", "ok one");
        arrive("b.fits", "ok b");
        await(() -> product("b_spectrum.fits"));
        assertThat(program.requests).hasSize(2);
        arrive("a.fits", "ok two");
        await(() -> program.requests.size() == 3);
        await(() -> program.err().contains("a.fits came again with other content; its product was made anew"));
        cancel();

        assertThat(watch.get()).isZero();
        // the fake engine makes the same product of any content; its record tells what it was made of
        assertThat(Files.readString(record)).isNotEqualTo(first);
        List<String> events = program.out().lines().toList();
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).contains("\"event\":\"spectrum_ready\"", "\"replaces\":false", "scienceSha256");
        assertThat(events.get(2)).contains("\"image\":\"a.fits\"", "\"replaces\":true");
        assertThat(events.get(3)).contains("\"event\":\"ended\"", "\"exitCode\":0");
    }

    @Test
    void aWatchThatIsStartedAgainGoesOn() throws Exception {
        arrive("a.fits", "ok a");
        assertThat(watch(program(), "--stop-when-idle", "0.5").get()).isZero();
        arrive("b.fits", "ok b");
        FakeProgram second = program();
        assertThat(watch(second, "--stop-when-idle", "0.5").get()).isZero();
        assertThat(second.requests).extracting(request -> request.name()).containsExactly("b.fits");
        assertThat(second.out()).contains("2 done", "1 kept from before").doesNotContain("a.fits:");
    }

    /** Killed with one image done and one in work; a third comes while nobody watches. */
    @Test
    void aWatchThatIsKilledInTheMiddleLosesNothing() throws Exception {
        Path gate = folder.resolve("gate");
        arrive("a.fits", "ok a");
        arrive("b.fits", FakeProgram.UNTIL + gate);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), SignalProbe.class.getName()));
        command.addAll(List.of("watch", "in", "--out", "out", "--settle", "0.1", "--plots", "0", "--workers", "2"));
        Process first = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        try {
            await(() -> product("a_spectrum.fits") && journal().contains("b.fits"));
            assertThat(first.isAlive()).isTrue();
        } finally {
            first.destroyForcibly().waitFor();
        }
        FakeProgram program = program();
        program.run("status", "out");
        assertThat(program.out()).contains(" died: ");
        arrive("c.fits", "ok c");
        Files.createFile(gate);

        assertThat(watch(program, "--stop-when-idle", "0.5").get()).isZero();
        assertThat(program.requests).extracting(request -> request.name()).containsOnlyOnce("b.fits", "c.fits");
        assertThat(program.requests).hasSizeBetween(2, 3);
        assertThat(program.out()).contains("3 done (", ", 0 failed of 3 images");
        assertThat(product("a_spectrum.fits") && product("b_spectrum.fits") && product("c_spectrum.fits"))
                .isTrue();
    }

    /** The journals of all runs. */
    private String journal() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> runs = Files.list(folder.resolve("out/_runs"))) {
            for (Path run : runs.toList()) {
                if (Files.exists(run.resolve("journal.jsonl"))) {
                    text.append(Files.readString(run.resolve("journal.jsonl")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Test
    void aBadFileCostsItselfAndIsDoneWhenItComesWhole() throws Exception {
        arrive("a.fits", "rubbish");
        FakeProgram program = program();
        CompletableFuture<Integer> watch = watch(program);
        await(() -> program.err().contains("FAILED a.fits: not a FITS file"));
        arrive("b.fits", "ok b");
        arrive("a.fits", "ok a");
        await(() -> product("a_spectrum.fits") && product("b_spectrum.fits"));
        cancel();
        assertThat(watch.get()).isZero();
        assertThat(program.out()).contains("2 done, 0 failed of 2 images");
    }

    /** What is seen meanwhile is the empty place where it was mounted. */
    @Test
    void aFolderThatIsUnmountedAndMountedAgainLosesNothing() throws Exception {
        Path in = Files.createDirectories(folder.resolve("in"));
        Path disk = Files.createDirectories(folder.resolve("disk"));
        String[] mount = {"mount", "--bind", disk.toString(), in.toString()};
        assumeTrue(FaultsTest.done(mount), "mounts need root");
        try {
            arrive("a.fits", "ok a");
            FakeProgram program = program();
            CompletableFuture<Integer> watch = watch(program);
            await(() -> product("a_spectrum.fits"));
            assertThat(FaultsTest.done("umount", "--lazy", in.toString())).isTrue();
            Thread.sleep(600);
            Files.writeString(disk.resolve("b.fits"), "ok b" + " ".repeat(2876));
            assertThat(FaultsTest.done(mount)).isTrue();
            await(() -> product("b_spectrum.fits"));
            cancel();
            assertThat(watch.get()).isZero();
            assertThat(program.out()).contains("2 done, 0 failed of 2 images");
            assertThat(program.requests).hasSize(2);
        } finally {
            FaultsTest.done("umount", "--lazy", in.toString());
        }
    }

    @Test
    @Timeout(400)
    void manyAtOnceAreAllDone() throws Exception {
        int many = 2000;
        for (int i = 0; i < many; i++) {
            arrive("f" + i + ".fits", "ok " + i);
        }
        FakeProgram program = program();
        assertThat(watch(program, "--stop-when-idle", "1").get()).isZero();
        assertThat(program.requests).hasSize(many);
        assertThat(program.out()).contains(many + " done, 0 failed of " + many + " images");
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.filter(f -> f.toString().endsWith("_spectrum.fits")))
                    .hasSize(many);
        }
    }

    @Test
    void anImageThatTheLogbookLacksWaitsForItsRow() throws Exception {
        Path logbook =
                Files.writeString(folder.resolve("log.csv"), LOGBOOK_HEAD + "a.fits;HD111980;745;643;HoloAmAg\n");
        arrive("a.fits", "ok a");
        arrive("b.fits", "ok b");
        arrive("c.fits", "ok c");
        FakeProgram program = program();
        CompletableFuture<Integer> watch = watch(program, "--logbook", "log.csv", "--stop-when-idle", "6");
        await(() -> product("a_spectrum.fits") && program.err().contains("b.fits is not in the logbook; it waits"));
        Files.writeString(logbook, "b.fits;HD205905;750;650;HoloAmAg\n", StandardOpenOption.APPEND);
        await(() -> product("b_spectrum.fits"));

        // the observer never wrote c.fits down: that is a failure, not silence
        assertThat(watch.get()).isEqualTo(10);
        assertThat(program.err()).contains("FAILED c.fits: ", "not in the logbook");
        assertThat(program.out()).contains("2 done, 1 failed of 3 images");
        assertThat(program.requests).extracting(r -> r.target()).containsExactly("HD111980", "HD205905");
    }

    /** The old product stays, but nobody must take it for that of the file that failed. */
    @Test
    void aFileThatFailsUnderAKnownNameSaysThatItsProductIsOlder() throws Exception {
        arrive("a.fits", "ok");
        FakeProgram program = program();
        CompletableFuture<Integer> watch = watch(program);
        await(() -> product("a_spectrum.fits"));
        arrive("a.fits", "cut short");
        await(() -> program.err().contains("FAILED a.fits"));
        cancel();
        assertThat(watch.get()).isNotZero();
        assertThat(program.err()).contains("a_spectrum.fits is an older one, made from another file");
        assertThat(program.run("status", "out", "--json")).isNotEqualTo(2);
    }

    @Test
    void twoImagesOfOneProductAreNotMixedUp() throws Exception {
        arrive("one/a.fits", "ok one");
        FakeProgram program = program();
        CompletableFuture<Integer> watch = watch(program, "--recursive");
        await(() -> product("a_spectrum.fits"));
        arrive("two/a.fits", "ok two");
        await(() -> program.err().contains("is left out: its product would be that of"));
        cancel();
        assertThat(watch.get()).isZero();
        assertThat(program.requests).hasSize(1);
    }

    @Test
    void itSaysWhatIsWrong() throws Exception {
        FakeProgram program = program();
        assertThat(program.run("watch", "nowhere", "--out", "out")).isEqualTo(2);
        assertThat(program.err()).contains("there is no folder", "nowhere");
        Files.createDirectory(folder.resolve("in"));
        assertThat(program.run("watch", "in", "--out", "out", "--settle", "0")).isEqualTo(2);
        assertThat(program.err()).contains("--settle 0.0: at least 0.05 seconds");
        assertThat(program.run("watch", "in", "--out", "out", "--stop-when-idle", "-1"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--stop-when-idle -1.0: seconds, more than 0");
        assertThat(program.run("watch", "in", "--out", "out", "--stop-when-idle", "0.3"))
                .isZero();
        assertThat(program.err()).contains("no image came");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
