package io.spectractor.bench.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.batch.UsageException;
import io.spectractor.bench.stages.StageComparison.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageComparisonTest {
    private static StageReport report(double kernel, StageCost... costs) {
        List<StageCost> all = new ArrayList<>(List.of(costs));
        all.add(new StageCost(StageReport.ARITHMETIC, kernel, 0, 0));
        all.add(new StageCost(StageReport.STREAM, 4 * kernel, 0, 0));
        return new StageReport("m", "v", "2026-01-01T00:00:00Z", all);
    }

    private static StageComparison.Row only(StageReport now, StageReport then) {
        List<StageComparison.Row> rows = StageComparison.of(now, then, 0.25).rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static StageCost cost(double ns, double error, double bytes) {
        return new StageCost("A.a", ns, error, bytes);
    }

    @Test
    void slowerMachineIsNoRegression() {
        StageComparison.Row row = only(report(20, cost(2000, 10, 5e6)), report(10, cost(1000, 10, 5e6)));
        assertThat(row.timeRatio()).isCloseTo(1, within(1e-12));
        assertThat(row.verdict()).isEqualTo(Verdict.SAME);
    }

    @Test
    void slowerCodeIsOneEvenOnAFasterMachine() {
        StageReport now = report(5, cost(900, 10, 5e6));
        StageReport then = report(10, cost(1000, 10, 5e6));
        assertThat(only(now, then).timeRatio()).isCloseTo(1.8, within(1e-12));
        assertThat(only(now, then).verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(StageComparison.of(now, then, 0.25).hasRegressions()).isTrue();
        assertThat(StageComparison.of(now, then, 0.25).markdown())
                .contains("| 1.80 |")
                .contains("**slower**");
    }

    @Test
    void changeWithinTheErrorsIsNone() {
        assertThat(only(report(10, cost(1500, 300, 0)), report(10, cost(1000, 300, 0)))
                        .verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(only(report(10, cost(1500, 100, 0)), report(10, cost(1000, 100, 0)))
                        .verdict())
                .isEqualTo(Verdict.SLOWER);
    }

    @Test
    void allocationCountsByItself() {
        StageReport now = report(10, cost(1000, 1, 8e6));
        assertThat(only(now, report(10, cost(1000, 1, 5e6))).verdict()).isEqualTo(Verdict.ALLOCATES_MORE);
        assertThat(only(report(10, cost(500, 1, 5e6)), report(10, cost(1000, 1, 5e6)))
                        .verdict())
                .isEqualTo(Verdict.FASTER);
    }

    @Test
    void whatOnlyOneSideHasIsSaid() {
        StageReport empty = report(10);
        StageReport full = report(10, cost(1, 0, 0));
        assertThat(only(full, empty).verdict()).isEqualTo(Verdict.NEW);
        assertThat(only(empty, full).verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(StageComparison.of(empty, full, 0.25).hasRegressions()).isFalse();
    }

    @Test
    void reportComesBackFromItsFileAndBadFilesAreNamed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a/stages.json");
        StageReport report = report(10, cost(1, Double.NaN, 2));
        report.write(file);
        assertThat(StageReport.read(file)).isEqualTo(report);
        Files.writeString(file, "<html>");
        assertThatThrownBy(() -> StageReport.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("stages.json");
        assertThatThrownBy(() -> StageReport.read(folder.resolve("none.json")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not exist");
        StageReport withoutKernel = new StageReport("m", "v", "t", List.of());
        assertThatThrownBy(withoutKernel::kernelNanoseconds).isInstanceOf(UsageException.class);
    }
}
