package io.spectractor.bench.stages;

import io.spectractor.calib.TableCalibration;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.ProductWriter;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.RotationEstimate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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

/** The stages that every method of extraction goes through, one by one, on one simulated exposure. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StageBenchmark {
    /** At a fixed time, because the time of writing is part of the bytes. */
    private static final ProductWriter WRITER = new ProductWriter(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private final Prepared prepared = new Prepared();

    /** What the stages start from. */
    static final class Prepared {
        final StageReplay replay;
        final StageReplay.Assembly assembly;
        final SpectrumProduct product;
        final byte[] bytes;
        final Path out;

        Prepared() {
            BenchInputs inputs = BenchInputs.open();
            TableCalibration store = BenchInputs.calibration();
            replay = new StageReplay(
                    inputs.file("frame.fits"), BenchInputs.request(), config(SpectrumConfig.Method.PSF1D), store);
            assembly = replay.assembly();
            product = assembly.assemble();
            bytes = WRITER.toBytes(product, StageTimings.none());
            out = inputs.folder().resolve("written.fits");
        }
    }

    /** The configuration with another method of extraction. */
    static ExtractionConfig config(SpectrumConfig.Method method) {
        return io.spectractor.batch.config.ConfigLoader.load(
                        null,
                        java.util.List.of("extraction.method=" + method.name().toLowerCase(java.util.Locale.ROOT)))
                .config();
    }

    @Setup
    public void touch() throws IOException {
        Files.deleteIfExists(prepared.out);
    }

    @Benchmark
    public LocatedTarget locate() {
        return prepared.replay.locate();
    }

    @Benchmark
    public RotationEstimate rotate() {
        return prepared.replay.rotate();
    }

    @Benchmark
    public double[] background() {
        return prepared.replay.background();
    }

    /** The fit of the transverse profile, column by column. */
    @Benchmark
    public ColumnSpectrum extract1d() {
        return prepared.replay.extract();
    }

    /** Line detection and the wavelength solution. */
    @Benchmark
    public WavelengthSolution calibrate() {
        return prepared.replay.calibrate();
    }

    /** Flux calibration, covariance, spectrogram maps. */
    @Benchmark
    public SpectrumProduct assemble() {
        return prepared.assembly.assemble();
    }

    /** The product as FITS bytes. */
    @Benchmark
    public byte[] encode() {
        return WRITER.toBytes(prepared.product, StageTimings.none());
    }

    /** A product onto the disk as the store does it: a file beside, forced out, renamed. */
    @Benchmark
    public Path write() throws IOException {
        Path part = prepared.out.resolveSibling("written.fits.part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(java.nio.ByteBuffer.wrap(prepared.bytes));
            channel.force(true);
        }
        return Files.move(part, prepared.out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
