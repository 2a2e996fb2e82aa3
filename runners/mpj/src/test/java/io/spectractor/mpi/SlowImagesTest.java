package io.spectractor.mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.mpi.rank.Distribution;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night that goes through ten targets in turn, one of which takes fifteen times as long, and nothing tells beforehand
 * which. Images are sleeps, so that five ranks do not wait for the cores of a small machine. Prints what docs/mpi.md says
 * of the distributions.
 */
@Timeout(300)
@Tag("slow")
class SlowImagesTest {
    private static final int IMAGES = 50;
    private static final int RANKS = 5;
    private static final int USUAL_MS = 100;
    private static final int SLOW_MS = 1500;
    private static final int TARGETS = 10;
    /** How much better it has to be, whatever else the machine does. */
    private static final double CLEARLY = 0.7;

    @TempDir
    Path folder = Path.of("");

    /** What a run cost. */
    private record Cost(double busiestS, double idlestS, double wallS) {
        /** Share of the ranks' time that was waiting for the busiest one, by the work each was given. */
        double idle(double totalS) {
            return 1 - totalS / (RANKS * busiestS);
        }
    }

    @Test
    void dynamicWaitsLess() throws Exception {
        List<Integer> ms = durations();
        double total = ms.stream().mapToInt(i -> i).sum() / 1e3;
        Cost fixed = run(Distribution.STATIC, ms);
        Cost dynamic = run(Distribution.DYNAMIC, ms);
        print("static", fixed, total);
        print("dynamic", dynamic, total);
        assertThat(dynamic.busiestS()).isLessThan(CLEARLY * fixed.busiestS());
    }

    private static void print(String name, Cost cost, double total) {
        System.out.printf(
                Locale.ROOT,
                "%-8s busiest rank %.2f s of images, idlest %.2f s; %.0f%% of the ranks' time spent waiting; wall %.2f s%n",
                name,
                cost.busiestS(),
                cost.idlestS(),
                100 * cost.idle(total),
                cost.wallS());
    }

    private static List<Integer> durations() {
        return IntStream.range(0, IMAGES)
                .mapToObj(i -> i % TARGETS == 0 ? SLOW_MS : USUAL_MS)
                .toList();
    }

    private Cost run(Distribution distribution, List<Integer> ms) throws Exception {
        ScriptedNight night = new ScriptedNight(folder.resolve(distribution.label()));
        night.distribution = distribution;
        night.ranks = RANKS;
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < IMAGES; i++) {
            String name = "im%02d.fits".formatted(i);
            // as long as the others: size tells nothing
            night.image(name, "sleep %04d".formatted(ms.get(i)));
            byName.put(name, ms.get(i));
        }
        BatchRun.Ended ended = night.run();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.ALL_DONE);
        List<JournalEvent> started = night.awaitEvents(JournalEvent.Type.IMAGE_STARTED, IMAGES);
        Map<String, Integer> perRank = started.stream()
                .collect(Collectors.toMap(
                        e -> String.valueOf(e.worker()),
                        e -> byName.getOrDefault(String.valueOf(e.image()), 0),
                        Integer::sum));
        List<JournalEvent> finished = night.awaitEvents(JournalEvent.Type.IMAGE_FINISHED, IMAGES);
        Instant first = Instant.parse(started.get(0).time());
        Instant last = Instant.parse(finished.get(finished.size() - 1).time());
        int busiest = perRank.values().stream().mapToInt(i -> i).max().orElseThrow();
        int idlest = perRank.size() < RANKS
                ? 0
                : perRank.values().stream().mapToInt(i -> i).min().orElseThrow();
        return new Cost(
                busiest / 1e3, idlest / 1e3, Duration.between(first, last).toMillis() / 1e3);
    }
}
