package io.spectractor.bench.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.catalogue.series.DipFinder;
import io.spectractor.core.config.PsfConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels compute what they should. */
@Tag("slow")
class KernelAccuracyTest {
    @Test
    void calibrationLoopsComputeWhatTheyAlwaysDid() {
        CalibrationKernels kernels = new CalibrationKernels();
        kernels.prepare();
        double fixedPoint = (1.25 + Math.sqrt(1.25 * 1.25 + 2)) / 2;
        assertThat(kernels.arithmetic()).isCloseTo(4 * fixedPoint, within(1e-12));
        assertThat(kernels.stream()).isEqualTo(7.5 * (1 << 23));
    }

    @ParameterizedTest
    @EnumSource(PsfConfig.Type.class)
    void profilesHoldTheirLight(PsfConfig.Type family) {
        PsfBenchmark benchmark = new PsfBenchmark();
        benchmark.family = family;
        benchmark.prepare();
        assertThat(benchmark.stamp()).as("light in the stamp").isBetween(0.9, 1.0 + 1e-6);
        double[] column = benchmark.column();
        int stride = column.length / PsfBenchmark.SIDE;
        double sum = 0;
        double derivative = 0;
        for (int row = 0; row < PsfBenchmark.SIDE; row++) {
            sum += column[row * stride];
            derivative += column[row * stride + 1];
        }
        assertThat(sum).as("light in the column").isBetween(0.9, 1.0 + 1e-6);
        assertThat(derivative).as("a shift leaves the light what it is").isCloseTo(0, within(1e-3));
    }

    @Test
    void dipsAreFoundWhereTheyWereDrawn() {
        Random random = new Random(5);
        // these series often have two days without a point
        DipFinder finder = new DipFinder(Map.of("max_gap", "10"));
        int significance = finder.results().indexOf("significance");
        int deep = 0;
        for (int i = 0; i < 200; i++) {
            assertThat(finder.apply(DipsBenchmark.curve(random, 0))[significance])
                    .as("significance without a dip")
                    .isLessThan(10);
            deep += finder.apply(DipsBenchmark.curve(random, 1))[significance] >= 10 ? 1 : 0;
        }
        assertThat(deep)
                .as("of 200 dips, some short or at the end of the series")
                .isBetween(120, 200);
    }

    @Test
    void bandedSolveLeavesNoResidual() {
        SolveBenchmark benchmark = new SolveBenchmark();
        double[] a = SolveBenchmark.matrix();
        double[] b = SolveBenchmark.rightSide();
        double[] x = benchmark.factor().solve(b);
        assertThat(benchmark.solve()).isEqualTo(x);
        int n = SolveBenchmark.SIZE;
        double[] inverse = benchmark.inverse();
        for (int i = 0; i < n; i++) {
            double ax = 0;
            double viaInverse = 0;
            for (int j = 0; j < n; j++) {
                ax += a[i * n + j] * x[j];
                viaInverse += inverse[i * n + j] * b[j];
            }
            assertThat(ax).isCloseTo(b[i], within(1e-12));
            assertThat(viaInverse).isCloseTo(x[i], within(1e-14));
        }
    }

    @Test
    void everyDeliveryBringsTheSameCalibration(@TempDir Path folder) throws Exception {
        System.setProperty(BenchInputs.FOLDER, folder.toString());
        CalibrationBenchmark benchmark = new CalibrationBenchmark();
        benchmark.prepare();
        List<String> digests = List.of(
                benchmark.embedded().sha256(),
                benchmark.local().sha256(),
                benchmark.remoteFromCache().sha256(),
                benchmark.broadcast().sha256(),
                benchmark.hdf5().sha256());
        assertThat(digests).allMatch(digests.get(0)::equals);
        assertThat(Arrays.asList(benchmark.local().targetNames())).isNotEmpty();
    }
}
