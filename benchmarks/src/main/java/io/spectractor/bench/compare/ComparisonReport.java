package io.spectractor.bench.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a comparison measured: {@code report.json}.
 *
 * @param measuredAt ISO 8601, UTC
 * @param machine where
 * @param codeVersion of this software
 * @param command that measured it
 * @param images number of images of a run
 * @param method of extraction
 * @param slowShare share of the images that were made slow
 * @param runs plain runs, in the order in which they ran
 * @param deliveries runs that differ in how the calibration data came
 * @param faults runs to which something was done
 * @param notMeasured schedulers that could not run, and why
 */
public record ComparisonReport(
        String measuredAt,
        MachineInfo machine,
        String codeVersion,
        List<String> command,
        int images,
        String method,
        double slowShare,
        List<MeasuredRun> runs,
        List<MeasuredRun> deliveries,
        List<MeasuredRun> faults,
        Map<String, String> notMeasured) {
    /** Its name in the folder of the report. */
    public static final String FILE = "report.json";

    public ComparisonReport {
        command = List.copyOf(command);
        runs = List.copyOf(runs);
        deliveries = List.copyOf(deliveries);
        faults = List.copyOf(faults);
        notMeasured = Collections.unmodifiableMap(new LinkedHashMap<>(notMeasured));
    }

    /**
     * Reads a report.
     *
     * @param folder of the report
     * @throws UsageException if there is none
     */
    public static ComparisonReport read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return Json.read(Files.readString(file), ComparisonReport.class);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    file + " does not exist; measure first: spectractor bench schedulers --report " + folder, e);
        } catch (IOException e) {
            throw new UsageException(file + " is not a report of 'bench schedulers': " + e.getMessage(), e);
        }
    }

    /** Writes the report, whole or not at all. */
    public void write(Path folder) throws IOException {
        Path part = folder.resolve(FILE + ".part");
        Files.writeString(part, Json.pretty(this) + "\n");
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The plain runs of a variant. */
    public List<MeasuredRun> runsOf(String variant, boolean cold) {
        return runs.stream()
                .filter(r -> r.variant().equals(variant) && r.cold() == cold)
                .toList();
    }

    /** Names of the variants, in the order in which they ran first. */
    @JsonIgnore
    public List<String> variants() {
        return runs.stream().map(MeasuredRun::variant).distinct().toList();
    }

    /** The run of the median wall time among some; the faster one of two in the middle. */
    public static Optional<MeasuredRun> median(List<MeasuredRun> runs) {
        List<MeasuredRun> sorted = runs.stream()
                .sorted(Comparator.comparingDouble(MeasuredRun::wallSeconds))
                .toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }
}
