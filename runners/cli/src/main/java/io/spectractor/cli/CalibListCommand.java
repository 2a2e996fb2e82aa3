package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.target.SpectralLine;
import io.spectractor.core.target.Target;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the calibration data hold. */
@Command(
        name = "list",
        description = "List what the calibration data hold.",
        footer = {"", "Examples:", "  spectractor calib list", "  spectractor calib list --calib mine.h5"})
final class CalibListCommand implements Callable<Integer> {
    private static final String NO_HEADING = "             ";

    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    CalibListCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        CalibrationStore store = calibration.open(services);
        if (json) {
            services.out().println(Json.pretty(asMap(store)));
        } else {
            print(store);
        }
        return ExitCode.ALL_DONE.code();
    }

    private void print(CalibrationStore store) {
        PrintStream out = services.out();
        out.println("version      " + store.version());
        out.println("sha256       " + store.sha256());
        String heading = "dispersers   ";
        for (String label : store.disperserNames()) {
            String first = heading;
            store.disperser(label).ifPresent(d -> out.println(first + label + "  " + describe(d)));
            heading = NO_HEADING;
        }
        out.println("throughputs  " + String.join(", ", store.throughputNames()));
        if (store instanceof TableCalibration tables) {
            out.println("filters      " + String.join(", ", tables.filterNames()));
        }
        if (!store.atmosphereGridNames().isEmpty()) {
            out.println("grids        " + String.join(", ", store.atmosphereGridNames()));
        }
        heading = "targets      ";
        for (String name : store.targetNames()) {
            String first = heading;
            store.target(name).ifPresent(t -> out.println(first + describe(t)));
            heading = NO_HEADING;
        }
        heading = "lines        ";
        for (SpectralLine line : store.lines()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%s%8.3f nm  %s  %s%s",
                    heading,
                    line.wavelengthNm(),
                    line.label(),
                    line.origin().name().toLowerCase(Locale.ROOT),
                    line.useForCalibration() ? ", for calibration" : ""));
            heading = NO_HEADING;
        }
    }

    private static String describe(Disperser disperser) {
        return String.format(
                Locale.ROOT,
                "%.1f /mm in the middle of the chip, %s; %s",
                disperser.grooves().at(CalibShowCommand.CHIP_MIDDLE_PX, CalibShowCommand.CHIP_MIDDLE_PX),
                disperser.ratio2over1() == null ? "order 2 not measured" : "order 2 over 1 known",
                disperser.fullName());
    }

    private static String describe(Target target) {
        return String.format(
                Locale.ROOT,
                "%s  %s, z %.6f%s",
                target.name(),
                target.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                target.redshift(),
                target.sed() == null ? "" : ", with energy distribution");
    }

    private static Map<String, Object> asMap(CalibrationStore store) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", store.version());
        map.put("sha256", store.sha256());
        map.put("dispersers", store.disperserNames());
        map.put("throughputs", store.throughputNames());
        Collection<String> filters =
                store instanceof TableCalibration tables ? new TreeSet<>(tables.filterNames()) : List.of();
        map.put("filters", filters);
        map.put("targets", store.targetNames());
        map.put("lines", store.lines());
        return map;
    }
}
