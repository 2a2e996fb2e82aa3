package io.spectractor.bench.compare;

import io.spectractor.batch.Json;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.StartupTimes;
import io.spectractor.batch.run.WorkerStart;
import io.spectractor.bench.compare.RunTimeline.Lanes;
import io.spectractor.bench.compare.RunTimeline.Piece;
import io.spectractor.bench.cost.Breakdown;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import io.spectractor.bench.model.ImageWork;
import io.spectractor.core.outcome.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes a run apart, from its folder and from when its command began and ended. */
final class RunReader {
    private final RunFolder folder;
    private final Execution execution;
    private final int workers;
    private final RunTimeline timeline;
    private final Lanes lanes;
    private final StartupTimes times;
    private final double workerCalibration;

    private RunReader(RunFolder folder, Execution execution, int workers) throws IOException {
        this.folder = folder;
        this.execution = execution;
        this.workers = workers;
        this.timeline = RunTimeline.of(folder.journal(), execution.began());
        this.lanes = timeline.lanes(workers);
        this.times = Json.read(
                folder.file(StartupTimes.FILE)
                        .orElseThrow(() -> new IOException(folder.path() + " lacks " + StartupTimes.FILE)),
                StartupTimes.class);
        this.workerCalibration = WorkerStart.read(folder).stream()
                .mapToDouble(WorkerStart::calibrationSeconds)
                .average()
                .orElse(0);
    }

    /**
     * Reads a run.
     *
     * @param workers that it was allowed
     * @throws IOException if its folder lacks something
     */
    static MeasuredRun read(RunFolder folder, Execution execution, int workers, RunLabel label) throws IOException {
        return new RunReader(folder, execution, workers).run(label);
    }

    private MeasuredRun run(RunLabel label) throws IOException {
        double wall = Duration.between(execution.began(), execution.ended()).toNanos() / 1e9;
        Overheads overheads = overheads(wall);
        return new MeasuredRun(
                label.variant(),
                label.delivery(),
                label.cold(),
                label.round(),
                label.fault(),
                workers,
                wall,
                execution.cpuSeconds(),
                execution.exitCode(),
                folder.summary().counts().failed(),
                overheads,
                breakdown(wall, overheads),
                lanes.lanes(),
                lanes.spans(),
                images(),
                execution.command());
    }

    private double lastEnd() {
        return lanes.spans().stream().mapToDouble(ImageSpan::end).max().orElse(timeline.firstEvent());
    }

    private List<List<ImageSpan>> byLane() {
        List<List<ImageSpan>> byLane = new ArrayList<>();
        lanes.lanes().forEach(name -> byLane.add(new ArrayList<>()));
        lanes.spans().forEach(s -> byLane.get(s.lane()).add(s));
        return byLane;
    }

    private Overheads overheads(double wall) {
        double toFirst = byLane().stream()
                .mapToDouble(lane -> lane.get(0).start() - timeline.firstEvent())
                .average()
                .orElse(0);
        double delivered = Math.min(workerCalibration, Math.max(0, toFirst));
        return new Overheads(
                Math.max(0, timeline.firstEvent() - times.calibrationSeconds() - times.planSeconds()),
                times.calibrationSeconds(),
                times.planSeconds(),
                Math.max(0, toFirst - delivered),
                delivered,
                wall - lastEnd());
    }

    private Breakdown breakdown(double wall, Overheads overheads) {
        Breakdown.Sum sum = new Breakdown.Sum();
        List<List<ImageSpan>> byLane = byLane();
        double earliest =
                byLane.stream().mapToDouble(l -> l.get(0).start()).min().orElse(timeline.firstEvent());
        int all = Math.max(workers, byLane.size());
        for (int i = 0; i < all; i++) {
            List<ImageSpan> lane = i < byLane.size() ? byLane.get(i) : List.of();
            double ready = lane.isEmpty() ? earliest : lane.get(0).start();
            double delivered = Math.min(overheads.workerCalibration(), ready - timeline.firstEvent());
            double known = overheads.calibration() + overheads.plan() + delivered;
            sum.add(Phase.PLAN, overheads.plan());
            sum.add(Phase.CALIBRATION, overheads.calibration() + delivered);
            sum.add(Phase.START, ready - known);
            idle(sum, lane, ready);
            sum.add(Phase.SHUTDOWN, wall - lastEnd());
        }
        timeline.pieces().forEach(p -> work(sum, p));
        return sum.breakdown();
    }

    private void idle(Breakdown.Sum sum, List<ImageSpan> lane, double ready) {
        double since = ready;
        for (ImageSpan span : lane) {
            sum.add(Phase.WAIT, span.start() - since);
            since = span.end();
        }
        sum.add(Phase.TAIL, lastEnd() - since);
    }

    /** The span of a piece, cut where it overlapped with the one before in its lane. */
    private void work(Breakdown.Sum sum, Piece piece) {
        ImageSpan span = lanes.spans().stream()
                .filter(s -> s.image().equals(piece.image()) && s.end() >= piece.end())
                .min(Comparator.comparingDouble(ImageSpan::end))
                .orElseThrow();
        ImageResult result = piece.result();
        if (result == null) {
            sum.add(Phase.LOST, span.seconds());
            return;
        }
        double read = Math.min(span.seconds(), seconds(result, Stage.READ));
        double write = Math.min(span.seconds() - read, seconds(result, Stage.WRITE));
        sum.add(Phase.READ, read);
        sum.add(Phase.WRITE, write);
        sum.add(Phase.COMPUTE, span.seconds() - read - write);
    }

    private static double seconds(ImageResult result, Stage stage) {
        return result.timings().seconds().getOrDefault(stage, 0.0);
    }

    private List<ImageWork> images() throws IOException {
        Map<String, Double> sizes = new HashMap<>();
        for (WorkItem item : folder.plan().items()) {
            sizes.put(item.name(), (double) Files.size(Path.of(item.input())));
        }
        List<ImageWork> images = new ArrayList<>();
        for (Piece piece : timeline.pieces()) {
            ImageResult result = piece.result();
            if (result != null && result.status().isDone() && !result.reused()) {
                double read = seconds(result, Stage.READ);
                double write = seconds(result, Stage.WRITE);
                String product = String.valueOf(result.product());
                images.add(new ImageWork(
                        result.name(),
                        sizes.getOrDefault(result.name(), 0.0),
                        read,
                        0,
                        Math.max(0, result.wallSeconds() - read - write),
                        write,
                        Files.size(folder.outputFolder().resolve(product))));
            }
        }
        images.sort(Comparator.comparing(ImageWork::name));
        return images;
    }
}
