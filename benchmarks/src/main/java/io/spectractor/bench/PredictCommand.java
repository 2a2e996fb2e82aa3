package io.spectractor.bench;

import io.spectractor.batch.ExitCode;
import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.report.PredictionPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench predict}: the model of the schedulers, fed with what was measured. */
@Command(
        name = "predict",
        description = "What a big machine would do, by a model that is fed with the report of 'bench schedulers'.",
        sortOptions = false,
        footer = {
            "",
            "The folder of the report gets prediction.html and prediction.md: the model against",
            "the measured runs, the comparison of 2018, machines from one core to twice as many",
            "as asked, and what each assumption is worth."
        })
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--cores",
            paramLabel = "N",
            defaultValue = "1280",
            description = "Cores of the machine. Default: ${DEFAULT-VALUE}")
    private int cores = 1280;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "3363",
            description = "Images of the campaign. Default: ${DEFAULT-VALUE}")
    private int images = 3363;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            defaultValue = "report",
            description = "Report of 'bench schedulers'. Default: ${DEFAULT-VALUE}")
    private Path from = Path.of("report");

    @Mixin
    private SeedOption draw = new SeedOption();

    @Mixin
    BenchOptions common = new BenchOptions();

    @Override
    public Integer call() throws IOException {
        Options.require(cores >= 1 && cores <= 1_000_000, "--cores must be between 1 and 1000000");
        Options.require(images >= 1 && images <= 1_000_000, "--images must be between 1 and 1000000");
        ComparisonReport report = ComparisonReport.read(from);
        Options.require(!report.runs().isEmpty(), from + " holds no run that was measured");
        PredictionPage prediction = PredictionPage.of(report, images, cores, draw.seed, BenchOptions.command(spec));
        Files.writeString(from.resolve("prediction.md"), prediction.markdown());
        Files.writeString(from.resolve("prediction.html"), prediction.html());
        PrintWriter console = spec.commandLine().getOut();
        console.print(prediction.markdown());
        console.println("report: " + from.resolve("prediction.html"));
        console.flush();
        return ExitCode.ALL_DONE.code();
    }
}
