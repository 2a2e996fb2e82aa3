package io.spectractor.cli.night;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.report.Html;
import io.spectractor.core.night.FittedColumns;
import io.spectractor.plot.Figure;
import io.spectractor.plot.TimePlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The page of one or more nights, with its pictures inside, and the table beside it. */
final class NightReport {
    private static final double HOURS = 24;
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final String STYLE =
            "<style>body{font-family:sans-serif;max-width:1150px;margin:2em auto;color:#222}"
                    + "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.25em .6em;text-align:right}"
                    + "th{background:#f2f2f2}td.t{text-align:left}img{max-width:100%}</style>";

    private final NightTable all;
    private final NightTable table;
    private final QualityCuts cuts;
    private final Map<String, FittedColumns> columns;
    private final List<JointRecord> fits;
    private final Merra2Table merra;
    private final MethodComparison methods;
    private final Html html = new Html();

    NightReport(
            List<JointRecord> fits,
            Merra2Table merra,
            MethodComparison methods,
            QualityCuts cuts,
            Map<String, FittedColumns> columns) {
        this.all = NightTable.of(fits);
        this.cuts = cuts;
        this.columns = columns;
        this.table = all.kept(cuts);
        if (table.rows().isEmpty()) {
            throw new UsageException("no spectrum passes the quality cuts; there is nothing to report");
        }
        this.fits = fits;
        this.merra = merra;
        this.methods = methods;
    }

    /** Writes page, pictures and table into a folder that exists; returns the page. */
    Path write(Path folder) throws IOException {
        Figure.replace(folder.resolve("night.ecsv"), all.ecsv(cuts).getBytes(StandardCharsets.UTF_8));
        Figure.replace(folder.resolve("night.parquet"), all.parquet(cuts));
        html.ours("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8")
                .element("title", "Atmosphere of the night")
                .ours(STYLE)
                .close()
                .open("body");
        html.element(
                "h1",
                "The atmosphere of "
                        + (table.nights().size() == 1
                                ? "the night"
                                : table.nights().size() + " nights"));
        html.element(
                "p",
                table.rows().size() + " spectra. The night is named by its evening's date (UTC noon to noon)."
                        + " Errors are marginal, one standard deviation. Grey factors are relative to the mean of the night.");
        cuts();
        nights();
        repeatability();
        new ReanalysisComparison(table, merra).write(html);
        StructureFunction changes = StructureFunction.of(table);
        if (changes.any()) {
            html.element("h2", "How water changes with time");
            picture(folder, "structure-function", "Structure function of the precipitable water", changes.png());
        }
        methods(folder);
        for (LocalDate night : table.nights()) {
            night(night, folder);
        }
        evidence();
        outliers();
        html.close().close();
        Path page = folder.resolve("night.html");
        Figure.replace(page, html.toString().getBytes(StandardCharsets.UTF_8));
        return page;
    }

    private void nights() {
        html.element("h2", "Night by night").open("table").open("tr");
        for (String h : List.of(
                "night",
                "spectra",
                "airmass",
                "PWV min",
                "median",
                "max",
                "scatter (mm)",
                "MERRA-2 PWV",
                "ozone (DU)",
                "MERRA-2 ozone",
                "aerosols",
                "MERRA-2 aerosols")) {
            html.element("th", h);
        }
        html.close();
        for (LocalDate night : table.nights()) {
            List<NightTable.Row> rows = table.of(night);
            double[] pwv = column(rows, r -> r.pwv().value());
            html.open("tr").element("td", night.toString()).element("td", String.valueOf(rows.size()));
            double[] z = column(rows, NightTable.Row::airmass);
            html.element("td", number(min(z), 2) + " to " + number(max(z), 2));
            html.element("td", number(min(pwv), 2)).element("td", number(median(pwv), 2));
            html.element("td", number(max(pwv), 2)).element("td", number(deviation(pwv), 2));
            html.element("td", number(mean(column(rows, r -> merra.at("TQV", r.mjd()))), 2));
            html.element(
                    "td",
                    number(mean(column(rows, r -> r.ozone().value())), 0) + " ± "
                            + number(mean(column(rows, r -> r.ozone().error())), 0));
            html.element("td", number(mean(column(rows, r -> merra.at("TO3", r.mjd()))), 0));
            html.element(
                    "td",
                    number(mean(column(rows, r -> r.vaod().value())), 3) + " ± "
                            + number(mean(column(rows, r -> r.vaod().error())), 3));
            html.element("td", number(mean(column(rows, r -> merra.at("TOTEXTTAU", r.mjd()))), 3))
                    .close();
        }
        html.close();
    }

