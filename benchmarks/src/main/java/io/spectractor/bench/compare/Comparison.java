package io.spectractor.bench.compare;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.EmbeddedCalibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the program again and again, and keeps what it took. */
public final class Comparison implements AutoCloseable {
    private final Path script;
    private final Path folder;
    private final Setup setup;
    private final Consumer<String> messages;
    private final Map<Variant, String> missing = new LinkedHashMap<>();
    private @Nullable LocalSparkCluster spark;

    /**
     * What to compare.
     *
     * @param variants schedulers
     * @param workers images in progress at a time
     * @param rounds how often each is run, one after the other, so that a slow hour of the machine hits all
     * @param warmOnly whether runs with forgotten files are left out
     * @param method of extraction
     * @param sparkMaster where Spark's cluster is; null to start one on this machine
     */
    public record Setup(
            List<Variant> variants,
            int workers,
            int rounds,
            boolean warmOnly,
            String method,
            @Nullable String sparkMaster) {
        public Setup {
            variants = List.copyOf(variants);
        }
    }

    /**
     * A comparison.
     *
     * @param script {@code spectractor} of the checkout
     * @param folder of the report
     * @param messages is told what goes on
     */
    public Comparison(Path script, Path folder, Setup setup, Consumer<String> messages) {
        this.script = script;
        this.folder = folder;
        this.setup = setup;
        this.messages = messages;
    }

