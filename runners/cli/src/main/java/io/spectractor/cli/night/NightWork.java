package io.spectractor.cli.night;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.run.ItemWorker;
import io.spectractor.batch.run.StepListener;
import io.spectractor.cli.demo.AtmosphereChoice;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.plot.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits nights, each from the files of its spectra to the files of its result. Safe for threads; a result depends on its order
 * and the calibration data alone.
 */
final class NightWork implements ItemWorker {
    /** File of the result in the folder of a night; written last. */
    static final String RESULT = "joint.json";

    private static final String MADE = "{joint.json,columns.h5,chains.png,throughput_*.txt,throughput_*.csv}";

    private final CalibrationStore store;
    private final Map<String, AtmosphereModel> grids = new ConcurrentHashMap<>();
    private final AtmosphereModel formulas;

    NightWork(CalibrationStore store) {
        this.store = store;
        this.formulas = new AtmosphericTransmission(store.atmosphereTables());
    }

    /**
     * Whether the result of an earlier command is that of an order, and all its files are as they were written.
     *
     * @param folder of the night
     */
    static boolean isDone(NightOrder order, Path folder) {
        try {
            JointRecord record = Json.read(Files.readString(folder.resolve(RESULT)), JointRecord.class);
            SortedMap<String, String> files = record.files();
            return record.converged()
                    && order.key().equals(record.key())
                    && files != null
                    && files.equals(made(folder));
        } catch (IOException e) {
            // not there, or not whole
            return false;
        }
    }

    @Override
    public ImageResult process(WorkItem item, int attempt, StepListener steps) {
        long start = System.nanoTime();
        try {
            Path file = PathResolver.path(item.input()).toAbsolutePath();
            NightOrder order = NightOrder.read(file);
            steps.read();
            String problem = fit(order, file.resolveSibling(""));
            steps.extracted();
            return problem == null
                    ? done(item, attempt, false, (System.nanoTime() - start) / 1e9)
                    : failed(item, attempt, FailureKind.NO_SPECTRUM, problem, "");
        } catch (UsageException e) {
            return failed(item, attempt, FailureKind.UNPROCESSABLE, "cannot be done: " + e.getMessage(), "");
        } catch (IOException e) {
            return failed(
                    item,
                    attempt,
                    FailureKind.RETRYABLE,
                    "has files that cannot be read or written: " + e + "; the same command with --resume tries again",
                    "");
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return failed(item, attempt, FailureKind.BUG, "met an internal error: " + e, trace.toString());
        }
    }

    /** The result of a night that is done, now or before. */
    static ImageResult done(WorkItem item, int attempt, boolean reused, double seconds) {
        return new ImageResult(
                item.name(),
                item.input(),
                ImageStatus.DONE,
                reused ? "already done: kept" : null,
                null,
                Collections.emptySortedSet(),
                attempt,
                reused,
                seconds,
                StageTimings.none(),
                RESULT,
                null,
                null,
                null,
                null,
                null);
    }

    /** The result of a night that is not. */
    static ImageResult failed(WorkItem item, int attempt, FailureKind kind, String message, String trace) {
        Failure failure = new Failure(Stage.MODEL, kind, message, trace);
        return ImageResult.failed(item.name(), item.input(), failure, attempt, 0, StageTimings.none(), null, null);
    }