    private void repeatability() {
        html.element("h2", "Repeatability");
        html.element(
                "p",
                "Each spectrum against the line between those before and after it, and pairs within two minutes."
                        + " A pull of 1 means that the quoted errors explain the scatter; real changes of the air add to it.");
        html.open("table").open("tr");
        for (String h : List.of("", "spectra", "sigma", "1.4826 MAD", "pull", "pairs", "sigma of pairs")) {
            html.element("th", h);
        }
        html.close();
        line("PWV (mm)", NightTable.Row::pwv);
        line("PWV, all three of one star", NightTable.Row::pwv, Repeatability.Stars.SAME);
        line("PWV, the star changes", NightTable.Row::pwv, Repeatability.Stars.CHANGING);
        line("ozone (DU)", NightTable.Row::ozone);
        line("aerosols", NightTable.Row::vaod);
        line("grey factor", NightTable.Row::grey);
        html.close();
    }

    private void line(String name, Function<NightTable.Row, NightTable.Value> quantity) {
        line(name, quantity, Repeatability.Stars.ANY);
    }

    private void line(String name, Function<NightTable.Row, NightTable.Value> quantity, Repeatability.Stars stars) {
        Repeatability r = Repeatability.of(table, quantity, stars);
        html.open("tr").element("td", name, "class", "t").element("td", String.valueOf(r.neighbours()));
        html.element("td", number(r.sigma(), 3))
                .element("td", number(r.mad(), 3))
                .element("td", number(r.pull(), 2));
        html.element("td", String.valueOf(r.pairs()))
                .element("td", number(r.pairSigma(), 3))
                .close();
    }

    private void methods(Path folder) throws IOException {
        if (!methods.pairs().isEmpty()) {
            methods.table(html);
            picture(folder, "methods", "Fits of spectra against those of their spectrograms", methods.png());
        }
    }

    private void night(LocalDate night, Path folder) throws IOException {
        List<NightTable.Row> rows = table.of(night);
        double zero = night.plusDays(1).toEpochDay() + UNIX_EPOCH_MJD;
        double from = rows.get(0).mjd();
        double to = rows.get(rows.size() - 1).mjd();
        List<TimePlot.Panel> panels = List.of(
                panel("PWV (mm)", rows, zero, NightTable.Row::pwv, merra.about("TQV", zero, from, to)),
                panel("ozone (DU)", rows, zero, NightTable.Row::ozone, merra.about("TO3", zero, from, to)),
                panel("aerosols at 500 nm", rows, zero, NightTable.Row::vaod, merra.about("TOTEXTTAU", zero, from, to)),
                panel(
                        "grey factor",
                        rows,
                        zero,
                        NightTable.Row::grey,
                        new TimePlot.Series(new double[0], new double[0], new double[0])));
        byte[] png = TimePlot.png(
                "Night of " + night,
                "hours from 0 h UTC of " + night.plusDays(1),
                panels,
                NightShades.about(site(rows), 0.5 * (from + to), zero));
        Figure.replace(folder.resolve("night-" + night + ".png"), png);
        html.element("h2", "Night of " + night);
        show("PWV, ozone, aerosols and grey factor against time, night of " + night, png);
        columns(night, rows, folder);
    }

