package io.spectractor.local;

import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.plan.InputFinder;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.Planner;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.Arrivals;
import io.spectractor.batch.run.BatchRun;
import io.spectractor.batch.run.ExistingProducts;
import io.spectractor.batch.run.ImageSource;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.batch.run.RunControl;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.store.FolderProductStore;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instruments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A folder of fake images and the runs over it. */
final class Night {
    final Path in;
    final Path out;
    FakeEngine engine = new FakeEngine();
    RunControl control = new RunControl();
    ExistingProducts existing = ExistingProducts.KEEP_OR_REFUSE;
    ExtractionConfig config = Instruments.ctio().config();
    int maxFailures;
    boolean continues;
    String codeVersion = "1";
    Function<ProductStore, ProductStore> wrapStore = store -> store;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    Night(Path folder) {
        in = folder.resolve("in");
        out = folder.resolve("out");
    }

    /** Adds an image that makes the fake engine do something. */
    Night image(String name, String what) {
        try {
            Files.createDirectories(in);
            Files.writeString(in.resolve(name), what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    BatchRun.Ended run(String runId, int workers) throws IOException {
        return batch(runId, workers).execute();
    }

    /** Runs over images that come one batch after the other. */
    BatchRun.Ended follow(String runId, int workers, Arrivals arrivals) throws IOException {
        return batch(runId, workers, new RunPlan(List.of(), List.of())).follow(arrivals);
    }

    /** What the plan of a run says of one of the images. */
    List<PlannedImage> planned(String... names) {
        List<InputFile> files =
                Arrays.stream(names).map(name -> InputFile.of(in.resolve(name))).toList();
        return new Planner(null, Planner.Overrides.none()).plan(files).images();
    }

    BatchRun batch(String runId, int workers) {
        RunPlan plan = new Planner(null, Planner.Overrides.none()).plan(InputFinder.find(List.of(in.toString())));
        return batch(runId, workers, plan);
    }

    BatchRun batch(String runId, int workers, RunPlan plan) {
        RunSettings settings = new RunSettings(
                out,
                runId,
                config,
                plan,
                existing,
                continues,
                maxFailures,
                "v",
                "cal",
                codeVersion,
                List.of("run"),
                Map.of());
        ProductStore store = wrapStore.apply(new FolderProductStore(out, runId));
        BatchRun.Parts parts = new BatchRun.Parts(ImageSource.files(), engine, ProductEncoder.fits(), store);
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        ProgressMeter progress = new ProgressMeter(stream, ProgressMeter.Style.plain(), System::nanoTime);
        return new BatchRun(settings, new LocalScheduler(workers), parts, control, progress, Clock.systemUTC());
    }

    /** Forgets that a stop was asked and what the engine did, for the next run. */
    void again() {
        control = new RunControl();
        engine = new FakeEngine();
    }

    String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    Path product(String stem) {
        return out.resolve(stem + "_spectrum.fits");
    }

    static ImageResult result(BatchRun.Ended ended, String name) {
        return ended.summary().images().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
