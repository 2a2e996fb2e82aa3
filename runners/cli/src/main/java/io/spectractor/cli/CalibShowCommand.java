package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.calib.Table;
import io.spectractor.calib.TableCalibration;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.Target;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One entry of the calibration data. */
@Command(
        name = "show",
        description = "Show a disperser, throughput, filter, target, or a table with all its values.",
        footer = {"", "Examples:", "  spectractor calib show HoloAmAg", "  spectractor calib show HD111980"})
final class CalibShowCommand implements Callable<Integer> {
    static final double CHIP_MIDDLE_PX = 1024;

    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Parameters(
            paramLabel = "NAME",
            arity = "1",
            description = "Its name as 'calib list' has it, or a table as 'sed/HD111980.csv'.")
    private String name = "";

    @Option(names = "--json", description = "Print the tables behind it as JSON, with all values.")
    private boolean json;

    CalibShowCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        CalibrationStore store = calibration.open(services);
        if (json || isTable(store)) {
            printTables(store);
            return ExitCode.ALL_DONE.code();
        }
        PrintStream out = services.out();
        boolean found = store.disperser(name).map(d -> show(out, d)).orElse(false);
        found |= store.throughput(name)
                .map(c -> show(out, "throughput " + name, c))
                .orElse(false);
        found |= store.filter(name).map(c -> show(out, "filter " + name, c)).orElse(false);
        found |= store.target(name).map(t -> show(out, t)).orElse(false);
        if (!found) {
            throw unknown(store);
        }
        return ExitCode.ALL_DONE.code();
    }

    private boolean isTable(CalibrationStore store) {
        return store instanceof TableCalibration tables
                && tables.content().names().contains(name);
    }

    private UsageException unknown(CalibrationStore store) {
        TreeSet<String> names = new TreeSet<>(store.disperserNames());
        names.addAll(store.throughputNames());
        names.addAll(store.targetNames());
        if (store instanceof TableCalibration tables) {
            names.addAll(tables.filterNames());
        }
        return new UsageException("the calibration data have no " + name
                + NearestMatch.of(name, names)
                        .map(n -> "; did you mean " + n + "?")
                        .orElse("; 'spectractor calib list' has all names"));
    }

    /** The table of this name, or all whose name has this word between its slashes, hyphens and dots. */
    private void printTables(CalibrationStore store) {
        List<Table> tables = store instanceof TableCalibration known
                ? known.content().tables().stream()
                        .filter(t -> t.name().equals(name)
                                || List.of(t.name().split("[/.]|-(?=[a-z0-9]+[.]csv)", -1))
                                        .contains(name))
                        .toList()
                : List.of();
        if (tables.isEmpty()) {
            throw unknown(store);
        }
        if (json) {
            services.out()
                    .println(Json.pretty(
                            tables.stream().map(CalibShowCommand::asMap).toList()));
        } else {
            tables.forEach(this::print);
        }
    }

    private void print(Table table) {
        table.header().forEach((key, value) -> services.out().println("# " + key + ": " + value.replace("\n", "; ")));
        services.out().println(String.join(",", table.columns()));
        for (int row = 0; row < table.size(); row++) {
            int at = row;
            services.out()
                    .println(String.join(
                            ",",
                            table.columns().stream().map(c -> table.text(at, c)).toList()));
        }
    }

    private static Map<String, Object> asMap(Table table) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("table", table.name());
        map.put("header", table.header());
        Map<String, Object> columns = new LinkedHashMap<>();
        for (String column : table.columns()) {
            columns.put(
                    column,
                    table.isNumeric(column)
                            ? table.values(column)
                            : IntStream.range(0, table.size())
                                    .mapToObj(i -> table.text(i, column))
                                    .toList());
        }
        map.put("columns", columns);
        return map;
    }

    private static boolean show(PrintStream out, Disperser disperser) {
        out.println("disperser " + disperser.label() + ": " + disperser.fullName());
        out.println(String.format(
                Locale.ROOT,
                "  grooves   %.3f /mm in the middle of the chip",
                disperser.grooves().at(CHIP_MIDDLE_PX, CHIP_MIDDLE_PX)));
        out.println(String.format(
                Locale.ROOT,
                "  angle     %.3f deg in the middle of the chip",
                disperser.angle().at(CHIP_MIDDLE_PX, CHIP_MIDDLE_PX)));
        show(out, "  transmission", disperser.transmission());
        if (disperser.ratio2over1() == null) {
            out.println("  no table of order 2 over order 1");
        } else {
            show(out, "  order 2 over order 1", disperser.ratio2over1());
        }
        return true;
    }

    private static boolean show(PrintStream out, String title, TabulatedCurve curve) {
        out.println(title);
        out.println(String.format(
                Locale.ROOT, "    %d values, %.1f to %.1f nm", curve.size(), curve.minNm(), curve.maxNm()));
        for (double nm = 300; nm <= 1100; nm += 100) {
            if (nm >= curve.minNm() && nm <= curve.maxNm()) {
                out.println(String.format(Locale.ROOT, "    %6.0f nm  %.5g", nm, curve.at(nm)));
            }
        }
        return true;
    }

    private static boolean show(PrintStream out, Target target) {
        out.println("target " + target.name());
        out.println("  kind      " + target.kind().name().toLowerCase(Locale.ROOT));
        out.println(String.format(
                Locale.ROOT, "  position  %.6f %+.6f deg", target.rightAscensionDeg(), target.declinationDeg()));
        out.println("  redshift  " + target.redshift());
        if (target.sed() == null) {
            out.println("  no energy distribution");
        } else {
            if (target.sedOrigin() != null) {
                out.println("  source    " + target.sedOrigin().source());
                if (target.sedOrigin().extrapolated()) {
                    out.println(
                            "            its red end is a Planck curve, not measured; 'calib import' or --online replaces it");
                }
            }
            show(out, "  energy distribution, erg/s/cm2/nm", target.sed());
        }
        return true;
    }
}
