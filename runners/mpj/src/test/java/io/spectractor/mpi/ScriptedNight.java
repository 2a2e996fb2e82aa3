package io.spectractor.mpi;

import io.spectractor.batch.Json;
import io.spectractor.batch.plan.InputFinder;
import io.spectractor.batch.plan.Planner;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.ImageSource;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.rank.Distribution;
import io.spectractor.mpi.rank.Script;
import io.spectractor.mpi.rank.ScriptedRankMain;
import io.spectractor.mpi.start.JavaCommand;
import io.spectractor.mpi.start.LocalStarter;
import io.spectractor.mpi.start.RankStarter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder of scripted images, and a run over them with ranks that are real processes. */
final class ScriptedNight {
    private static final String RUN = "scripted";

    final Path in;
    final Path out;
    final Script script;
    final RunControl control = new RunControl();
    Distribution distribution = Distribution.DYNAMIC;
    int ranks = 3;
    int threads = 1;
    int restarts = 3;
    long heapMb = 200;
    /** What the work order carries besides, as calibration data would. */
    int ballastBytes;

    private final Path signs;

    ScriptedNight(Path folder) throws IOException {
        in = Files.createDirectories(folder.resolve("in"));
        out = folder.resolve("out");
        signs = Files.createDirectories(folder.resolve("signs"));
        script = new Script(signs);
    }

    ScriptedNight images(int count, String text) {
        return images(0, count, text);
    }

    /** Those of the numbers from the first to before the last. */
    ScriptedNight images(int from, int to, String text) {
        for (int i = from; i < to; i++) {
            // all of one size: they are handed out in the order of their numbers
            image("im%02d.fits".formatted(i), "%-4s".formatted(text));
        }
        return this;
    }

    ScriptedNight image(String name, String text) {
        try {
            Files.writeString(in.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Starts the run; the test goes on beside it. */
    CompletableFuture<BatchRun.Ended> start() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    BatchRun.Ended run() throws IOException {
        RunPlan plan = new Planner(null, Planner.Overrides.none()).plan(InputFinder.find(List.of(in.toString())));
        RunSettings settings = new RunSettings(
                out,
                RUN,
                Instruments.ctio().config(),
                plan,
                ExistingProducts.KEEP_OR_REFUSE,
                false,
                0,
                "v",
                "cal",
                "1",
                List.of("run"),
                Map.of());
        BatchRun.Parts parts = new BatchRun.Parts(
                ImageSource.files(),
                (bytes, sha256, request) -> {
                    throw new AssertionError("the process that watches does no images");
                },
                ProductEncoder.fits(),
                new FolderProductStore(out, RUN));
        ProgressMeter progress = new ProgressMeter(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                ProgressMeter.Style.plain(),
                System::nanoTime);
        return new BatchRun(settings, scheduler(), parts, control, progress, Clock.systemUTC()).execute();
    }

    private MpiScheduler scheduler() {
        MpiOptions options =
                new MpiOptions(ranks, threads, distribution, MpiOptions.Launcher.LOCAL, restarts, heapMb, true);
        Timeouts usual = Timeouts.of(ranks, 60);
        Timeouts limits = new Timeouts(
                usual.join(),
                usual.order(),
                usual.answer(),
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                usual.image());
        RankStarter starter = new LocalStarter(
                new JavaCommand(ScriptedRankMain.class.getName(), options.heapMb()),
                Map.of(Script.FOLDER_VARIABLE, signs.toString()));
        return new MpiScheduler(options, limits, starter, this::work);
    }

    private byte[] work() {
        String ballast = "\n" + "x".repeat(ballastBytes);
        return (out + "\n" + RUN + ballast).getBytes(StandardCharsets.UTF_8);
    }

    static void kill(long pid) throws Exception {
        new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
    }

    static void terminate(long pid) throws Exception {
        new ProcessBuilder("kill", "-TERM", Long.toString(pid)).start().waitFor();
    }

    static ImageResult result(BatchRun.Ended ended, String name) {
        return ended.summary().images().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The events of the journal, as it stands. */
    List<JournalEvent> journal() throws IOException {
        Path file = out.resolve("_runs").resolve(RUN).resolve("journal.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream().map(ScriptedNight::event).toList();
    }

    private static JournalEvent event(String line) {
        try {
            return Json.read(line, JournalEvent.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many events of a type stand in the journal. */
    List<JournalEvent> awaitEvents(JournalEvent.Type type, int count) throws Exception {
        while (true) {
            List<JournalEvent> found =
                    journal().stream().filter(e -> e.event() == type).toList();
            if (found.size() >= count) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Names of what lies in the output folder, apart from the runs. */
    List<String> products() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(p -> String.valueOf(p.getFileName()))
                    .filter(n -> !n.equals("_runs"))
                    .sorted()
                    .toList();
        }
    }
}