    /** Where these spectra were taken. */
    private JointRecord.@Nullable Site site(List<NightTable.Row> rows) {
        String first = rows.get(0).spectrum();
        return fits.stream()
                .filter(fit -> fit.spectra().stream().anyMatch(s -> s.name().equals(first)))
                .map(JointRecord::site)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Pictures for which the columns of the spectra are needed. */
    private void columns(LocalDate night, List<NightTable.Row> rows, Path folder) throws IOException {
        ColumnCharts charts = new ColumnCharts(rows, columns);
        if (charts.empty()) {
            return;
        }
        double scatter = charts.scatter();
        html.element(
                "p",
                "Transmission between 490 and 650 nm, to the power 1 / airmass, scatters by " + number(100 * scatter, 1)
                        + " % from spectrum to spectrum: " + (scatter < ColumnCharts.PHOTOMETRIC ? "" : "not ")
                        + "photometric (wanted: less than " + number(100 * ColumnCharts.PHOTOMETRIC, 0) + " %).");
        picture(
                folder,
                "transmission-" + night,
                "Transmissions of the night of " + night + ", coloured by airmass",
                charts.transmissions("Transmissions, night of " + night));
        picture(
                folder,
                "residuals-" + night,
                "Residuals by spectrum and wavelength, night of " + night,
                charts.residuals("Data minus model, night of " + night + ", means of 4 nm in sigmas of a column"));
        for (String instrument : rows.stream()
                .map(NightTable.Row::instrument)
                .distinct()
                .sorted()
                .toList()) {
            Bouguer lines = Bouguer.of(
                    instrument,
                    rows.stream().filter(r -> r.instrument().equals(instrument)).toList(),
                    columns);
            if (lines.bins().isEmpty()) {
                html.element("p", "No Bouguer lines of " + instrument + ": its spectra span less than 0.1 in airmass.");
                continue;
            }
            String stem = "bouguer-" + night + "-" + instrument.replaceAll("[^A-Za-z0-9_.-]", "_");
            Figure.replace(
                    folder.resolve(stem + ".ecsv"), ColumnCharts.ecsv(lines).getBytes(StandardCharsets.UTF_8));
            picture(
                    folder,
                    stem,
                    "Bouguer lines of " + instrument + ", night of " + night,
                    ColumnCharts.bouguer(
                            "Bouguer lines, " + instrument + ", night of " + night
                                    + "; points: intercept as throughput, line: joint fit",
                            lines));
        }
    }

    private void picture(Path folder, String stem, String what, byte[] png) throws IOException {
        Figure.replace(folder.resolve(stem + ".png"), png);
        show(what, png);
    }

    private void show(String what, byte[] png) {
        html.empty(
                "img",
                "alt",
                what,
                "src",
                "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    }

    private void cuts() {
        if (cuts.cuts().isEmpty()) {
            return;
        }
        html.element("h2", "Quality cuts").open("table").open("tr");
        for (String h : List.of("column", "instrument", "min", "max", "kept", "kept (%)")) {
            html.element("th", h);
        }
        html.close();
        for (QualityCuts.Cut cut : cuts.cuts()) {
            long kept = all.rows().stream().filter(cut::keeps).count();
            html.open("tr").element("td", cut.column(), "class", "t").element("td", cut.instrument(), "class", "t");
            html.element("td", number(cut.min(), 3)).element("td", number(cut.max(), 3));
            html.element("td", String.valueOf(kept))
                    .element("td", percent(kept))
                    .close();
        }
        html.open("tr").element("td", "all of them", "class", "t", "colspan", "4");
        html.element("td", String.valueOf(table.rows().size()))
                .element("td", percent(table.rows().size()))
                .close();
        html.close();
    }

    private String percent(long kept) {
        return number(100.0 * kept / all.rows().size(), 1);
    }

    private static TimePlot.Panel panel(
            String label,
            List<NightTable.Row> rows,
            double zero,
            Function<NightTable.Row, NightTable.Value> quantity,
            TimePlot.Series curve) {
        List<NightTable.Row> good = rows.stream()
                .filter(r -> Double.isFinite(quantity.apply(r).value()))
                .toList();
        return new TimePlot.Panel(
                label,
                new TimePlot.Series(
                        column(good, r -> (r.mjd() - zero) * HOURS),
                        column(good, r -> quantity.apply(r).value()),
                        column(good, r -> quantity.apply(r).error())),
                curve,
                curve.x().length > 1 ? "MERRA-2" : "");
    }

    private void evidence() {
        html.element("h2", "Time variations tried").open("table").open("tr");
        for (String h : List.of("first spectrum", "quantity", "variation", "chi2", "dof", "ln evidence", "")) {
            html.element("th", h);
        }
        html.close();
        for (JointRecord fit : fits) {
            for (JointRecord.Evidence e : fit.evidence()) {
                html.open("tr").element("td", fit.spectra().get(0).name(), "class", "t");
                html.element("td", e.quantity(), "class", "t").element("td", e.variant(), "class", "t");
                html.element("td", number(e.chi2(), 1)).element("td", String.valueOf(e.dof()));
                html.element("td", number(e.logEvidence(), 1));
                html.element("td", (e.chosen() ? "taken " : "") + (e.refused() ? "refused" : ""), "class", "t")
                        .close();
            }
        }
        html.close();
    }

    private void outliers() {
        html.element("h2", "Left out, or apart from the rest").open("ul");
        for (JointRecord fit : fits) {
            for (JointRecord.Outlier o : fit.outliers()) {
                html.element(
                        "li",
                        o.spectrum()
                                + (o.fromNm() == null || o.toNm() == null
                                        ? ""
                                        : String.format(Locale.ROOT, ", %.1f to %.1f nm", o.fromNm(), o.toNm()))
                                + ": " + o.reason());
            }
            fit.leftOut().forEach((name, why) -> html.element("li", name + ": " + why));
        }
        html.close();
    }

    private static double[] column(List<NightTable.Row> rows, ToDoubleFunction<NightTable.Row> value) {
        return rows.stream().mapToDouble(value).toArray();
    }

    static String number(double v, int decimals) {
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%." + decimals + "f", v) : "–";
    }

    private static double min(double[] v) {
        return Arrays.stream(v).min().orElse(Double.NaN);
    }

    private static double max(double[] v) {
        return Arrays.stream(v).max().orElse(Double.NaN);
    }

    private static double mean(double[] v) {
        return Arrays.stream(v).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    private static double median(double[] v) {
        return io.spectractor.core.fit.RobustStatistics.median(v);
    }

    private static double deviation(double[] v) {
        double mean = mean(v);
        return Math.sqrt(Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum() / Math.max(1, v.length - 1));
    }
}
