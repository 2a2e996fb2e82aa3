package io.spectractor.bench.stages;

import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The costs of the stages on one machine.
 *
 * @param machine operating system, Java, cores, heap
 * @param codeVersion of this software
 * @param measuredAt ISO 8601, UTC
 * @param costs in the order of their names, the calibration kernels among them
 */
public record StageReport(String machine, String codeVersion, String measuredAt, List<StageCost> costs) {
    static final String ARITHMETIC = "CalibrationKernels.arithmetic";
    static final String STREAM = "CalibrationKernels.stream";

    public StageReport {
        costs = List.copyOf(costs);
    }

    /** The cost of this name. */
    public Optional<StageCost> cost(String name) {
        return costs.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /**
     * How slow the machine is: the geometric mean of both calibration kernels, ns.
     *
     * @throws UsageException if one of them was not measured
     */
    public double kernelNanoseconds() {
        return Math.sqrt(kernel(ARITHMETIC) * kernel(STREAM));
    }

    private double kernel(String name) {
        return cost(name)
                .orElseThrow(() -> new UsageException(
                        "the report of " + measuredAt + " lacks " + name + ", without which it can't be compared"))
                .nanoseconds();
    }

    /**
     * Reads a report.
     *
     * @throws UsageException if the file is none
     */
    public static StageReport read(Path file) {
        try {
            return Json.read(Files.readString(file), StageReport.class);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    file + " does not exist; measure it first: spectractor bench stages --save " + file, e);
        } catch (IOException e) {
            throw new UsageException(file + " is not a report of 'bench stages': " + e.getMessage(), e);
        }
    }

    /** Writes the report, whole or not at all. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, Json.pretty(this) + "\n");
        Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
