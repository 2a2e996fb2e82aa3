package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.calib.TableCalibration;
import io.spectractor.calib.delivery.CalibrationDelivery;
import io.spectractor.calib.http.ContentCache;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks calibration data. */
@Command(
        name = "verify",
        description =
                "Read calibration data whole and check their SHA-256 and every table; exit code 2 if they are bad.",
        footer = {"", "Example:", "  spectractor calib verify calib.h5"})
final class CalibVerifyCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SOURCE", arity = "1", description = "HDF5 file, folder of tables, URL, or embedded.")
    private String source = "";

    @Option(names = "--calib-cache", paramLabel = "DIR", description = "Folder of fetched calibration data.")
    private @Nullable Path cache;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    CalibVerifyCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Path folder = cache == null
                ? ContentCache.defaultFolder()
                : services.workingFolder().resolve(cache);
        TableCalibration found = new CalibrationChoice(
                        source, CalibrationDelivery.usualFor(source).label(), folder.toString())
                .source(services)
                .open();
        boolean own = found.sha256().equals(EmbeddedCalibration.content().sha256());
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("source", source);
            map.put("version", found.version());
            map.put("contentSha256", found.sha256());
            map.put("tables", found.content().names().size());
            map.put("sameAsEmbedded", own);
            services.out().println(Json.pretty(map));
        } else {
            services.out()
                    .println(source + ": good, " + found.content().names().size() + " tables of version "
                            + found.version() + "; all SHA-256 digests match");
            services.out().println("content sha256  " + found.sha256());
            services.out()
                    .println(
                            own ? "the same content as inside the program" : "another content than inside the program");
        }
        return ExitCode.ALL_DONE.code();
    }
}
