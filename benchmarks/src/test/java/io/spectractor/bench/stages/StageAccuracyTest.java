package io.spectractor.bench.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.SimulationTruth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the stages benchmarked beside it compute is right: speed of a wrong answer is worth nothing. */
@Tag("slow")
class StageAccuracyTest {
    private static StageBenchmark.Prepared prepared;
    private static SimulationTruth truth;

    @BeforeAll
    static void prepare(@TempDir Path folder) {
        System.setProperty(BenchInputs.FOLDER, folder.toString());
        BenchInputs.open();
        prepared = new StageBenchmark.Prepared();
        truth = BenchInputs.truth();
    }

    @Test
    void orderZeroIsFoundToATenthOfAPixel() {
        PixelPosition found = prepared.replay.locate().position();
        assertThat(found.x()).isCloseTo(truth.order0().x(), within(0.1));
        assertThat(found.y()).isCloseTo(truth.order0().y(), within(0.1));
    }

    @Test
    void angleIsFoundToATenthOfADegree() {
        assertThat(prepared.replay.rotate().angleDeg()).isCloseTo(truth.axisAngleDeg(), within(0.1));
    }

    @Test
    void ridgeFollowsTheTrace() {
        double[] rows = prepared.replay.background();
        double middle = rows[rows.length / 2];
        double smallest = Arrays.stream(truth.y()).min().orElseThrow();
        double largest = Arrays.stream(truth.y()).max().orElseThrow();
        assertThat(middle).isBetween(smallest - 1, largest + 1);
    }

    @Test
    void distanceIsFoundToATenthOfAMillimetre() {
        assertThat(prepared.replay.calibrate().geometry().distanceMm()).isCloseTo(truth.distanceMm(), within(0.1));
    }

    @ParameterizedTest
    @EnumSource(value = SpectrumConfig.Method.class)
    void wholeImageGivesTheTrueFlux(SpectrumConfig.Method method) {
        ImageBenchmark benchmark = new ImageBenchmark();
        benchmark.method = method;
        benchmark.prepare();
        ExtractionOutcome outcome = benchmark.image();
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        SpectrumProduct product = ((ExtractionOutcome.Done) outcome).product();
        double[] relative = relativeErrors(product);
        assertThat(relative[relative.length / 2]).as("median error of the flux").isLessThan(0.04);
    }

    /** |flux / truth - 1| between 450 and 900 nm, sorted. */
    private static double[] relativeErrors(SpectrumProduct product) {
        double[] lambda = product.spectrum().lambdaNm();
        double[] flux = product.spectrum().flux();
        return java.util.stream.IntStream.range(0, lambda.length)
                .filter(i -> lambda[i] > 450 && lambda[i] < 900)
                .mapToDouble(i -> Math.abs(flux[i] / trueFlux(lambda[i]) - 1))
                .sorted()
                .toArray();
    }

    private static double trueFlux(double lambdaNm) {
        double[] grid = truth.lambdaNm();
        int i = Arrays.binarySearch(grid, lambdaNm);
        int right = Math.min(Math.max(i < 0 ? -i - 1 : i, 1), grid.length - 1);
        double w = (lambdaNm - grid[right - 1]) / (grid[right] - grid[right - 1]);
        return (1 - w) * truth.flux()[right - 1] + w * truth.flux()[right];
    }

    @Test
    void modelBenchmarkFitsTheTwoDimensionalModel() {
        ModelBenchmark benchmark = new ModelBenchmark();
        benchmark.prepare();
        double modelled = Arrays.stream(benchmark.model()).sum();
        double oneDimensional = Arrays.stream(prepared.replay.extract().rate()).sum();
        assertThat(modelled / oneDimensional).isBetween(0.9, 1.05);
    }

    @Test
    void productComesBackFromItsBytesAndFromTheDisk() throws Exception {
        byte[] bytes = new ProductWriter().toBytes(prepared.product, StageTimings.none());
        assertThat(new ProductReader().read(bytes, "bench").spectrum().flux())
                .isEqualTo(prepared.assembly.assemble().spectrum().flux());
        StageBenchmark benchmark = new StageBenchmark();
        benchmark.touch();
        assertThat(Files.readAllBytes(benchmark.write())).isEqualTo(benchmark.encode());
    }

    @Test
    void compressedFramesHoldTheSamePixels() {
        ReadBenchmark benchmark = new ReadBenchmark();
        benchmark.prepare();
        CcdImage plain = benchmark.plain().exposure().image();
        assertThat(worst(benchmark.gzip().exposure().image(), plain)).isZero();
        double worst = worst(benchmark.fpack().exposure().image(), plain);
        assertThat(worst).as("quantised to a part of the noise").isLessThan(0.5).isPositive();
    }

    private static double worst(CcdImage one, CcdImage other) {
        double worst = 0;
        for (int y = 0; y < one.height(); y++) {
            for (int x = 0; x < one.width(); x++) {
                worst = Math.max(worst, Math.abs(one.rate(x, y) - other.rate(x, y)));
            }
        }
        return worst;
    }
}