    /** Has the program and what each scheduler needs built, installed and started, so that no run pays for it. */
    public void prepare() throws IOException, InterruptedException {
        for (Variant variant : setup.variants()) {
            List<String> command = new ArrayList<>(List.of(script.toString(), "run"));
            command.addAll(variant.options(setup.workers(), setup.sparkMaster()));
            command.add("--help");
            Execution.of(command, folder.resolve("prepare"), Map.of(), () -> {});
        }
        if (setup.variants().contains(Variant.SPARK) && setup.sparkMaster() == null) {
            try {
                spark = LocalSparkCluster.start(script, folder.resolve("spark"), setup.workers());
            } catch (UsageException e) {
                missing.put(Variant.SPARK, String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void close() {
        if (spark != null) {
            spark.close();
        }
    }

    /** The plain runs: every variant, cold and warm, round after round. */
    public List<MeasuredRun> rounds(FrameSet frames) throws IOException, InterruptedException {
        List<MeasuredRun> runs = new ArrayList<>();
        for (int round = 1; round <= setup.rounds(); round++) {
            List<Variant> order = new ArrayList<>(setup.variants());
            Collections.rotate(order, round - 1);
            for (Variant variant : order) {
                for (boolean cold : setup.warmOnly() ? List.of(false) : List.of(true, false)) {
                    run(variant, new RunLabel(variant.label(), "embedded", cold, round, ""), frames, List.of())
                            .ifPresent(runs::add);
                }
            }
        }
        return runs;
    }

    /**
     * The deliveries of the calibration data, each through each variant.
     *
     * @param slowSeconds that a slow web server takes for the file; 0 to leave it out
     */
    public List<MeasuredRun> deliveries(FrameSet frames, long slowSeconds) throws IOException, InterruptedException {
        Path file = folder.resolve("calib.h5");
        Files.deleteIfExists(file);
        CalibrationFile.write(EmbeddedCalibration.load(), file);
        byte[] bytes = Files.readAllBytes(file);
        List<MeasuredRun> runs = new ArrayList<>();
        for (Variant variant : setup.variants()) {
            deliver(runs, variant, frames, "embedded", List.of());
            deliver(runs, variant, frames, "local", List.of("--calib", file.toString()));
            deliver(
                    runs,
                    variant,
                    frames,
                    "broadcast",
                    List.of("--calib", file.toString(), "--calib-delivery", "broadcast"));
            remote(runs, variant, frames, "remote", bytes, 0);
            if (slowSeconds > 0) {
                remote(runs, variant, frames, "remote, " + slowSeconds + " s a fetch", bytes, slowSeconds);
            }
        }
        return runs;
    }

    private void remote(
            List<MeasuredRun> runs, Variant variant, FrameSet frames, String name, byte[] bytes, long slowSeconds)
            throws IOException, InterruptedException {
        Path cache = Files.createTempDirectory(folder, "cache");
        try (CalibrationServer server = new CalibrationServer(bytes, slowSeconds)) {
            String url = server.url() + "#sha256=" + Hashes.sha256(bytes);
            deliver(runs, variant, frames, name, List.of("--calib", url, "--calib-cache", cache.toString()));
            messages.accept("  fetched " + server.answers() + " times");
        } finally {
            deleteAll(cache);
        }
    }

    private void deliver(List<MeasuredRun> runs, Variant variant, FrameSet frames, String name, List<String> options)
            throws IOException, InterruptedException {
        run(variant, new RunLabel(variant.label(), name, false, 1, ""), frames, options)
                .ifPresent(runs::add);
    }

    /** One run of each variant with processes of its own, of which one is killed. */
    public List<MeasuredRun> faults(FrameSet frames) throws IOException, InterruptedException {
        List<MeasuredRun> runs = new ArrayList<>();
        for (Variant variant : setup.variants()) {
            if (variant.hasOtherProcesses()) {
                run(variant, new RunLabel(variant.label(), "embedded", false, 1, "kill"), frames, List.of())
                        .ifPresent(runs::add);
            }
        }
        return runs;
    }

    /** Variants that could not run here, and why. */
    public Map<String, String> notMeasured() {
        Map<String, String> reasons = new LinkedHashMap<>();
        missing.forEach((variant, reason) -> reasons.put(variant.label(), reason));
        return reasons;
    }

    private java.util.Optional<MeasuredRun> run(Variant variant, RunLabel label, FrameSet frames, List<String> more)
            throws IOException, InterruptedException {
        if (missing.containsKey(variant)) {
            return java.util.Optional.empty();
        }
        Path out = folder.resolve("runs").resolve(frames.images().size() + "-images-" + label.id());
        deleteAll(out);
        Files.createDirectories(out);
        if (label.cold()) {
            frames.cool();
        } else {
            frames.warm();
        }
        RunFolder runFolder = RunFolder.of(out.resolve("products"), label.id());
        WorkerKiller killer = new WorkerKiller(runFolder, frames.images().size());
        Execution execution = execute(
                variant,
                command(variant, label, frames, out, more),
                out,
                label.fault().isEmpty() ? () -> {} : killer);
        if (execution.exitCode() == 2 || execution.exitCode() == 3 || !runFolder.exists()) {
            String reason = reason(out, execution);
            missing.put(variant, reason);
            messages.accept(label.id() + ": not measured: " + reason);
            return java.util.Optional.empty();
        }
        RunLabel told = label.fault().isEmpty()
                ? label
                : new RunLabel(label.variant(), label.delivery(), label.cold(), label.round(), killer.told());
        MeasuredRun run = RunReader.read(runFolder, execution, setup.workers(), told);
        messages.accept(String.format(
                Locale.ROOT,
                "%s: %.1f s, exit %d, %d images",
                label.id(),
                run.wallSeconds(),
                run.exitCode(),
                run.images().size()));
        deleteProducts(out.resolve("products"));
        return java.util.Optional.of(run);
    }

    private Execution execute(Variant variant, List<String> command, Path out, Execution.Watcher watcher)
            throws IOException, InterruptedException {
        LocalSparkCluster cluster = variant == Variant.SPARK ? spark : null;
        Map<String, String> environment = new LinkedHashMap<>(Map.of("NO_COLOR", "1"));
        if (cluster == null) {
            Execution execution = Execution.of(command, out.resolve("log"), environment, watcher);
            return isWorkedElsewhere(variant) ? execution.withCpu(Double.NaN) : execution;
        }
        environment.putAll(cluster.environment());
        Execution execution = Execution.of(command, out.resolve("log"), environment, () -> {
            cluster.look();
            watcher.look();
        });
        return execution.withCpu(execution.cpuSeconds() + cluster.executorSeconds());
    }

    /** Whether somebody else starts the worker processes, so that their time is not that of our children. */
    private boolean isWorkedElsewhere(Variant variant) {
        return switch (variant) {
            case LOCAL -> false;
            case SPARK -> !String.valueOf(setup.sparkMaster()).startsWith("local");
            case MPI_STATIC, MPI_DYNAMIC -> System.getenv("SLURM_JOB_ID") != null;
        };
    }

    private List<String> command(Variant variant, RunLabel label, FrameSet frames, Path out, List<String> more)
            throws IOException {
        Path list = out.resolve("images.txt");
        Files.write(
                list,
                frames.images().stream().map(p -> p.toAbsolutePath().toString()).toList());
        List<String> command = new ArrayList<>(List.of(script.toString(), "run", "@" + list.toAbsolutePath()));
        command.addAll(List.of("--logbook", frames.logbook().toAbsolutePath().toString()));
        command.addAll(List.of("--out", out.resolve("products").toAbsolutePath().toString()));
        command.addAll(List.of("--run-id", label.id(), "--extraction", setup.method(), "--plots", "0"));
        command.addAll(variant.options(setup.workers(), spark == null ? setup.sparkMaster() : spark.url()));
        command.addAll(more);
        return command;
    }

    private static String reason(Path out, Execution execution) throws IOException {
        return Files.readAllLines(out.resolve("log.err")).stream()
                .filter(l -> l.startsWith("spectractor:"))
                .map(l -> l.substring("spectractor:".length()).strip())
                .findFirst()
                .orElse("exit code " + execution.exitCode() + ", see " + out.resolve("log.err"));
    }

    private static void deleteProducts(Path products) throws IOException {
        try (Stream<Path> files = Files.list(products)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
