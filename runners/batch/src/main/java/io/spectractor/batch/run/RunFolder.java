package io.spectractor.batch.run;

import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.files.WholeFile;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.plan.RunPlan;
import io.spectractor.batch.resources.OomKillDetector;
import io.spectractor.batch.result.Counts;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.result.RunInfo;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.core.config.ConfigText;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.product.FormatVersion;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run, {@code OUT/_runs/<run-id>}: {@code run.json}, {@code config.yaml}, {@code plan.json},
 * {@code journal.jsonl}, {@code summary.csv}, {@code report.html}. Everything can be read back from it, also while the
 * run goes on or after it died.
 */
public final class RunFolder {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final String RUNS = "_runs";

    private final Path outputFolder;
    private final String runId;

    private RunFolder(Path outputFolder, String runId) {
        this.outputFolder = outputFolder;
        this.runId = runId;
    }

    /** The folder that a run of this name has, whether it exists or not. */
    public static RunFolder of(Path outputFolder, String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new UsageException("run id '" + runId + "': letters, digits, - and _ only, and no - or _ first");
        }
        return new RunFolder(outputFolder, runId);
    }

    /**
     * A run that exists: the one of this name, or without a name the one that was started last.
     *
     * @throws UsageException if there is none
     */
    public static RunFolder open(Path outputFolder, @Nullable String runId) {
        List<RunFolder> all = list(outputFolder);
        if (runId != null) {
            RunFolder folder = of(outputFolder, runId);
            if (!folder.exists()) {
                throw new UsageException("there is no run " + runId + " in " + outputFolder + "; there are: "
                        + String.join(", ", all.stream().map(RunFolder::runId).toList()));
            }
            return folder;
        }
        if (all.isEmpty()) {
            throw new UsageException(outputFolder + " holds no run; name the folder that was given to 'run' as --out");
        }
        return all.get(all.size() - 1);
    }

    /** All runs of an output folder, the one started last at the end. */
    public static List<RunFolder> list(Path outputFolder) {
        Path runs = outputFolder.resolve(RUNS);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(runs)) {
            Map<RunFolder, String> started = new HashMap<>();
            entries.map(p -> String.valueOf(p.getFileName()))
                    .filter(name -> RUN_ID.matcher(name).matches())
                    .map(name -> new RunFolder(outputFolder, name))
                    .filter(RunFolder::exists)
                    .forEach(f -> started.put(f, f.startedAt() + " " + f.runId));
            return started.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .toList();
        } catch (IOException e) {
            throw new UsageException(runs + " cannot be read: " + e, e);
        }
    }

    private String startedAt() {
        try {
            return info().startedAt();
        } catch (IOException | UsageException e) {
            return "";
        }
    }

    public String runId() {
        return runId;
    }

    public Path outputFolder() {
        return outputFolder;
    }

    /** {@code OUT/_runs/<run-id>}. */
    public Path path() {
        return outputFolder.resolve(RUNS).resolve(runId);
    }

    public Path summaryCsv() {
        return path().resolve("summary.csv");
    }

    Path journalFile() {
        return path().resolve("journal.jsonl");
    }

    /** A file by which another process asks the run to stop. */
    Path cancelFile() {
        return path().resolve("cancel");
    }

    /** Where the standard output and error of its processes go, {@code <role>.out} and {@code <role>.err}. */
    public Path logs() {
        return path().resolve("logs");
    }

    /** The files of {@link #logs} that hold anything, in the order of their names. */
    public List<Path> filledLogs() throws IOException {
        if (!Files.isDirectory(logs())) {
            return List.of();
        }
        List<Path> filled = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs())) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file) && Files.size(file) > 0) {
                    filled.add(file);
                }
            }
        }
        return filled;
    }

    /** What killed the process that worked on the run, if it died of memory; see {@link OomKillDetector}. */
    public Optional<String> causeOfDeath() {
        return isAlive()
                ? Optional.empty()
                : RunLock.owner(path()).flatMap(owner -> OomKillDetector.of(path(), owner.host(), owner.pid()));
    }

    /** Whether there is such a run. */
    public boolean exists() {
        return Files.isRegularFile(path().resolve("run.json"));
    }

    /** Whether a process works on it. */
    public boolean isAlive() {
        return RunLock.isAlive(path());
    }

    /** Asks the process that works on the run to stop in order. */
    public void requestCancel() throws IOException {
        try {
            Files.createFile(cancelFile());
        } catch (FileAlreadyExistsException e) {
            // asked before
        }
    }

    /**
     * What the run was asked.
     *
     * @throws UsageException if a version with another format of run folders wrote it
     */
    public RunInfo info() throws IOException {
        Path file = path().resolve("run.json");
        RunInfo info = Json.read(Files.readString(file), RunInfo.class);
        FormatVersion format;
        try {
            format = FormatVersion.parse(info.format());
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": format " + e.getMessage(), e);
        }
        if (!FormatVersion.RUN.reads(format)) {
            throw new UsageException(file + ": the format of this run is " + format + ", this version reads "
                    + FormatVersion.RUN.major() + ".x; use the version that wrote it, " + info.codeVersion()
                    + ", or start a new run in another folder");
        }
        return info;
    }

    /** What the run means to do. */
    public RunPlan plan() throws IOException {
        return Json.read(Files.readString(path().resolve("plan.json")), RunPlan.class);
    }

    /** Its configuration. */
    public ExtractionConfig config() {
        return ConfigLoader.load(path().resolve("config.yaml"), List.of()).config();
    }

    /** A further file of the folder, see {@link RunSettings#files}; nothing if the run has none of this name. */
    public Optional<String> file(String name) throws IOException {
        Path file = path().resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** Writes a file of the folder, whole or not at all. */
    void write(String name, String text) throws IOException {
        WholeFile.write(path().resolve(name), text);
    }

    /** All events of the journal that can be read, in their order. */
    public List<JournalEvent> journal() throws IOException {
        return Journal.read(journalFile());
    }

    /** The images that a process has in progress now, as far as the journal tells. */
    public Set<String> inWork() throws IOException {
        Set<String> names = new HashSet<>();
        for (JournalEvent event : Journal.read(journalFile())) {
            switch (event.event()) {
                case IMAGE_STARTED -> names.add(String.valueOf(event.image()));
                case IMAGE_FINISHED -> names.remove(String.valueOf(event.image()));
                case RUN_STARTED, RUN_RESUMED, RUN_ENDED -> names.clear();
                default -> {}
            }
        }
        return names;
    }

    /** The run as its folder tells it. */
    public RunSummary summary() throws IOException {
        List<JournalEvent> events = Journal.read(journalFile());
        Map<String, ImageResult> results = new HashMap<>();
        for (JournalEvent event : events) {
            if (event.result() != null) {
                results.put(event.result().name(), event.result());
            }
        }
        List<ImageResult> images = plan().images().stream()
                .map(image -> results.getOrDefault(image.name(), notRun(image)))
                .toList();
        Optional<JournalEvent> end = events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
        end = end.filter(e -> e.event() == JournalEvent.Type.RUN_ENDED);
        return new RunSummary(
                info(),
                outputFolder,
                path(),
                end.map(JournalEvent::state).orElse(isAlive() ? RunState.RUNNING : RunState.DIED),
                end.map(JournalEvent::message).orElse(null),
                end.map(JournalEvent::time).orElse(null),
                secondsAtWork(events),
                Counts.of(images),
                images,
                ConfigText.of(config()));
    }

    private static ImageResult notRun(PlannedImage image) {
        return ImageResult.notTried(image.name(), image.input(), ImageStatus.NOT_RUN, null);
    }

    /** Time between the first and the last event of each session. */
    private static double secondsAtWork(List<JournalEvent> events) {
        double seconds = 0;
        Instant last = null;
        for (JournalEvent event : events) {
            Instant time = Instant.parse(event.time());
            boolean sessionStarts =
                    event.event() == JournalEvent.Type.RUN_STARTED || event.event() == JournalEvent.Type.RUN_RESUMED;
            if (last != null && !sessionStarts) {
                // a clock that is set back takes nothing away
                seconds += Math.max(0, Duration.between(last, time).toMillis() / 1e3);
            }
            last = time;
        }
        return seconds;
    }
}
