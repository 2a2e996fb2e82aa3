package io.spectractor.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.Json;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.config.ConfigPrinter;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal written by hand, taken apart. */
class RunReaderTest {
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Offset<Double> CLOSE = within(1e-6);

    @TempDir
    Path folder;

    private final List<JournalEvent> journal = new ArrayList<>();
    private final List<PlannedImage> plan = new ArrayList<>();

    @BeforeEach
    void begin() {
        journal.clear();
        event(3, JournalEvent.Type.RUN_STARTED, null, null, null);
    }

    private void event(
            double at,
            JournalEvent.Type type,
            @Nullable String image,
            @Nullable String worker,
            @Nullable ImageResult result) {
        String time = ORIGIN.plusNanos(Math.round(at * 1e9)).toString();
        journal.add(new JournalEvent(time, type, image, 1, worker, null, result, null, null));
    }

    private void image(String name, String worker, double start, double end, double read, double write)
            throws IOException {
        event(start, JournalEvent.Type.IMAGE_STARTED, name, worker, null);
        finish(name, start, end, read, write);
    }

    private void finish(String name, double start, double end, double read, double write) throws IOException {
        Path input = folder.resolve(name);
        Files.writeString(input, "12345");
        Path product = folder.resolve(name + "_spectrum.fits");
        Files.writeString(product, "123");
        plan.add(new PlannedImage.Extract(new WorkItem(plan.size(), input.toString(), name, ExposureRequest.of(name))));
        ImageResult result = new ImageResult(
                name,
                input.toString(),
                ImageStatus.DONE,
                null,
                null,
                new TreeSet<>(),
                1,
                false,
                end - start,
                new StageTimings(Map.of(Stage.READ, read, Stage.WRITE, write)),
                name + "_spectrum.fits",
                "p",
                "s",
                "i",
                "k",
                null);
        event(end, JournalEvent.Type.IMAGE_FINISHED, name, null, result);
    }

    private MeasuredRun read(double wall, int workers) throws IOException {
        event(wall - 1, JournalEvent.Type.RUN_ENDED, null, null, null);
        RunFolder run = RunFolder.of(folder, "r");
        Files.createDirectories(run.path());
        StringBuilder lines = new StringBuilder();
        journal.stream()
                .sorted(java.util.Comparator.comparing(e -> Instant.parse(e.time())))
                .forEach(e -> lines.append(Json.line(e)).append('\n'));
        Files.writeString(run.path().resolve("journal.jsonl"), lines);
        Files.writeString(run.path().resolve("plan.json"), Json.pretty(new RunPlan(plan, List.of())));
        Files.writeString(run.path().resolve(StartupTimes.FILE), Json.pretty(new StartupTimes("", 0.5, 1)));
        Files.writeString(
                run.path().resolve("config.yaml"),
                ConfigPrinter.yaml(ConfigLoader.load(null, List.of()).config()));
        Files.writeString(
                run.path().resolve("run.json"),
                Json.pretty(new RunInfo(
                        "r", "", "local", workers, CodeVersion.current(), "", "", "", List.of(), "h", "m", null)));
        Execution execution =
                new Execution(List.of("spectractor"), ORIGIN, ORIGIN.plusNanos(Math.round(wall * 1e9)), 7, 0);
        MeasuredRun measured = RunReader.read(run, execution, workers, new RunLabel("local", "embedded", false, 1, ""));
        int lanes = Math.max(workers, measured.lanes().size());
        assertThat(measured.breakdown().total()).as("nothing is left over").isCloseTo(lanes * wall, CLOSE);
        return measured;
    }

    @Test
    void everySecondOfTwoWorkersHasItsPhase() throws IOException {
        image("a", "w1", 4, 6, 0.5, 0.25);
        image("b", "w2", 5, 11, 0.5, 0.5);
        image("c", "w1", 6.5, 9, 0.25, 0.25);

        MeasuredRun run = read(14, 2);

        assertThat(run.breakdown().of(Phase.START)).isCloseTo((4 - 1.5) + (5 - 1.5), CLOSE);
        assertThat(run.breakdown().of(Phase.PLAN)).isCloseTo(2, CLOSE);
        assertThat(run.breakdown().of(Phase.CALIBRATION)).isCloseTo(1, CLOSE);
        assertThat(run.breakdown().of(Phase.READ)).isCloseTo(1.25, CLOSE);
        assertThat(run.breakdown().of(Phase.WRITE)).isCloseTo(1.0, CLOSE);
        assertThat(run.breakdown().of(Phase.COMPUTE)).isCloseTo(10.5 - 2.25, CLOSE);
        assertThat(run.breakdown().of(Phase.WAIT)).isCloseTo(0.5, CLOSE);
        assertThat(run.breakdown().of(Phase.TAIL)).isCloseTo(2, CLOSE);
        assertThat(run.breakdown().of(Phase.SHUTDOWN)).isCloseTo(6, CLOSE);
        assertThat(run.overheads().start()).isCloseTo(1.5, CLOSE);
        assertThat(run.overheads().workerStart()).isCloseTo(1.5, CLOSE);
        assertThat(run.overheads().shutdown()).isCloseTo(3, CLOSE);
        assertThat(run.images()).hasSize(3).allSatisfy(i -> {
            assertThat(i.readBytes()).isEqualTo(5);
            assertThat(i.writeBytes()).isEqualTo(3);
        });
        assertThat(run.coreHours()).isCloseTo(2 * 14 / 3600.0, CLOSE);
    }

    @Test
    void aWorkerThatIsLostHasItsWorkLost() throws IOException {
        event(4, JournalEvent.Type.IMAGE_STARTED, "a", "w1", null);
        event(7, JournalEvent.Type.IMAGE_RETRIED, "a", null, null);
        image("a", "w2", 7.5, 9, 0, 0);

        MeasuredRun run = read(10, 2);

        assertThat(run.breakdown().of(Phase.LOST)).isCloseTo(3, CLOSE);
        assertThat(run.spans().stream().map(ImageSpan::good)).containsExactly(false, true);
        assertThat(run.images()).hasSize(1);
    }

    @Test
    void oneNameForTwoWorkersGivesTwoLanes() throws IOException {
        image("a", "executor", 4, 8, 0, 0);
        image("b", "executor", 5, 9, 0, 0);
        image("c", "executor", 8, 9, 0, 0);

        MeasuredRun run = read(10, 2);

        assertThat(run.lanes()).containsExactly("executor", "executor (2)");
        assertThat(run.spans().stream().filter(s -> s.lane() == 0).map(ImageSpan::image))
                .containsExactly("a", "c");
    }

    @Test
    void newsThatComeLateMakeNoSecondWorker() throws IOException {
        image("a", "rank-0", 4, 8, 0, 0);
        // begun when a was done, but the journal heard of the end of a half a second later than of the end of b
        image("b", "rank-0", 7.5, 9, 0, 0);

        MeasuredRun run = read(10, 1);

        assertThat(run.lanes()).containsExactly("rank-0");
        assertThat(run.spans().get(1).start()).isEqualTo(8);
    }

    @Test
    void aWorkerThatNeverGotAnImageIsPaidForToo() throws IOException {
        image("a", "w1", 4, 8, 0, 0);

        MeasuredRun run = read(10, 3);

        assertThat(run.breakdown().of(Phase.TAIL)).isCloseTo(2 * 4, CLOSE);
    }
}
