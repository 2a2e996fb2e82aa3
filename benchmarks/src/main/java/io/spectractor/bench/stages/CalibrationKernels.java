package io.spectractor.bench.stages;

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

/**
 * Two loops that never change, by which times of different machines are compared: one that computes and one that streams
 * through more memory than any cache holds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CalibrationKernels {
    private static final int STEPS = 1_000_000;
    private static final int DOUBLES = 1 << 23;

    private double[] memory = {};

    @Setup
    public void prepare() {
        memory = new double[DOUBLES];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = i & 15;
        }
    }

    /** A million dependent steps of multiply, add and square root: four chains side by side. */
    @Benchmark
    public double arithmetic() {
        double a = 1;
        double b = 2;
        double c = 3;
        double d = 4;
        for (int i = 0; i < STEPS; i += 4) {
            a = Math.sqrt(a * 1.25 + 0.5);
            b = Math.sqrt(b * 1.25 + 0.5);
            c = Math.sqrt(c * 1.25 + 0.5);
            d = Math.sqrt(d * 1.25 + 0.5);
        }
        return a + b + c + d;
    }

    /** Adds up 64 MiB. */
    @Benchmark
    public double stream() {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i < memory.length; i += 4) {
            a += memory[i];
            b += memory[i + 1];
            c += memory[i + 2];
            d += memory[i + 3];
        }
        return a + b + c + d;
    }
}
