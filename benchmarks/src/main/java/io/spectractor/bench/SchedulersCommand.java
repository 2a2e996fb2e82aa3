package io.spectractor.bench;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.ExitCode;
import io.spectractor.bench.compare.Comparison;
import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.FrameSet;
import io.spectractor.bench.compare.MachineInfo;
import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.compare.Variant;
import io.spectractor.bench.report.ComparisonPage;
import io.spectractor.bench.report.ComparisonTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench schedulers}: the same images through each scheduler. */
@Command(
        name = "schedulers",
        description = "The same simulated images through each scheduler: wall time, core-hours, and where they went.",
        sortOptions = false,
        footer = {
            "",
            "DIR gets report.html, report.md and report.json, and runs/ with the log and the run",
            "folder of each run. Exit code 10 if images of a plain run failed, or a scheduler",
            "could not run here; the report says which and why.",
            "Times are wall times, from the start of the command to its end. Starting JVMs, Spark",
            "and ranks takes most of the time of a small comparison: with 4 images, 4 schedulers",
            "and 3 rounds it is minutes, not seconds. For a quick look: --images 4 --rounds 1",
            "--schedulers local --warm-only."
        })
final class SchedulersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "96",
            description = "Images of a run. Default: ${DEFAULT-VALUE}")
    private int images = 96;

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            defaultValue = "2",
            description = "Images in progress at a time: threads, executor cores or ranks. Default: ${DEFAULT-VALUE}")
    private int workers = 2;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each scheduler runs. Default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(
            names = "--schedulers",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "local,spark,mpi-static,mpi-dynamic",
            description = "Which. Default: ${DEFAULT-VALUE}")
    private List<String> schedulers = List.of();

    @Option(
            names = "--extraction",
            paramLabel = "METHOD",
            defaultValue = "psf1d",
            description = "How spectra are extracted, see 'spectractor run'. Default: ${DEFAULT-VALUE}")
    private String method = "psf1d";

    @Option(names = "--warm-only", description = "No runs for which the images have to come from the disk.")
    private boolean warmOnly;

    @Option(
            names = "--slow-share",
            paramLabel = "X",
            defaultValue = "0",
            description = "Share of the images that take longer (they are gzipped). Default: ${DEFAULT-VALUE}")
    private double slowShare;

    @Option(
            names = "--distinct",
            paramLabel = "N",
            defaultValue = "12",
            description = "Exposures that are simulated; the others are copies. Default: ${DEFAULT-VALUE}")
    private int distinct = 12;

    @Mixin
    private SeedOption draw = new SeedOption();

    @Option(
            names = "--deliveries",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also compare the four deliveries of the calibration data, with N images. Default: not")
    private int deliveryImages;

    @Option(
            names = "--slow-calibration",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "With --deliveries, also from a web server that takes so long for the file. Default: not")
    private long slowCalibration;

    @Option(names = "--kill-worker", description = "Also run each scheduler once with one worker process killed.")
    private boolean killWorker;

    @Option(
            names = "--spark-master",
            paramLabel = "URL",
            description = "Where Spark's cluster is. Default: one is started here, a worker per image in progress")
    private @Nullable String sparkMaster;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "report",
            description = "Where the report goes. Default: ${DEFAULT-VALUE}")
    private Path report = Path.of("report");

    @Mixin
    BenchOptions common = new BenchOptions();

    @Override
    public Integer call() throws Exception {
        Options.require(images >= 1 && workers >= 1 && rounds >= 1, "--images, --workers, --rounds must be 1 or more");
        Options.require(slowShare >= 0 && slowShare <= 1, "--slow-share must be between 0 and 1");
        Options.require(slowCalibration >= 0 && deliveryImages >= 0, "numbers must not be negative");
        Options.require(
                slowCalibration == 0 || deliveryImages > 0, "--slow-calibration does nothing without --deliveries N");
        List<Variant> variants = Variant.of(schedulers);
        Files.createDirectories(report);
        MachineInfo machine = MachineInfo.now();
        FrameSet frames =
                FrameSet.make(report, new FrameSet.Request(images, Math.max(1, distinct), slowShare, draw.seed));
        Comparison.Setup setup = new Comparison.Setup(variants, workers, rounds, warmOnly, method, sparkMaster);
        // a signal ends this process at once: what it started must not go on without it
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy),
                        "spectractor-bench-end"));
        Consumer<String> messages = line -> System.err.println(line);
        ComparisonReport measured;
        try (Comparison comparison = new Comparison(Checkout.script(), report, setup, messages)) {
            measured = measure(comparison, frames, machine);
        }
        measured.write(report);
        return publish(measured);
    }

    private ComparisonReport measure(Comparison comparison, FrameSet frames, MachineInfo machine) throws Exception {
        comparison.prepare();
        List<MeasuredRun> runs = comparison.rounds(frames);
        List<MeasuredRun> deliveries =
                deliveryImages == 0 ? List.of() : comparison.deliveries(frames.first(deliveryImages), slowCalibration);
        List<MeasuredRun> faults = killWorker ? comparison.faults(frames) : List.of();
        return new ComparisonReport(
                Clock.systemUTC().instant().toString(),
                machine,
                CodeVersion.current(),
                BenchOptions.command(spec),
                images,
                method,
                slowShare,
                runs,
                deliveries,
                faults,
                comparison.notMeasured());
    }

    private int publish(ComparisonReport measured) throws java.io.IOException {
        String table = ComparisonTable.markdown(measured);
        Files.writeString(report.resolve("report.md"), table);
        Files.writeString(report.resolve("report.html"), ComparisonPage.render(measured));
        PrintWriter console = spec.commandLine().getOut();
        console.print(table);
        console.println("report: " + report.resolve("report.html"));
        console.flush();
        boolean whole = measured.notMeasured().isEmpty()
                && Stream.concat(measured.runs().stream(), measured.deliveries().stream())
                        .allMatch(r -> r.exitCode() == 0);
        return whole ? ExitCode.ALL_DONE.code() : ExitCode.SOME_FAILED.code();
    }
}
