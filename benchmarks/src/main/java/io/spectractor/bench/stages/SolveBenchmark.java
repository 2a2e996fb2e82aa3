package io.spectractor.bench.stages;

import io.spectractor.core.fit.EnvelopeCholesky;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The linear algebra of the forward model: a band of amplitudes bordered by a few parameters that couple with all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SolveBenchmark {
    /** Columns of a spectrogram. */
    static final int AMPLITUDES = 700;

    static final int BORDER = 12;
    static final int HALF_BAND = 30;
    static final int SIZE = AMPLITUDES + BORDER;

    private final double[] matrix = matrix();
    private final double[] rightSide = rightSide();
    private final int[] order = IntStream.range(0, SIZE).toArray();
    private final EnvelopeCholesky factored = EnvelopeCholesky.factor(matrix, order);

    /** Symmetric, diagonally dominant, seeded. */
    static double[] matrix() {
        SplittableRandom random = new SplittableRandom(1);
        double[] a = new double[SIZE * SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = i >= AMPLITUDES ? 0 : Math.max(0, i - HALF_BAND); j < i; j++) {
                double v = random.nextDouble(-1, 1);
                a[i * SIZE + j] = v;
                a[j * SIZE + i] = v;
            }
        }
        for (int i = 0; i < SIZE; i++) {
            double sum = 1;
            for (int j = 0; j < SIZE; j++) {
                sum += Math.abs(a[i * SIZE + j]);
            }
            a[i * SIZE + i] = sum;
        }
        return a;
    }

    static double[] rightSide() {
        return new SplittableRandom(2).doubles(SIZE, -1, 1).toArray();
    }

    @Benchmark
    public EnvelopeCholesky factor() {
        return EnvelopeCholesky.factor(matrix, order);
    }

    @Benchmark
    public double[] solve() {
        return factored.solve(rightSide);
    }

    /** The covariance: the whole inverse. */
    @Benchmark
    public double[] inverse() {
        return factored.inverse();
    }
}
