package io.spectractor.bench.stages;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.ReadResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a FITS file in memory to an exposure with variance and mask. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
    private final InstrumentReader reader = new InstrumentReader(Instruments.ctio());
    private final ExtractionConfig config = BenchInputs.config();
    private final ExposureRequest request = BenchInputs.request();
    private byte[] plain = {};
    private byte[] gzipped = {};
    private byte[] packed = {};

    @Setup
    public void prepare() {
        BenchInputs inputs = BenchInputs.open();
        plain = inputs.file("frame.fits");
        gzipped = inputs.file("frame.fits.gz");
        packed = inputs.file("frame.fits.fz");
    }

    @Benchmark
    public ReadResult plain() {
        return reader.read(plain, request, config);
    }

    @Benchmark
    public ReadResult gzip() {
        return reader.read(gzipped, request, config);
    }

    @Benchmark
    public ReadResult fpack() {
        return reader.read(packed, request, config);
    }
}
