package io.spectractor.bench.stages;

import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
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

/** The kernels of the fits: a profile and its derivatives over a column and over a stamp of pixels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PsfBenchmark {
    /** Rows of a column, and side of a stamp, px. */
    static final int SIDE = 41;

    private static final int MIDDLE = SIDE / 2;

    @Param({"GAUSS", "MOFFAT", "MOFFAT_GAUSS", "DOUBLE_MOFFAT"})
    public PsfConfig.Type family = PsfConfig.Type.MOFFAT;

    private PsfProfile profile = profile(PsfConfig.Type.MOFFAT);
    private double[] column = {};
    private double[] pixel = {};

    private static PsfProfile profile(PsfConfig.Type family) {
        PointSpreadFunction psf = PointSpreadFunction.of(family);
        return psf.at(psf.defaultShape());
    }

    @Setup
    public void prepare() {
        profile = profile(family);
        column = new double[SIDE * (2 + profile.shapeCount())];
        pixel = new double[3 + profile.shapeCount()];
    }

    /** {value, derivatives} of the profile across the trace, by rows. */
    @Benchmark
    public double[] column() {
        profile.pixelTransverseColumn(MIDDLE + 0.3, 0, SIDE, column, 0);
        return column;
    }

    /** Sum over the pixel means of a stamp, with their derivatives computed on the way. */
    @Benchmark
    public double stamp() {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                profile.pixelGradient(x - MIDDLE + 0.2, y - MIDDLE - 0.3, pixel, 0);
                sum += pixel[0];
            }
        }
        return sum;
    }
}
