package io.spectractor.bench;

import io.spectractor.batch.ExitCode;
import io.spectractor.bench.stages.StageComparison;
import io.spectractor.bench.stages.StageReport;
import io.spectractor.bench.stages.StageSuite;
import io.spectractor.bench.stages.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench stages}: the JMH suites, beside the baseline. */
@Command(
        name = "stages",
        description = "Times and allocations of every stage of an extraction (JMH), compared with a baseline.",
        footer = {
            "",
            "Times are divided by those of two calibration loops before they are compared,",
            "so that the baseline of another machine serves. Allocated bytes need no such care.",
            "Exit code 10 if something got slower or allocates more."
        })
final class StagesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "REGEX",
            arity = "0..*",
            description = "Which benchmarks, e.g. ReadBenchmark or model. Default: all.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--quick", description = "One short iteration each: shows that all run, measures nothing.")
    private boolean quick;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Compare with this report. Default: the baseline of the project.")
    private @Nullable Path baseline;

    @Option(names = "--save", paramLabel = "FILE", description = "Write the costs as JSON, e.g. as a new baseline.")
    private @Nullable Path save;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "0.25",
            description = "Relative change that counts. Default: ${DEFAULT-VALUE}")
    private double tolerance = 0.25;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "bench-stages",
            description = "Where inputs, costs (stages.json), JMH's own results (jmh.json) and the table"
                    + " (stages.md) go. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("bench-stages");

    @Mixin
    BenchOptions common = new BenchOptions();

    @Override
    public Integer call() throws IOException {
        Options.require(tolerance > 0, "--tolerance must be above 0");
        StageReport before = before();
        Files.createDirectories(out);
        StageReport now = StageSuite.run(
                new StageSuite.Request(include, quick, out.resolve("inputs"), out.resolve("jmh.json")),
                Clock.systemUTC());
        now.write(out.resolve("stages.json"));
        if (save != null) {
            now.write(save);
        }
        return before == null ? printAlone(now) : printBeside(now, before);
    }

    /** The report to compare with; none for a quick run, which measures nothing, unless one is asked for. */
    private @Nullable StageReport before() {
        if (baseline != null) {
            return StageReport.read(baseline);
        }
        Path own = Checkout.root().resolve("benchmarks/baseline/stages.json");
        return quick || !Files.exists(own) ? null : StageReport.read(own);
    }

    private int printAlone(StageReport now) {
        PrintWriter console = spec.commandLine().getOut();
        console.println("| stage | per operation | allocated |\n|---|---:|---:|");
        now.costs()
                .forEach(c -> console.println(
                        "| " + c.name() + " | " + Units.time(c.nanoseconds()) + " | " + Units.bytes(c.bytes()) + " |"));
        console.flush();
        return ExitCode.ALL_DONE.code();
    }

    private int printBeside(StageReport now, StageReport before) throws IOException {
        StageComparison comparison = StageComparison.of(now, before, tolerance);
        String text = "Kernel of this machine / of the baseline's: "
                + Units.ratio(now.kernelNanoseconds() / before.kernelNanoseconds()) + "\n\nNow: " + now.machine() + "; "
                + now.codeVersion() + "\nBaseline: " + before.machine() + "; " + before.codeVersion() + "\n\n"
                + comparison.markdown();
        Files.writeString(out.resolve("stages.md"), text);
        PrintWriter console = spec.commandLine().getOut();
        console.print(text);
        console.flush();
        return comparison.hasRegressions() ? ExitCode.SOME_FAILED.code() : ExitCode.ALL_DONE.code();
    }
}
