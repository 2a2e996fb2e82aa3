package io.spectractor.bench.report;

import io.spectractor.batch.report.Numbers;
import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.cost.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables of a comparison, as rows of text that Markdown and HTML share. */
public final class ComparisonTable {
    private ComparisonTable() {}

    /** A table: its head, and rows of as many cells. */
    record Table(String title, List<String> head, List<List<String>> rows) {
        String markdown() {
            StringBuilder text = new StringBuilder();
            if (!title.isEmpty()) {
                text.append("## ").append(title).append("\n\n");
            }
            text.append(line(head)).append("|---".repeat(head.size())).append("|\n");
            rows.forEach(row -> text.append(line(row)));
            return text.append('\n').toString();
        }

        private static String line(List<String> cells) {
            return "| "
                    + String.join(
                            " | ",
                            cells.stream().map(c -> c.replace("|", "\\|")).toList()) + " |\n";
        }
    }

    /** All tables as Markdown. */
    public static String markdown(ComparisonReport report) {
        StringBuilder text = new StringBuilder("# Schedulers\n\n")
                .append(String.format(
                        Locale.ROOT,
                        "%d images, extraction %s%s, measured %s.%n%n",
                        report.images(),
                        report.method(),
                        report.slowShare() > 0
                                ? String.format(Locale.ROOT, ", %.0f%% of them slow", 100 * report.slowShare())
                                : "",
                        report.measuredAt()))
                .append(report.machine().line())
                .append("; ")
                .append(report.codeVersion())
                .append("\n\n```\n")
                .append(String.join(" ", report.command()))
                .append("\n```\n\n");
        tables(report).forEach(t -> text.append(t.markdown()));
        report.notMeasured()
                .forEach((variant, reason) -> text.append("Not measured: ")
                        .append(variant)
                        .append(": ")
                        .append(reason)
                        .append("\n\n"));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    static List<Table> tables(ComparisonReport report) {
        List<Table> tables = new ArrayList<>();
        tables.add(costs(report));
        tables.add(breakdown(report));
        if (!report.deliveries().isEmpty()) {
            tables.add(deliveries(report));
        }
        if (!report.faults().isEmpty()) {
            tables.add(faults(report));
        }
        return tables;
    }

    /** The original's table, with what it left open. */
    static Table costs(ComparisonReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (String variant : report.variants()) {
            for (boolean cold : new boolean[] {true, false}) {
                List<MeasuredRun> runs = report.runsOf(variant, cold);
                ComparisonReport.median(runs).ifPresent(r -> rows.add(costs(r, runs)));
            }
        }
        return new Table(
                "What each scheduler costs",
                List.of(
                        "scheduler",
                        "images",
                        "wall time",
                        "fastest – slowest",
                        "raw core-hours",
                        "CPU-hours",
                        "images per core-hour",
                        "at work"),
                rows);
    }

    private static List<String> costs(MeasuredRun median, List<MeasuredRun> runs) {
        double fastest =
                runs.stream().mapToDouble(MeasuredRun::wallSeconds).min().orElseThrow();
        double slowest =
                runs.stream().mapToDouble(MeasuredRun::wallSeconds).max().orElseThrow();
        return List.of(
                median.variant() + ", " + median.temperature(),
                Integer.toString(median.images().size()),
                Numbers.seconds(median.wallSeconds()),
                Numbers.seconds(fastest) + " – " + Numbers.seconds(slowest),
                Numbers.fixed(median.coreHours(), 4),
                Numbers.fixed(median.cpuSeconds() / 3600, 4),
                Numbers.fixed(median.imagesPerCoreHour(), 0),
                percent(median.efficiency()));
    }

    /** Where the time of a worker went, s; the last column is their sum. */
    static Table breakdown(ComparisonReport report) {
        List<MeasuredRun> runs = medians(report);
        List<Phase> phases = Arrays.stream(Phase.values())
                .filter(p -> runs.stream().anyMatch(r -> r.breakdown().of(p) > 0))
                .toList();
        List<String> head = new ArrayList<>(List.of("seconds of a worker"));
        phases.forEach(p -> head.add(p.label()));
        head.add("sum");
        List<List<String>> rows = new ArrayList<>();
        for (MeasuredRun run : runs) {
            int lanes = Math.max(run.workers(), run.lanes().size());
            List<String> row = new ArrayList<>(List.of(run.variant() + ", " + run.temperature()));
            phases.forEach(p -> row.add(Numbers.fixed(run.breakdown().of(p) / lanes, 2)));
            row.add(Numbers.fixed(run.breakdown().total() / lanes, 2));
            rows.add(row);
        }
        return new Table("Where the time went", head, rows);
    }

    /** The median run of each scheduler, cold and warm. */
    static List<MeasuredRun> medians(ComparisonReport report) {
        List<MeasuredRun> medians = new ArrayList<>();
        for (String variant : report.variants()) {
            for (boolean cold : new boolean[] {true, false}) {
                ComparisonReport.median(report.runsOf(variant, cold)).ifPresent(medians::add);
            }
        }
        return medians;
    }

    private static Table deliveries(ComparisonReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (MeasuredRun run : report.deliveries()) {
            rows.add(List.of(
                    run.variant(),
                    run.delivery(),
                    Numbers.seconds(run.wallSeconds()),
                    Numbers.fixed(run.overheads().calibration(), 3) + " s",
                    Numbers.fixed(run.overheads().workerCalibration(), 3) + " s",
                    Numbers.fixed(run.overheads().start() + run.overheads().workerStart(), 2) + " s"));
        }
        return new Table(
                "Deliveries of the calibration data",
                List.of("scheduler", "delivery", "wall time", "command", "worker process", "other start"),
                rows);
    }

    private static Table faults(ComparisonReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (MeasuredRun run : report.faults()) {
            rows.add(List.of(
                    run.variant(),
                    run.fault(),
                    Numbers.seconds(run.wallSeconds()),
                    Integer.toString(run.images().size()),
                    Integer.toString(run.failed()),
                    Integer.toString(run.exitCode()),
                    Numbers.fixed(run.breakdown().of(Phase.LOST), 1) + " s"));
        }
        return new Table(
                "Faults",
                List.of("scheduler", "what was done", "wall time", "images done", "failed", "exit code", "work lost"),
                rows);
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f%%", 100 * share) : "–";
    }
}
