package io.spectractor.bench.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.MachineInfo;
import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.compare.Overheads;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import io.spectractor.bench.model.Delivery;
import io.spectractor.bench.model.ImageWork;
import io.spectractor.bench.model.Policy;
import io.spectractor.bench.model.Scenario;
import io.spectractor.bench.model.Schedule;
import io.spectractor.bench.model.SchedulerModel;
import io.spectractor.bench.report.ComparisonPage;
import io.spectractor.bench.report.ComparisonTable;
import io.spectractor.bench.report.PredictionPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions from runs that the model itself made up, of which therefore everything is known. */
@Tag("slow")
class PredictionTest {
    private static final List<Double> WARM_UP = List.of(2.0, 1.0, 0.5);

    /** A run as it would be measured, of images that take 1 to 1.9 s. */
    private static MeasuredRun made(String variant, int workers, int count, int round) {
        List<ImageWork> images = IntStream.range(0, count)
                .mapToObj(i ->
                        new ImageWork(String.format(Locale.ROOT, "i%03d", i), 0, 0.1, 0, 0.8 + 0.1 * (i % 10), 0.1, 0))
                .toList();
        Scenario scenario = Scenario.ideal(workers)
                .with(new Scenario.Overhead(1.5 + 0.01 * round, 0, 0.2, 0.4))
                .with(new Delivery(Delivery.Way.EMBEDDED, 0, 0.3, 1))
                .withWarmUp(WARM_UP);
        Policy policy = variant.equals("mpi-static")
                ? new Policy.StaticStride()
                : variant.equals("spark")
                        ? new Policy.Spark(1, 0, 0.02, false, 0.75, 1.5)
                        : new Policy.Dynamic(0, 0.01);
        Schedule schedule = SchedulerModel.run(scenario, policy, images, 1);
        // what is measured of an image holds the warm-up of its worker
        List<ImageWork> measured = schedule.spans().stream()
                .map(s -> new ImageWork(s.image(), 0, 0.1, 0, s.seconds() - 0.2, 0.1, 0))
                .sorted(Comparator.comparing(ImageWork::name))
                .toList();
        return new MeasuredRun(
                variant,
                "embedded",
                false,
                round,
                "",
                workers,
                schedule.wallSeconds(),
                1,
                0,
                0,
                new Overheads(1, 0.3, 0.2, 0.5 + 0.01 * round, 0, 0.4),
                schedule.breakdown(),
                IntStream.range(0, workers).mapToObj(w -> "w" + w).toList(),
                schedule.spans(),
                measured,
                List.of("run"));
    }

    private static ComparisonReport report(List<MeasuredRun> runs, Map<String, String> notMeasured) {
        return new ComparisonReport(
                "2026-01-01T00:00:00Z",
                new MachineInfo("h", "p", 2, 1000, "Linux", "17", "0.0"),
                "v",
                List.of("bench", "<schedulers>"),
                60,
                "psf1d",
                0.1,
                runs,
                List.of(),
                List.of(),
                notMeasured);
    }

