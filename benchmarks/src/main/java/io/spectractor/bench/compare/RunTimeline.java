package io.spectractor.bench.compare;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.bench.cost.ImageSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The journal of a run as spans of workers. */
final class RunTimeline {
    /** By how much the news of an image's end may be late, s: the shortest that leaves no more workers than there were. */
    private static final double[] LATE_NEWS_SECONDS = {0.02, 0.1, 0.3, 1, 3, 10};

    private final Instant origin;
    private final Map<String, Open> open = new HashMap<>();
    private final List<Piece> pieces = new ArrayList<>();
    private double firstEvent = Double.NaN;

    /** An image that a worker has begun. */
    private record Open(String worker, double since) {}

    /**
     * An image in the hands of a worker.
     *
     * @param result what came of it; null if the worker was lost
     */
    record Piece(
            String worker,
            String image,
            double start,
            double end,
            @Nullable ImageResult result) {}

    /**
     * Spans put into lanes.
     *
     * @param lanes names of the workers
     * @param spans in the order of their ends
     */
    record Lanes(List<String> lanes, List<ImageSpan> spans) {}

    private RunTimeline(Instant origin) {
        this.origin = origin;
    }

    /**
     * Reads a journal.
     *
     * @param origin when the command was started
     */
    static RunTimeline of(List<JournalEvent> events, Instant origin) {
        RunTimeline timeline = new RunTimeline(origin);
        events.forEach(timeline::take);
        return timeline;
    }

    private void take(JournalEvent event) {
        double at = Duration.between(origin, Instant.parse(event.time())).toNanos() / 1e9;
        if (Double.isNaN(firstEvent)) {
            firstEvent = at;
        }
        String image = String.valueOf(event.image());
        switch (event.event()) {
            case IMAGE_STARTED -> {
                lose(image, at);
                open.put(image, new Open(String.valueOf(event.worker()), at));
            }
            case IMAGE_RETRIED -> lose(image, at);
            case IMAGE_FINISHED -> finish(image, at, event.result());
            case RUN_ENDED -> List.copyOf(open.keySet()).forEach(name -> lose(name, at));
            default -> {}
        }
    }

    private void lose(String image, double at) {
        Open begun = open.remove(image);
        if (begun != null) {
            pieces.add(new Piece(begun.worker(), image, begun.since(), at, null));
        }
    }

    /** The worker's own clock says how long it took; the journal, when the news of its end arrived. */
    private void finish(String image, double at, @Nullable ImageResult result) {
        Open begun = open.remove(image);
        if (result == null || result.attempts() == 0) {
            return;
        }
        double start = at - result.wallSeconds();
        String worker = begun == null ? "unknown" : begun.worker();
        pieces.add(new Piece(worker, image, start, at, result));
    }

    /** When the journal begins, s after the origin. */
    double firstEvent() {
        return firstEvent;
    }

    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    /**
     * One lane per worker. A name under which several images are in progress at a time stands for several workers, and gets
     * so many lanes; but what overlaps only because the news of an end came late is not a second worker.
     *
     * @param workers that there were at most
     */
    Lanes lanes(int workers) {
        Lanes lanes = lanes(LATE_NEWS_SECONDS[0]);
        for (int i = 1; i < LATE_NEWS_SECONDS.length && lanes.lanes().size() > workers; i++) {
            lanes = lanes(LATE_NEWS_SECONDS[i]);
        }
        return lanes;
    }

    private Lanes lanes(double tolerance) {
        Map<String, List<Piece>> byWorker = new LinkedHashMap<>();
        pieces.stream()
                .sorted(Comparator.comparingDouble(Piece::start))
                .forEach(p -> byWorker.computeIfAbsent(p.worker(), w -> new ArrayList<>())
                        .add(p));
        List<String> names = new ArrayList<>();
        List<ImageSpan> spans = new ArrayList<>();
        byWorker.forEach((worker, own) -> {
            int first = names.size();
            List<Double> ends = new ArrayList<>();
            for (Piece piece : own) {
                int lane = freeLane(ends, piece.start(), tolerance);
                if (lane == ends.size()) {
                    ends.add(piece.start());
                    names.add(lane == 0 ? worker : worker + " (" + (lane + 1) + ")");
                }
                double start = Math.max(piece.start(), ends.get(lane));
                double end = Math.max(piece.end(), start);
                ends.set(lane, end);
                boolean good = piece.result() != null && piece.result().status().isDone();
                spans.add(new ImageSpan(first + lane, piece.image(), start, end, good));
            }
        });
        spans.sort(Comparator.comparingDouble(ImageSpan::end));
        return new Lanes(names, spans);
    }

    private static int freeLane(List<Double> ends, double start, double tolerance) {
        int lane = 0;
        while (lane < ends.size() && ends.get(lane) > start + tolerance) {
            lane++;
        }
        return lane;
    }
}
