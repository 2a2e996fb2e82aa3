package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.calib.CalibrationFile;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes calibration data as one HDF5 file. */
@Command(
        name = "build",
        description = "Write calibration data as one HDF5 file, and its SHA-256 beside it.",
        footer = {"", "Example:", "  spectractor calib build --out calib.h5"})
final class CalibBuildCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The file (default: spectractor-calibration-<version>.h5 here).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    CalibBuildCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        CalibrationStore store = calibration.open(services);
        if (!(store instanceof TableCalibration tables)) {
            throw new UsageException("these calibration data are not in tables and cannot be written");
        }
        Path file = out == null ? Path.of("spectractor-calibration-" + store.version() + ".h5") : out;
        print(services, json, tables, write(services, tables, file));
        return ExitCode.ALL_DONE.code();
    }

    /** Writes the file and its digest; returns where it is. */
    static Path write(Services services, TableCalibration tables, Path file) throws IOException {
        Path target = services.workingFolder().resolve(file);
        CalibrationFile.write(tables, target);
        Path sidecar = target.resolveSibling(target.getFileName() + ".sha256");
        try {
            Files.writeString(sidecar, Hashes.sha256(target) + "  " + target.getFileName() + "\n");
        } catch (IOException e) {
            throw new UsageException(sidecar + " cannot be written: " + e.getMessage(), e);
        }
        return target;
    }

    static void print(Services services, boolean json, TableCalibration tables, Path file) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file.toString());
        map.put("bytes", Files.size(file));
        map.put("version", tables.version());
        map.put("contentSha256", tables.sha256());
        map.put("fileSha256", Hashes.sha256(file));
        map.put("tables", tables.content().names().size());
        if (json) {
            services.out().println(Json.pretty(map));
            return;
        }
        services.out().println("file            " + file + " (" + Files.size(file) + " bytes)");
        services.out().println("version         " + tables.version());
        services.out()
                .println("tables          " + tables.content().names().size() + ", of "
                        + tables.disperserNames().size() + " dispersers, "
                        + tables.throughputNames().size() + " throughputs, "
                        + tables.filterNames().size() + " filters, "
                        + tables.targetNames().size() + " targets, "
                        + tables.lines().size() + " lines");
        services.out().println("content sha256  " + tables.sha256());
        services.out().println("file sha256     " + Hashes.sha256(file));
    }
}
