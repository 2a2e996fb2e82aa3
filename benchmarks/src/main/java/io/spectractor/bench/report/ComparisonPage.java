package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import io.spectractor.batch.report.ReportPage;
import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.predict.CampaignCost;
import io.spectractor.bench.predict.Validation;
import java.util.List;
import java.util.Locale;

/** The report of a comparison: one HTML file. */
public final class ComparisonPage {
    static final String STYLE = """
            .picture { display: block; margin: .4rem 0; }
            .picture text { font: 12px system-ui, sans-serif; fill: #1c2530; }
            .legend { list-style: none; margin: 0 0 .6rem; padding: 0; columns: 2; font-size: .85rem; }
            .legend li { break-inside: avoid; }
            .swatch { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border-radius: 2px; }
            .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }
            .pair .picture { max-width: 32rem; }
            .pair h3, .gantt h3 { font-size: .9rem; margin: .4rem 0 0; }
            svg { break-inside: avoid; }
            h2, h3 { break-after: avoid; }
            .short td:first-child { white-space: nowrap; }
            @media print { table { font-size: 8pt; } th { white-space: normal; } }
            """;

    private final ComparisonReport report;
    private final Html html;

    private ComparisonPage(ComparisonReport report, Html html) {
        this.report = report;
        this.html = html;
    }

    /** The page as text. */
    public static String render(ComparisonReport report) {
        return ReportPage.render("Spectractor: schedulers", STYLE, html -> new ComparisonPage(report, html).write());
    }

    private void write() {
        head();
        section(
                ComparisonTable.costs(report),
                "Wall time and raw core-hours (the comparison of 2018 calls the first user time): core-hours are"
                        + " workers times wall time, whether they work or wait. Cold: the images come from the disk. At work:"
                        + " the share of the core-hours in which images are read, extracted and written.");
        bars();
        gantts();
        histograms();
        ComparisonTable.tables(report).stream().skip(2).forEach(t -> section(t, ""));
        cost();
        validation();
    }

    private void head() {
        html.open("header").element("p", "Spectractor: benchmarks", "class", "kicker");
        html.element("h1", "What each scheduler costs").close();
        html.open("section").element("h2", "The measurement").open("dl");
        TableHtml.fact(html, "Command", String.join(" ", report.command()), "code");
        TableHtml.fact(html, "Measured", report.measuredAt(), "span");
        TableHtml.fact(html, "Machine", report.machine().line(), "span");
        TableHtml.fact(html, "Code", report.codeVersion(), "span");
        TableHtml.fact(
                html,
                "Images",
                report.images() + " simulated exposures, the same files for all, extraction " + report.method()
                        + (report.slowShare() > 0
                                ? String.format(
                                        Locale.ROOT,
                                        "; %.0f%% of them gzipped, which slows them",
                                        100 * report.slowShare())
                                : ""),
                "span");
        report.notMeasured()
                .forEach((variant, reason) -> TableHtml.fact(html, "Not measured", variant + ": " + reason, "span"));
        html.close().close();
    }

    private void section(ComparisonTable.Table table, String note) {
        html.open("section").element("h2", table.title());
        TableHtml.draw(html, table);
        if (!note.isEmpty()) {
            html.element("p", note, "class", "note");
        }
        html.close();
    }

    private static String label(MeasuredRun run) {
        return run.variant() + ", " + run.temperature();
    }

    private void bars() {
        html.open("section").element("h2", "Where the time went");
        StackedBars.draw(
                html,
                ComparisonTable.medians(report).stream()
                        .map(r -> new StackedBars.Bar(
                                label(r), Math.max(r.workers(), r.lanes().size()), r.breakdown()))
                        .toList());
        TableHtml.draw(html, ComparisonTable.breakdown(report));
        html.element(
                "p", "The run of the median wall time of each scheduler; means over its workers.", "class", "note");
        html.close();
    }

    private void gantts() {
        List<MeasuredRun> runs = warmMedians();
        double longest =
                runs.stream().mapToDouble(MeasuredRun::wallSeconds).max().orElse(1);
        html.open("section", "class", "gantt").element("h2", "Who worked on what");
        for (MeasuredRun run : runs) {
            html.element("h3", label(run) + ", round " + run.round());
            Gantt.draw(html, run.lanes(), run.spans(), longest);
        }
        for (MeasuredRun run : report.faults()) {
            html.element("h3", run.variant() + ": " + run.fault());
            Gantt.draw(html, run.lanes(), run.spans(), run.wallSeconds());
        }
        html.element(
                "p", "A box is an image; red ones are work that was lost, or images that failed.", "class", "note");
        html.close();
    }

    /** The warm run of median wall time of each scheduler; the cold one where there is no other. */
    private List<MeasuredRun> warmMedians() {
        return report.variants().stream()
                .map(v -> ComparisonReport.median(report.runsOf(v, false))
                        .or(() -> ComparisonReport.median(report.runsOf(v, true)))
                        .orElseThrow())
                .toList();
    }

    private void histograms() {
        html.open("section").element("h2", "Time per image");
        double longest = report.runs().stream()
                .flatMap(r -> r.spans().stream())
                .mapToDouble(s -> s.seconds())
                .max()
                .orElse(1);
        html.open("div", "class", "pair");
        for (String variant : report.variants()) {
            double[] seconds = report.runs().stream()
                    .filter(r -> r.variant().equals(variant))
                    .flatMap(r -> r.spans().stream())
                    .mapToDouble(s -> s.seconds())
                    .toArray();
            html.open("div").element("h3", variant + ", " + seconds.length + " images of all runs");
            Histogram.draw(html, variant, seconds, longest);
            html.close();
        }
        html.close();
        html.element(
                "p",
                "The slow ones are mostly the first images of a process, before Java has compiled the hot loops.",
                "class",
                "note");
        html.close();
    }

    private void cost() {
        section(CampaignCostTable.of(report, CampaignCost.CAMPAIGN_IMAGES), CampaignCostTable.METHOD);
    }

    private void validation() {
        Validation validation = Validation.of(report);
        if (!validation.rows().isEmpty()) {
            section(PredictionTables.validation(validation), PredictionTables.VALIDATION_METHOD);
        }
    }
}