    private static ComparisonReport report() {
        List<MeasuredRun> runs = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            for (String variant : List.of("local", "spark", "mpi-static", "mpi-dynamic")) {
                runs.add(made(variant, 2, 60, round));
            }
        }
        return report(runs, Map.of());
    }

    @Test
    void inputsComeBackFromRuns() {
        MeasuredInputs inputs = MeasuredInputs.of(List.of(made("mpi-static", 2, 60, 1), made("mpi-static", 2, 60, 2)));
        Scenario.Overhead overhead = inputs.scenario().overhead();
        assertThat(overhead.startSeconds()).isCloseTo(1.515, within(1e-9));
        assertThat(overhead.planSeconds()).isCloseTo(0.2, within(1e-9));
        assertThat(inputs.policy()).isInstanceOf(Policy.StaticStride.class);
        assertThat(inputs.images()).hasSize(60);
        assertThat(inputs.images().get(59).computeSeconds()).isCloseTo(1.7, within(1e-9));
        // the image itself is not the median one: each of the first three is known to the spread of the images
        for (int k = 0; k < WARM_UP.size(); k++) {
            assertThat(inputs.scenario().warmUpSeconds().get(k)).isCloseTo(WARM_UP.get(k), within(0.5));
        }
    }

    @Test
    void runsArePredictedFromTheOtherRounds() {
        Validation validation = Validation.of(report());
        assertThat(validation.rows()).hasSize(12);
        assertThat(validation.worst()).isLessThan(0.05).isPositive();
        assertThat(validation.worstReplay()).isLessThan(0.02);
    }

    /** The first run of a report with its images and its wall time stretched. */
    private static Validation.Row firstRun(double images, double wall) {
        List<MeasuredRun> runs = new ArrayList<>(report().runs());
        MeasuredRun run = runs.get(0);
        runs.set(
                0,
                new MeasuredRun(
                        run.variant(),
                        run.delivery(),
                        run.cold(),
                        run.round(),
                        run.fault(),
                        run.workers(),
                        wall * run.wallSeconds(),
                        run.cpuSeconds(),
                        run.exitCode(),
                        run.failed(),
                        run.overheads(),
                        run.breakdown(),
                        run.lanes(),
                        run.spans().stream()
                                .map(s -> new ImageSpan(
                                        s.lane(), s.image(), images * s.start(), images * s.end(), s.good()))
                                .toList(),
                        run.images(),
                        run.command()));
        return Validation.of(report(runs, Map.of())).rows().get(0);
    }

    @Test
    void aSlowHourOfTheMachineIsItsPace() {
        Validation.Row row = firstRun(1.5, 1.5);
        assertThat(row.error()).isLessThan(-0.3);
        assertThat(row.pace()).isCloseTo(1.5, within(0.03));
        assertThat(row.errorAtPace()).isCloseTo(0, within(0.05));
    }

    @Test
    void whatImagesDidNotPayForIsNoPace() {
        assertThat(firstRun(1, 1.5).errorAtPace()).isLessThan(-0.3);
    }

    @Test
    void aWrongMeasurementShows() {
        ComparisonReport good = report();
        List<MeasuredRun> runs = new ArrayList<>(good.runs());
        runs.set(0, made("local", 2, 40, 1));
        assertThat(Validation.of(report(runs, Map.of())).worst()).isGreaterThan(0.2);
    }

    @Test
    void theYear2018ComesOutAsReported() {
        Cori2018.Outcome outcome = Cori2018.run(Cori2018.believed());
        assertThat(outcome.spark().wallSeconds() / 60).isCloseTo(Cori2018.SPARK_MINUTES, within(1.4));
        // times were reported to vary by 10%
        assertThat(outcome.mpi().wallSeconds() / 60).isCloseTo(Cori2018.MPI_MINUTES, within(2.6));
        assertThat(outcome.ratio()).isCloseTo(552.0 / 284, within(0.1));
        Schedule spark = outcome.spark();
        assertThat(spark.breakdown().total()).isCloseTo(1280 * spark.wallSeconds(), within(1.0));
        assertThat(spark.breakdown().of(Phase.SERVICE)).isPositive();
        assertThat(Cori2018.parameters()).anyMatch(Cori2018.Source::assumption);
    }

    @Test
    void everyAssumptionOf2018HasItsRow() {
        List<Sensitivity.Row> rows = Sensitivity.of2018();
        assertThat(rows.get(0).ratio()).isCloseTo(1.95, within(0.1));
        assertThat(rows.stream().map(Sensitivity.Row::what)).doesNotHaveDuplicates();
        double sameStart = rows.stream()
                .filter(r -> r.what().equals(Sensitivity.SAME_START))
                .findFirst()
                .orElseThrow()
                .ratio();
        assertThat(sameStart).isBetween(1.1, 1.6);
    }

    @Test
    void moreCoresHelpUntilTheStartIsAllThereIs() {
        ProjectedMachine machine = new ProjectedMachine(report(), 3363, 1);
        assertThat(machine.variants()).containsExactly("spark", "mpi-static", "mpi-dynamic");
        List<ProjectedMachine.Point> curve = machine.curve("mpi-dynamic", 1280, ProjectedMachine.Assumptions.usual());
        double one = curve.get(0).schedule().wallSeconds();
        // 3,363 images of 1.45 s on average
        assertThat(one).isCloseTo(3363 * (1.45 + 0.01 + 31.5e6 / 0.3e9), within(0.03 * one));
        assertThat(curve.get(4).schedule().wallSeconds()).isLessThan(one / 15);
        int half = ProjectedMachine.halfEfficient(curve);
        assertThat(half).isBetween(32, 1280);
        assertThat(machine.sensitivity("spark", 64)).hasSizeGreaterThan(5);
    }

    @Test
    void campaignCostsImagesTimesSeconds() {
        CampaignCost cost = CampaignCost.of(report(), "local", 3363);
        assertThat(cost.sampled()).isEqualTo(180);
        assertThat(cost.workerSecondsPerImage()).isCloseTo(1.55, within(0.1));
        assertThat(cost.campaignCoreHours()).isCloseTo(3363 * cost.workerSecondsPerImage() / 3600, within(0.01));
    }

    @Test
    void pagesAndTablesHoldWhatWasMeasured(@TempDir Path folder) throws Exception {
        ComparisonReport report = report(report().runs(), Map.of("yarn", "not <here>"));
        report.write(folder);
        assertThat(ComparisonReport.read(folder)).isEqualTo(report);

        String page = ComparisonPage.render(report);
        assertThat(page)
                .contains("bench &lt;schedulers&gt;")
                .contains("not &lt;here&gt;")
                .contains("<svg", "mpi-dynamic, warm", "tail")
                .doesNotContain("<script", "http://", "NaN");
        String table = ComparisonTable.markdown(report);
        assertThat(table).contains("| local, warm | 60 |").contains("Not measured: yarn");

        PredictionPage prediction = PredictionPage.of(report, 3363, 1280, 1, List.of("predict"));
        assertThat(prediction.html()).contains("<svg", "astroquery").doesNotContain("<script", "NaN");
        assertThat(prediction.markdown()).contains("| reported | 14 min, 284 core-hours | 26 min, 552 core-hours |");
    }
}
