package io.spectractor.bench.stages;

import io.spectractor.core.config.SpectrumConfig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The fit of the whole spectrogram in two dimensions: the stage MODEL by itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark {
    @Param({"PSF2D", "FORWARD"})
    public SpectrumConfig.Method method = SpectrumConfig.Method.FORWARD;

    private java.util.function.Supplier<double[]> model = () -> new double[0];

    @Setup
    public void prepare() {
        StageReplay replay = new StageReplay(
                BenchInputs.open().file("frame.fits"),
                BenchInputs.request(),
                StageBenchmark.config(method),
                BenchInputs.calibration());
        model = replay::model;
    }

    @Benchmark
    public double[] model() {
        return model.get();
    }
}
