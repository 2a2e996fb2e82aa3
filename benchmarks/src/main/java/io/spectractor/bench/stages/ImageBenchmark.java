package io.spectractor.bench.stages;

import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
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

/** A whole extraction, from the bytes of the file to the product in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 2)
public class ImageBenchmark {
    @Param({"APERTURE", "PSF1D", "PSF2D", "FORWARD"})
    public SpectrumConfig.Method method = SpectrumConfig.Method.PSF1D;

    private final ExposureRequest request = BenchInputs.request();
    private final byte[] file = BenchInputs.open().file("frame.fits");
    private SpectrumExtractor extractor = new SpectrumExtractor(BenchInputs.config(), BenchInputs.calibration());

    @Setup
    public void prepare() {
        extractor = new SpectrumExtractor(StageBenchmark.config(method), BenchInputs.calibration());
    }

    @Benchmark
    public ExtractionOutcome image() {
        return extractor.extract(file, request);
    }
}
