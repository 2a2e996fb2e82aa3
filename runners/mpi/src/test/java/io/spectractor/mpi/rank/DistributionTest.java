package io.spectractor.mpi.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.plan.WorkItem;
import io.spectractor.core.observation.ExposureRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    private static RankTask task(int index, int attempt, long bytes) {
        String name = "im" + index;
        return new RankTask(new WorkItem(index, name, name, ExposureRequest.of(name)), attempt, bytes);
    }

    private static List<Integer> handedOut(List<RankTask> tasks) {
        TaskQueue queue = new TaskQueue(tasks);
        List<Integer> order = new ArrayList<>();
        for (RankTask task = queue.next(); task != null; task = queue.next()) {
            order.add(task.item().index());
        }
        return order;
    }

    @Test
    void largestFirstThenAsPlanned() {
        assertThat(handedOut(List.of(task(0, 1, 5), task(1, 1, 9), task(2, 1, 5), task(3, 1, 7))))
                .containsExactly(1, 3, 0, 2);
    }

    @Test
    void whatKilledARankComesLast() {
        assertThat(handedOut(List.of(task(0, 2, 99), task(1, 1, 1), task(2, 2, 100), task(3, 1, 0))))
                .containsExactly(1, 3, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachTaskIsHandedOutOnceAndTheRestShrinks(long seed) {
        Random random = new Random(seed);
        List<RankTask> tasks = IntStream.range(0, 50 + random.nextInt(50))
                .mapToObj(i -> task(i, 1, random.nextInt(10)))
                .toList();
        List<Integer> order = handedOut(tasks);
        assertThat(order).hasSameSizeAs(tasks).doesNotHaveDuplicates();
        assertThat(order.stream().map(i -> tasks.get(i).bytes()).toList())
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @ParameterizedTest
    @CsvSource({"24,1", "24,4", "7,3", "2,5", "0,3", "100,7"})
    void sharesAreTheWholeAndEven(int images, int ranks) {
        List<RankTask> tasks =
                IntStream.range(0, images).mapToObj(i -> task(i, 1, i)).toList();
        List<Integer> all = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            List<RankTask> share = StaticShare.of(tasks, rank, ranks);
            assertThat(share.size()).isBetween(images / ranks, (images + ranks - 1) / ranks);
            int first = rank;
            share.forEach(t -> assertThat(t.item().index() % ranks).isEqualTo(first));
            share.forEach(t -> all.add(t.item().index()));
        }
        assertThat(all).hasSize(images).doesNotHaveDuplicates();
    }

    /** A tenth of the images takes ten times as long; ranks work in a time of their own, so that this is exact. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void dynamicIsDoneNoLaterThanStaticAndWithinOneImageOfTheIdeal(long seed) {
        int ranks = 4;
        Random random = new Random(seed);
        long[] seconds = IntStream.range(0, 200)
                .mapToLong(i -> random.nextInt(10) == 0 ? 10 : 1)
                .toArray();
        List<RankTask> tasks = IntStream.range(0, seconds.length)
                .mapToObj(i -> task(i, 1, 100))
                .toList();
        long fixed = 0;
        for (int rank = 0; rank < ranks; rank++) {
            fixed = Math.max(
                    fixed,
                    StaticShare.of(tasks, rank, ranks).stream()
                            .mapToLong(t -> seconds[t.item().index()])
                            .sum());
        }
        long[] busyUntil = new long[ranks];
        handedOut(tasks).forEach(i -> {
            Arrays.sort(busyUntil);
            busyUntil[0] += seconds[i];
        });
        long dynamic = Arrays.stream(busyUntil).max().orElseThrow();
        long ideal = Arrays.stream(seconds).sum() / ranks;
        assertThat(dynamic).isLessThanOrEqualTo(fixed).isLessThanOrEqualTo(ideal + 10);
    }

    @Test
    void rankZeroOfManyOnlyCoordinates() {
        assertThat(Distribution.DYNAMIC.workingRanks(4)).isEqualTo(4);
        assertThat(Distribution.DYNAMIC.workingRanks(1280)).isEqualTo(1279);
        assertThat(Distribution.STATIC.workingRanks(1280)).isEqualTo(1280);
    }
}
