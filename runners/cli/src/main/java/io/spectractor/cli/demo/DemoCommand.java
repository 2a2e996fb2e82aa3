package io.spectractor.cli.demo;

import io.spectractor.batch.CodeVersion;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.plan.InputFinder;
import io.spectractor.batch.plan.LogbookObservations;
import io.spectractor.batch.plan.Planner;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.report.HtmlReport;
import io.spectractor.batch.resources.Activity;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.ImageSource;
import io.spectractor.batch.run.Machine;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.Logbook;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedNight;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.simulation.SimulationTruth;
import io.spectractor.local.LocalScheduler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spectractor demo}: simulated frames, their extraction, and the results beside the truth. */
@Command(
        name = "demo",
        description = "Simulates a handful of exposures, extracts them, and compares the results with the truth.",
        sortOptions = false,
        footer = {"", "Example:", "  spectractor demo"})
public final class DemoCommand implements Callable<Integer> {
    private static final String STAR = "HD111980";
    private static final List<String> DISPERSERS = List.of("HoloAmAg", "HoloPhP");
    private static final LocalDate FIRST_NIGHT = LocalDate.of(2017, 5, 30);
    private static final int FRAMES_PER_NIGHT = 2;
    private static final double EXPOSURE_S = 120;

    private final PlotWriter plots;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "demo",
            description = "Where frames, products, plots and report go. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("demo");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the frames. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--workers", paramLabel = "N", description = "Images in progress at a time. Default: one per core")
    private @Nullable Integer workers;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * @param plots draws the pictures
     */
    public DemoCommand(PlotWriter plots) {
        this.plots = plots;
    }

    @Override
    public Integer call() throws IOException {
        if (workers != null && workers < 1) {
            throw new UsageException("--workers must be at least 1");
        }
        CalibrationStore store = EmbeddedCalibration.load();
        ExtractionConfig config = Instruments.ctio().config();
        Path frames = out.resolve("frames");
        Path products = out.resolve("products");
        Map<String, SimulationTruth> truths = simulate(config, store, frames);

        BatchRun.Ended ended = extract(config, store, frames, products);
        RunSummary summary = ended.summary();
        Map<String, SpectrumProduct> spectra = spectra(summary, products);
        for (Map.Entry<String, SpectrumProduct> entry : spectra.entrySet()) {
            plots.write(entry.getValue(), products.resolve(entry.getKey() + "_spectrum.png"));
        }
        Path report = HtmlReport.write(summary);

        PrintWriter console = Console.out(spec);
        console.print(DemoTable.of(summary, spectra, truths));
        console.println();
        console.println("frames:   " + frames + " (the truth in " + frames.resolve("truth") + ")");
        console.println("spectra:  " + products.resolve("*_spectrum.fits"));
        console.println("plots:    " + products.resolve("*_spectrum.png"));
        console.println("report:   " + report);
        console.flush();
        return ended.exitCode().code();
    }

    private Map<String, SimulationTruth> simulate(ExtractionConfig config, CalibrationStore store, Path folder)
            throws IOException {
        FrameSimulator simulator = new FrameSimulator(config);
        Map<String, SimulationTruth> truths = new TreeMap<>();
        List<PlannedFrame> planned = new ArrayList<>();
        LocalDate night = FIRST_NIGHT;
        for (String disperser : DISPERSERS) {
            planned.addAll(new SimulatedNight(config, store)
                    .plan(new SimulatedNight.Request(
                            STAR, disperser, null, FRAMES_PER_NIGHT, night, EXPOSURE_S, seed)));
            night = night.plusDays(1);
        }
        try {
            for (PlannedFrame frame : planned) {
                SimulatedFrame simulated = simulator.simulate(frame.settings(), store);
                FrameFiles.write(simulated, folder, frame.stem());
                truths.put(frame.stem(), simulated.truth());
            }
            Files.writeString(folder.resolve("logbook.csv"), SimulatedNight.logbook(planned));
        } catch (IOException e) {
            throw new UsageException("the demo can't write to " + out + " (" + e + "); choose another --out", e);
        }
        return truths;
    }

    private BatchRun.Ended extract(ExtractionConfig config, CalibrationStore store, Path frames, Path products)
            throws IOException {
        Logbook logbook = Logbook.read(frames.resolve("logbook.csv"));
        RunPlan plan = new Planner(new LogbookObservations(logbook), Planner.Overrides.none())
                .plan(InputFinder.find(List.of(frames.toString())));
        String runId = freeRunId(products);
        RunSettings settings = new RunSettings(
                products,
                runId,
                config,
                plan,
                ExistingProducts.OVERWRITE,
                false,
                0,
                store.version(),
                store.sha256(),
                CodeVersion.current(),
                List.of("spectractor", "demo", "--out", out.toString(), "--seed", Long.toString(seed)),
                Map.of());
        SpectrumExtractor extractor = new SpectrumExtractor(config, store).watchedBy(Activity.ofProcess()::stage);
        BatchRun.Parts parts = new BatchRun.Parts(
                ImageSource.files(),
                extractor::extract,
                ProductEncoder.fits(),
                new FolderProductStore(products, runId));
        return new BatchRun(
                        settings,
                        new LocalScheduler(workers == null ? Machine.defaultWorkers() : workers),
                        parts,
                        new RunControl(),
                        new ProgressMeter(System.err, ProgressMeter.Style.plain(), System::nanoTime),
                        Clock.systemUTC())
                .execute();
    }

    /** demo, demo-2, demo-3, ...: a demo can be shown again. */
    private static String freeRunId(Path products) {
        String runId = "demo";
        for (int i = 2; RunFolder.of(products, runId).exists(); i++) {
            runId = "demo-" + i;
        }
        return runId;
    }

    private static Map<String, SpectrumProduct> spectra(RunSummary summary, Path products) throws IOException {
        ProductReader reader = new ProductReader();
        Map<String, SpectrumProduct> spectra = new TreeMap<>();
        for (ImageResult image : summary.images()) {
            String product = image.product();
            if (product != null) {
                spectra.put(stem(image), reader.read(products.resolve(product)));
            }
        }
        return spectra;
    }

    static String stem(ImageResult image) {
        return image.name().replaceFirst("\\.fits$", "");
    }
}
