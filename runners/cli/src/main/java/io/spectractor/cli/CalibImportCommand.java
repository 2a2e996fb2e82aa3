package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.importer.SpectractorImport;
import io.spectractor.core.calibration.CalibrationStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a calibration file of data of the Python package Spectractor. */
@Command(
        name = "import",
        description = "Make a calibration file of disperser folders, throughput and filter texts, CALSPEC spectra and"
                + " atmosphere grids of the Python package Spectractor. What DIR does not have comes from --calib.",
        footer = {"", "Example:", "  spectractor calib import Spectractor-data --out mine.h5"})
final class CalibImportCommand implements Callable<Integer> {
    private static final int MOST_LEFT_OUT_LINES = 20;

    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Parameters(paramLabel = "DIR", arity = "1", description = "Folder, searched with its subfolders.")
    private Path folder = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The HDF5 file.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    CalibImportCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        CalibrationStore base = calibration.open(services);
        if (!(base instanceof TableCalibration tables)) {
            throw new UsageException(
                    "these calibration data are not in tables: nothing can be imported on top of them");
        }
        SpectractorImport.Result result =
                SpectractorImport.read(services.workingFolder().resolve(folder), tables.content());
        Path file = CalibBuildCommand.write(services, result.calibration(), out);
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("file", file.toString());
            map.put("contentSha256", result.calibration().sha256());
            map.put("imported", result.imported());
            map.put("leftOut", result.leftOut());
            services.out().println(Json.pretty(map));
        } else {
            result.imported().forEach(line -> services.out().println("imported  " + line));
            result.leftOut().stream()
                    .limit(MOST_LEFT_OUT_LINES)
                    .forEach(line -> services.out().println("left out  " + line));
            int more = result.leftOut().size() - MOST_LEFT_OUT_LINES;
            if (more > 0) {
                services.out().println("left out  " + more + " more; --json lists them all");
            }
            CalibBuildCommand.print(services, false, result.calibration(), file);
        }
        return ExitCode.ALL_DONE.code();
    }
}
