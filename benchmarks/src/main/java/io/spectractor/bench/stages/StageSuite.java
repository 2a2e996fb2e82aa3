package io.spectractor.bench.stages;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.Machine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks of this package, with JMH's allocation profiler. */
public final class StageSuite {
    private static final String PACKAGE = StageSuite.class.getPackageName();

    /** As {@code ./spectractor} starts the program. */
    private static final String[] JVM = {"-Xmx2g", "-XX:+UseSerialGC", "-Djava.awt.headless=true"};

    /**
     * What to run.
     *
     * @param include regular expressions of benchmark names, none for all; the calibration kernels always run
     * @param quick whether one short iteration is enough: to see that everything runs, not to measure
     * @param inputs folder of the inputs
     * @param jmhJson where JMH writes its own JSON
     */
    public record Request(List<String> include, boolean quick, Path inputs, Path jmhJson) {
        public Request {
            include = List.copyOf(include);
        }
    }

    private StageSuite() {}

    /**
     * Runs.
     *
     * @throws UsageException if nothing matches
     */
    public static StageReport run(Request request, Clock clock) {
        BenchInputs.in(request.inputs());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .addProfiler(GCProfiler.class)
                .jvmArgs(JVM)
                .jvmArgsAppend(
                        "-D" + BenchInputs.FOLDER + "=" + request.inputs().toAbsolutePath())
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(request.jmhJson().toString());
        if (request.include().isEmpty()) {
            options.include(PACKAGE.replace(".", "\\."));
        } else {
            options.include(CalibrationKernels.class.getSimpleName());
            request.include().forEach(options::include);
        }
        if (request.quick()) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(200))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(200));
        }
        try {
            return report(
                    new Runner(
                                    options.build(),
                                    OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
                            .run(),
                    clock);
        } catch (RunnerException e) {
            throw new UsageException("the benchmarks did not run: " + e.getMessage(), e);
        }
    }

    private static StageReport report(Collection<RunResult> results, Clock clock) {
        List<StageCost> costs = results.stream()
                .map(StageSuite::cost)
                .sorted(Comparator.comparing(StageCost::name))
                .toList();
        return new StageReport(
                Machine.description(), CodeVersion.current(), clock.instant().toString(), costs);
    }

    private static StageCost cost(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return new StageCost(
                name(result), time.getScore(), time.getScoreError(), bytes == null ? Double.NaN : bytes.getScore());
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark().substring(PACKAGE.length() + 1);
        Map<String, String> parameters = new TreeMap<>();
        result.getParams()
                .getParamsKeys()
                .forEach(k -> parameters.put(k, result.getParams().getParam(k)));
        return parameters.isEmpty()
                ? name
                : name + parameters.values().stream().collect(Collectors.joining(",", ":", ""));
    }
}
