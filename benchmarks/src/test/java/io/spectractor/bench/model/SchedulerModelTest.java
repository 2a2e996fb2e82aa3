package io.spectractor.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model where pencil and paper know the answer. */
class SchedulerModelTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final Policy STATIC = new Policy.StaticStride();
    private static final Policy DYNAMIC = new Policy.Dynamic(0, 0);

    private static List<ImageWork> images(int count, double seconds) {
        return IntStream.range(0, count)
                .mapToObj(i -> ImageWork.computing("i" + i, seconds))
                .toList();
    }

    private static List<ImageWork> withSlowOne(List<ImageWork> images, int index, double seconds) {
        List<ImageWork> all = new ArrayList<>(images);
        all.set(index, ImageWork.computing("slow", seconds));
        return all;
    }

    private static List<ImageWork> reading(int count, double bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ImageWork("i" + i, bytes, 0, 0, 0, 0, 0))
                .toList();
    }

    private static Policy.Spark spark(int filesPerTask, boolean speculation) {
        return new Policy.Spark(filesPerTask, 0, 0, speculation, 0.75, 1.5);
    }

    @ParameterizedTest
    @CsvSource({"10, 4, 30", "12, 4, 30", "1, 4, 10", "3363, 1280, 30", "7, 1, 70"})
    void equalImagesTakeAsManyRoundsAsTheyMust(int count, int workers, double wall) {
        for (Policy policy : List.of(STATIC, DYNAMIC, spark(1, false))) {
            Schedule schedule = SchedulerModel.run(Scenario.ideal(workers), policy, images(count, 10), 1);
            assertThat(schedule.wallSeconds()).as(policy.label()).isCloseTo(wall, EXACT);
        }
    }

    @Test
    void withAStrideTheRankOfTheSlowImageDecides() {
        List<ImageWork> images = withSlowOne(images(12, 10), 5, 100);
        Schedule schedule = SchedulerModel.run(Scenario.ideal(4), STATIC, images, 1);
        assertThat(schedule.wallSeconds()).isCloseTo(100 + 2 * 10, EXACT);
        assertThat(schedule.spans().stream()
                        .filter(s -> s.lane() == 1)
                        .map(ImageSpan::image)
                        .toList())
                .containsExactly("i1", "slow", "i9");
        assertThat(schedule.breakdown().of(Phase.TAIL)).isCloseTo(3 * 90, EXACT);
    }

    @Test
    void handedOutOneByOneTheOthersTakeOverTheRest() {
        List<ImageWork> images = withSlowOne(images(12, 10), 0, 80);
        Schedule schedule = SchedulerModel.run(Scenario.ideal(4), DYNAMIC, images, 1);
        // 11 images of 10 s on three workers: 40 s; the slow one decides
        assertThat(schedule.wallSeconds()).isCloseTo(80, EXACT);
        List<ImageWork> last = withSlowOne(images(12, 10), 11, 80);
        // handed out last it begins after two rounds
        assertThat(SchedulerModel.run(Scenario.ideal(4), DYNAMIC, last, 1).wallSeconds())
                .isCloseTo(20 + 80, EXACT);
    }

    @Test
    void tasksOfSeveralFilesAreDoneInOneGo() {
        // 12 files in tasks of 3 on 4 workers: one round of three; on 3 workers two rounds
        assertThat(SchedulerModel.run(Scenario.ideal(4), spark(3, false), images(12, 10), 1)
                        .wallSeconds())
                .isCloseTo(30, EXACT);
        assertThat(SchedulerModel.run(Scenario.ideal(3), spark(3, false), images(12, 10), 1)
                        .wallSeconds())
                .isCloseTo(60, EXACT);
    }

    @Test
    void aFullFileSystemGivesBytesOverBandwidth() {
        Scenario scenario = Scenario.ideal(8).with(new Scenario.FileSystem(100, Double.POSITIVE_INFINITY));
        for (Policy policy : List.of(STATIC, DYNAMIC)) {
            Schedule schedule = SchedulerModel.run(scenario, policy, reading(24, 50), 1);
            assertThat(schedule.wallSeconds()).isCloseTo(24 * 50 / 100.0, EXACT);
            assertThat(schedule.breakdown().of(Phase.READ)).isCloseTo(8 * 12.0, within(1e-6));
        }
    }

    @Test
    void oneStreamIsNoFasterThanAStream() {
        Scenario scenario = Scenario.ideal(4).with(new Scenario.FileSystem(100, 10));
        assertThat(SchedulerModel.run(scenario, DYNAMIC, reading(4, 50), 1).wallSeconds())
                .isCloseTo(5, EXACT);
    }

    @Test
    void transfersOfDifferentSizesShareFairly() {
        // 30 and 60 bytes at 10 bytes/s together: both at 5 until t = 6, then the second alone: 30 bytes in 3 s
        Scenario scenario = Scenario.ideal(2).with(new Scenario.FileSystem(10, 10));
        List<ImageWork> images = List.of(new ImageWork("a", 30, 0, 0, 0, 0, 0), new ImageWork("b", 60, 0, 0, 0, 0, 0));
        List<Double> ends = SchedulerModel.run(scenario, DYNAMIC, images, 1).spans().stream()
                .map(ImageSpan::end)
                .toList();
        assertThat(ends.get(0)).isCloseTo(6, EXACT);
        assertThat(ends.get(1)).isCloseTo(9, EXACT);
    }

    @Test
    void anOutsideServiceLimitsEverybody() {
        List<ImageWork> images = IntStream.range(0, 100)
                .mapToObj(i -> new ImageWork("i" + i, 0, 0, 1, 1, 0, 0))
                .toList();
        Scenario scenario = Scenario.ideal(50).with(new Scenario.Service(0.5, 0));
        // the last of 100 answers comes after 50 s, its image takes one second more
        assertThat(SchedulerModel.run(scenario, DYNAMIC, images, 1).wallSeconds())
                .isCloseTo(51, EXACT);
        // with few workers the service is not the limit: each does 50 images of 0.5 + 1 s, the first wait adds 0.5 s
        assertThat(SchedulerModel.run(scenario.withWorkers(2), DYNAMIC, images, 1)
                        .wallSeconds())
                .isCloseTo(50 * 1.5 + 0.5, EXACT);
    }

    @Test
    void startPlanAndShutdownAddUp() {
        Scenario scenario = Scenario.ideal(3).with(new Scenario.Overhead(5, 0.5, 2, 1));
        Schedule schedule = SchedulerModel.run(scenario, STATIC, images(3, 10), 1);
        // loading the program of three workers takes all of them three times as long
        assertThat(schedule.wallSeconds()).isCloseTo(5 + 2 + 3 * 0.5 + 10 + 1, EXACT);
        assertThat(schedule.breakdown().of(Phase.PLAN)).isCloseTo(6, EXACT);
        assertThat(schedule.breakdown().of(Phase.SHUTDOWN)).isCloseTo(3, EXACT);
    }

    @Test
    void theFirstImagesOfAWorkerTakeLonger() {
        Scenario scenario = Scenario.ideal(2).withWarmUp(List.of(5.0, 2.0));
        for (Policy policy : List.of(STATIC, DYNAMIC)) {
            assertThat(SchedulerModel.run(scenario, policy, images(6, 10), 1).wallSeconds())
                    .isCloseTo(3 * 10 + 5 + 2, EXACT);
        }
    }

    @Test
    void aSlowCoordinatorHandsOutOneAfterTheOther() {
        Schedule schedule = SchedulerModel.run(Scenario.ideal(100), new Policy.Dynamic(0.1, 0), images(100, 1), 1);
        assertThat(schedule.wallSeconds()).isCloseTo(100 * 0.1 + 1, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED, 2", "LOCAL, 6", "BROADCAST, 4", "REMOTE, 6"})
    void calibrationComesByEachWay(Delivery.Way way, double ready) {
        // 4 nodes of 2 workers; 100 bytes, 2 s to open. Local: 8 x 100 bytes at 200/s. Broadcast: 2 hops of 1 s.
        // Remote: 4 x 100 bytes at 100/s.
        Scenario scenario = Scenario.ideal(8)
                .withWorkersPerNode(2)
                .with(new Scenario.FileSystem(200, Double.POSITIVE_INFINITY))
                .with(new Delivery(way, 100, 2, 100));
        Schedule schedule = SchedulerModel.run(scenario, STATIC, images(8, 10), 1);
        assertThat(schedule.wallSeconds()).isCloseTo(ready + 10, EXACT);
        assertThat(schedule.breakdown().of(Phase.CALIBRATION)).isCloseTo(8 * ready, within(1e-6));
    }

    @Test
    void aCopyOnAFastWorkerOvertakesASlowOne() {
        // seed chosen so that exactly one of four workers is slow by 10
        Scenario scenario = Scenario.ideal(4).with(new Scenario.Unevenness(0.25, 10, 0));
        long seed = IntStream.range(0, 100)
                .filter(s -> slowWorkers(scenario, s) == 1)
                .findFirst()
                .orElseThrow();
        Schedule without = SchedulerModel.run(scenario, spark(1, false), images(16, 10), seed);
        Schedule with = SchedulerModel.run(scenario, spark(1, true), images(16, 10), seed);
        assertThat(without.wallSeconds()).isCloseTo(100, EXACT);
        // 15 images on three workers take 50 s; a copy then starts at once, as 50 > 1.5 x 10, and takes 10 s
        assertThat(with.wallSeconds()).isCloseTo(60, EXACT);
        assertThat(with.copies()).isEqualTo(1);
        assertThat(with.breakdown().of(Phase.LOST)).isCloseTo(60, EXACT);
        assertThat(with.spans().stream().filter(ImageSpan::good).map(ImageSpan::image))
                .doesNotHaveDuplicates()
                .hasSize(16);
    }

    private static long slowWorkers(Scenario scenario, long seed) {
        return SchedulerModel.run(scenario, STATIC, images(4, 10), seed).spans().stream()
                .filter(s -> s.seconds() > 10)
                .count();
    }

    @Test
    void aCopyDoesNotHelpAnImageThatIsSlowItself() {
        List<ImageWork> images = withSlowOne(images(8, 10), 0, 100);
        Schedule schedule = SchedulerModel.run(Scenario.ideal(4), spark(1, true), images, 1);
        assertThat(schedule.wallSeconds()).isCloseTo(100, EXACT);
        assertThat(schedule.copies()).isEqualTo(1);
        assertThat(schedule.breakdown().of(Phase.LOST)).isPositive();
    }

    static List<Policy> policies() {
        return List.of(
                STATIC,
                new Policy.Dynamic(0.01, 0.02),
                new Policy.Spark(1, 0.01, 0.02, true, 0.75, 1.5),
                new Policy.Spark(3, 0.01, 0.02, false, 0.75, 1.5));
    }

    private static final Scenario MIXED = Scenario.ideal(7)
            .withWorkersPerNode(3)
            .with(new Scenario.FileSystem(2e7, 1e7))
            .with(new Scenario.Service(0.05, 0.1))
            .with(new Scenario.Overhead(3, 0.2, 1, 2))
            .with(new Delivery(Delivery.Way.REMOTE, 1e6, 0.5, 1e6))
            .with(new Scenario.Unevenness(0.2, 3, 0.3))
            .withWarmUp(List.of(2.0, 0.5));

    private static List<ImageWork> mixed(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ImageWork("i" + i, 4e6, 0.2, i % 3, 1 + i % 5, 0.1, 1e6))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyWorkerSecondIsAccountedFor(Policy policy) {
        for (int count : new int[] {1, 5, 60}) {
            Schedule schedule = SchedulerModel.run(MIXED, policy, mixed(count), 7);
            assertThat(schedule.breakdown().total())
                    .as("%s, %d images", policy.label(), count)
                    .isCloseTo(7 * schedule.wallSeconds(), within(1e-6));
            assertThat(schedule.spans().stream().filter(ImageSpan::good)).hasSize(count);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theSameSeedGivesTheSameScheduleAndNobodyDoesTwoImagesAtOnce(Policy policy) {
        Schedule one = SchedulerModel.run(MIXED, policy, mixed(60), 7);
        assertThat(SchedulerModel.run(MIXED, policy, mixed(60), 7)).isEqualTo(one);
        assertThat(SchedulerModel.run(MIXED, policy, mixed(60), 8)).isNotEqualTo(one);
        one.spans().stream()
                .collect(Collectors.groupingBy(ImageSpan::lane))
                .values()
                .forEach(lane -> {
                    for (int i = 1; i < lane.size(); i++) {
                        assertThat(lane.get(i).start())
                                .isGreaterThanOrEqualTo(lane.get(i - 1).end() - 1e-9);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void noScheduleBeatsTheBounds(int workers) {
        List<ImageWork> images = IntStream.range(0, 50)
                .mapToObj(i -> ImageWork.computing("i" + i, 1 + (i * 7) % 13))
                .toList();
        double work = images.stream().mapToDouble(ImageWork::coreSeconds).sum();
        double longest =
                images.stream().mapToDouble(ImageWork::coreSeconds).max().orElseThrow();
        double bound = Math.max(work / workers, longest);
        double dynamic =
                SchedulerModel.run(Scenario.ideal(workers), DYNAMIC, images, 1).wallSeconds();
        assertThat(dynamic).isBetween(bound - 1e-9, work / workers + longest);
        assertThat(SchedulerModel.run(Scenario.ideal(workers), STATIC, images, 1)
                        .wallSeconds())
                .isGreaterThanOrEqualTo(bound - 1e-9);
    }
}
