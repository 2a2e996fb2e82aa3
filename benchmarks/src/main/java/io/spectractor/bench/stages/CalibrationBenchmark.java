package io.spectractor.bench.stages;

import io.spectractor.batch.Hashes;
import io.spectractor.calib.CalibrationContent;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.delivery.BroadcastSource;
import io.spectractor.calib.delivery.LocalSource;
import io.spectractor.calib.delivery.RemoteSource;
import io.spectractor.calib.http.ContentCache;
import io.spectractor.calib.http.HttpFetcher;
import io.spectractor.calib.http.HttpSettings;
import io.spectractor.calib.http.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
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

/** Calibration data read and checked, by each of the four deliveries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CalibrationBenchmark {
    private final BenchInputs inputs = BenchInputs.open();
    private byte[] hdf = {};
    private String url = "";
    private ContentCache cache = new ContentCache(inputs.folder(), Duration.ofSeconds(1));
    private BroadcastSource broadcast = BroadcastSource.received("", new byte[0]);

    @Setup
    public void prepare() throws Exception {
        hdf = Files.readAllBytes(inputs.calibrationFile());
        broadcast = BroadcastSource.of(new LocalSource(inputs.calibrationFile()));
        String digest = Hashes.sha256(hdf);
        cache = new ContentCache(inputs.folder().resolve("cache"), Duration.ofMinutes(1));
        cache.get(digest, () -> hdf);
        // the port is never asked: the cache has the file
        url = "http://127.0.0.1:9/calib.h5#sha256=" + digest;
    }

    @Benchmark
    public TableCalibration embedded() {
        return new TableCalibration(EmbeddedCalibration.content());
    }

    /** An HDF5 file on the disk. */
    @Benchmark
    public TableCalibration local() {
        return new LocalSource(inputs.calibrationFile()).open();
    }

    @Benchmark
    public TableCalibration remoteFromCache() {
        HttpFetcher fetcher =
                new HttpFetcher(HttpSettings.brief(), Sleeper.real(), new SplittableRandom(1), Clock.systemUTC());
        return new RemoteSource(url, fetcher, cache).open();
    }

    /** What a worker does with what the driver sent. */
    @Benchmark
    public TableCalibration broadcast() {
        return broadcast.open();
    }

    /** The HDF5 file from memory into tables, their digest checked. */
    @Benchmark
    public CalibrationContent hdf5() throws IOException {
        return CalibrationFile.read("calib.h5", hdf);
    }
}
