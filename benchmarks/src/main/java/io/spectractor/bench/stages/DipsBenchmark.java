package io.spectractor.bench.stages;

import io.spectractor.catalogue.series.DipFinder;
import io.spectractor.catalogue.series.LightCurve;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The dip finder over light curves of 300 points in two bands, drawn like those of scripts/compare-catalogue; time a curve. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DipsBenchmark {
    private static final int CURVES = 1000;
    private static final int POINTS = 300;
    private static final double[] DEPTHS = {0, 0.3, 1};

    private final LightCurve[] curves = curves();
    private final DipFinder finder = new DipFinder(Map.of());

    private static LightCurve[] curves() {
        Random random = new Random(18);
        LightCurve[] curves = new LightCurve[CURVES];
        Arrays.setAll(curves, i -> curve(random, DEPTHS[random.nextInt(3)]));
        return curves;
    }

    /** A curve with a dip of so many magnitudes somewhere in it. */
    static LightCurve curve(Random random, double depth) {
        double centre = 58000 + 400 * random.nextDouble();
        double width = 3 + 20 * random.nextDouble();
        double[] mjd = random.doubles(POINTS, 58000, 58400).sorted().toArray();
        String[] band = new String[POINTS];
        double[] mag = new double[POINTS];
        double[] err = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            band[i] = random.nextDouble() < 0.45 ? "g" : "r";
            err[i] = 0.01 + 0.03 * random.nextDouble();
            double dip = depth * Math.max(0, 1 - Math.abs(mjd[i] - centre) / width);
            mag[i] = (band[i].equals("g") ? 17.2 : 16.8) + dip + err[i] * random.nextGaussian();
        }
        return new LightCurve(band, mjd, mag, err, Map.of());
    }

    @Benchmark
    @OperationsPerInvocation(CURVES)
    public void dips(Blackhole hole) {
        for (LightCurve curve : curves) {
            hole.consume(finder.apply(curve));
        }
    }
}