    /**
     * Fits a night and writes its files.
     *
     * @param folder of the night, made if it is not there
     * @return what is wrong with the fit, or null
     * @throws UsageException if the folder cannot be made, or holds chains of something else
     * @throws IOException if results cannot be written
     */
    @Nullable
    String fit(NightOrder order, Path folder) throws IOException {
        make(folder);
        clear(folder);
        JointOptions options = JointOptions.of(order.options());
        String grid = order.grid();
        AtmosphereModel atmosphere = grid == null
                ? formulas
                : grids.computeIfAbsent(grid, name -> AtmosphereChoice.grid(name, Path.of(""), store));
        NightAssembly assembly = new NightAssembly(store, atmosphere, options);
        order.leftOut().forEach(assembly::leaveOut);
        assembly.add(read(order, assembly), order.telescope());
        List<NightAssembly.Kept> kept = assembly.kept();
        if (kept.isEmpty()) {
            return "cannot be done: none of its spectra can be used: "
                    + String.join(
                            "; ",
                            assembly.leftOut().entrySet().stream()
                                    .map(e -> e.getKey() + ": " + e.getValue())
                                    .toList());
        }
        NightFit fit = new NightFit(
                atmosphere, options.settings(order.nightly()), options.ozone(), options.aerosols(), options.water());
        NightFit.Outcome outcome;
        try {
            outcome = fit.fit(kept.stream().map(NightAssembly.Kept::spectrum).toList(), Deadline.none());
        } catch (FitException e) {
            return "cannot be done: " + e.getMessage();
        }
        JointRecord record = JointRecord.of(
                outcome,
                kept.stream().map(NightAssembly.Kept::header).toList(),
                assembly.leftOut(),
                atmosphere.description(),
                assembly.site());
        if (record.converged()) {
            record = record.withInstruments(
                    ThroughputFiles.write(outcome.result(), assembly.telescope(), order.nightly(), folder));
            ColumnsFile.write(outcome.result(), folder.resolve(ColumnsFile.NAME));
            if (options.sample) {
                SamplingRun.Outcome sampling = SamplingRun.run(
                        outcome.result(), folder.resolve("chains.h5"), options.steps, options.chains, options.seed);
                record =
                        record.withSamples(sampling.samples(), sampling.chains().steps());
                Figure.replace(folder.resolve("chains.png"), ChainPlot.png(sampling, record));
            }
        }
        record = record.withKey(order.key(), made(folder));
        Figure.replace(folder.resolve(RESULT), (Json.pretty(record) + "\n").getBytes(StandardCharsets.UTF_8));
        return record.converged()
                ? null
                : "did not converge, so there are no parameters; fewer free quantities"
                        + " (--pwv constant, --ozone constant) or leaving out bad spectra may help";
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UsageException("the folder " + folder + " cannot be made: " + e, e);
        }
    }

    /** Removes what an earlier fit left, but for its chains: a fit that fails must leave no result that looks good. */
    private static void clear(Path folder) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, MADE)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    /** SHA-256 of the files of a result but for the result itself. */
    private static SortedMap<String, String> made(Path folder) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, MADE)) {
            for (Path file : files) {
                digests.put(String.valueOf(file.getFileName()), Hashes.sha256(file));
            }
        }
        digests.remove(RESULT);
        return digests;
    }

    /** The spectra of a night; those of other nights in the same files, and what belongs to none, are passed over. */
    private static List<RawSpectrum> read(NightOrder order, NightAssembly assembly) {
        record Read(List<RawSpectrum> spectra, @Nullable String problem) {}
        List<Path> files = order.files().stream().map(PathResolver::path).toList();
        Read[] reads = new Read[files.size()];
        IntStream.range(0, reads.length).parallel().forEach(i -> {
            try {
                List<RawSpectrum> ofNight = NightFiles.read(files.get(i)).stream()
                        .filter(s -> isOf(order, s, assembly))
                        .toList();
                reads[i] = new Read(ofNight, null);
            } catch (IOException e) {
                reads[i] = new Read(List.of(), String.valueOf(e.getMessage()));
            }
        });
        List<RawSpectrum> raw = new ArrayList<>();
        for (int i = 0; i < reads.length; i++) {
            raw.addAll(reads[i].spectra());
            if (reads[i].problem() != null) {
                String name = String.valueOf(files.get(i).getFileName());
                assembly.leaveOut(name, reads[i].problem().replace(name + ": ", ""));
            }
        }
        return raw;
    }

    private static boolean isOf(NightOrder order, RawSpectrum s, NightAssembly assembly) {
        try {
            double mjd = assembly.known(s, order.telescope()).mjd();
            return assembly.fittedWith(mjd).toString().equals(order.evening());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
