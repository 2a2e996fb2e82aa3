package io.spectractor.bench.report;

import io.spectractor.batch.report.Html;
import io.spectractor.batch.report.ReportPage;
import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.predict.ProjectedMachine;
import io.spectractor.bench.predict.Sensitivity;
import io.spectractor.bench.predict.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The predictions of the model: tables for Markdown and a page.
 *
 * @param report that it was fed with
 * @param images of the campaign
 * @param cores of the machine
 * @param command that asked for it
 * @param curves of each scheduler, from one core up
 * @param changes of the assumptions, by scheduler
 */
public record PredictionPage(
        ComparisonReport report,
        int images,
        int cores,
        List<String> command,
        Map<String, List<ProjectedMachine.Point>> curves,
        Map<String, Map<String, ProjectedMachine.Point>> changes) {

    /** Runs the model. */
    public static PredictionPage of(ComparisonReport report, int images, int cores, long seed, List<String> command) {
        ProjectedMachine machine = new ProjectedMachine(report, images, seed);
        Map<String, List<ProjectedMachine.Point>> curves = new LinkedHashMap<>();
        Map<String, Map<String, ProjectedMachine.Point>> changes = new LinkedHashMap<>();
        for (String variant : machine.variants()) {
            curves.put(variant, machine.curve(variant, cores, ProjectedMachine.Assumptions.usual()));
            changes.put(variant, machine.sensitivity(variant, cores));
        }
        return new PredictionPage(report, images, cores, command, curves, changes);
    }

    /** What it comes down to, a sentence per scheduler. */
    List<String> conclusions() {
        List<String> sentences = new ArrayList<>();
        curves.forEach((variant, curve) -> {
            ProjectedMachine.Point there =
                    curve.stream().filter(p -> p.cores() == cores).findFirst().orElseThrow();
            ProjectedMachine.Point fastest = curve.stream()
                    .min((a, b) -> Double.compare(
                            a.schedule().wallSeconds(), b.schedule().wallSeconds()))
                    .orElseThrow();
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s: %d cores would take %.0f s and %.2f core-hours; at least half of the core-hours are work up to"
                            + " %d cores; the shortest time, %.0f s, is that of %d cores.",
                    variant,
                    cores,
                    there.schedule().wallSeconds(),
                    there.schedule().coreHours(),
                    ProjectedMachine.halfEfficient(curve),
                    fastest.schedule().wallSeconds(),
                    fastest.cores()));
        });
        return sentences;
    }

    private List<ComparisonTable.Table> tables() {
        List<ComparisonTable.Table> tables = new ArrayList<>();
        Validation validation = Validation.of(report);
        if (!validation.rows().isEmpty()) {
            tables.add(PredictionTables.validation(validation));
        }
        tables.add(PredictionTables.scaling(images, curves));
        changes.forEach((variant, points) -> tables.add(PredictionTables.sensitivity(variant, cores, points)));
        tables.add(PredictionTables.year2018());
        tables.add(PredictionTables.sources());
        tables.add(PredictionTables.sensitivity2018(Sensitivity.of2018()));
        tables.add(CampaignCostTable.of(report, images));
        return tables;
    }

    /** All of it as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# Prediction\n\n```\n")
                .append(String.join(" ", command))
                .append("\n```\n\nFrom what was measured on ")
                .append(report.machine().line())
                .append(".\n\n");
        conclusions().forEach(s -> text.append("- ").append(s).append('\n'));
        text.append('\n');
        tables().forEach(t -> text.append(t.markdown()));
        text.append(PredictionTables.lesson2018(Sensitivity.of2018()))
                .append("\n\n")
                .append(ASSUMPTIONS)
                .append('\n');
        return text.toString();
    }

    /** All of it as a page. */
    public String html() {
        return ReportPage.render("Spectractor: prediction", ComparisonPage.STYLE, this::write);
    }

    private void write(Html html) {
        html.open("header").element("p", "Spectractor: benchmarks", "class", "kicker");
        html.element("h1", "What a big machine would do").close();
        html.open("section").element("h2", "In short").open("dl");
        TableHtml.fact(html, "Command", String.join(" ", command), "code");
        TableHtml.fact(html, "Measured on", report.machine().line(), "span");
        TableHtml.fact(html, "Code", report.codeVersion(), "span");
        html.close().open("ul");
        conclusions().forEach(s -> html.element("li", s));
        html.close().close();
        html.open("section").element("h2", "Wall time over the number of cores");
        Map<String, NavigableMap<Integer, Double>> walls = new LinkedHashMap<>();
        curves.forEach((variant, curve) -> {
            NavigableMap<Integer, Double> wall = new TreeMap<>();
            curve.forEach(p -> wall.put(p.cores(), p.schedule().wallSeconds()));
            walls.put(variant, wall);
        });
        ScalingCurves.draw(html, walls);
        html.element("p", ASSUMPTIONS, "class", "note");
        html.close();
        for (ComparisonTable.Table table : tables()) {
            html.open("section").element("h2", table.title());
            TableHtml.draw(html, table);
            html.close();
        }
        html.open("section").element("h2", "What happened in 2018");
        html.element("p", PredictionTables.lesson2018(Sensitivity.of2018()));
        html.close();
    }

    private static final String ASSUMPTIONS =
            "Measured here: what an image costs, the warm-up of a process, start and end"
                    + " of a run. Assumed of the machine: nodes of 32 cores as fast as these, a file system of 10 GB/s for all and"
                    + " 0.3 GB/s for one, images of 31.5 MB, 3 ms of the file system for each worker that loads the program, 1 ms"
                    + " of rank 0 for an image, 5 ms of Spark's driver for a task, and one core in a hundred slower by two.";
}
