package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import io.spectractor.serve.page.SvgPlot.Point;
import io.spectractor.serve.page.SvgPlot.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plots of one star. Each can be shown in part, which the page's address holds. */
final class StarPlots {
    /** Spectra that are drawn over each other at most. */
    private static final int DRAWN = 60;
    /** Spectra that are co-added at most. */
    private static final int MOST = 1000;
    /** Bands from blue to red; others come after them. */
    private static final List<String> BANDS = List.of("u", "BP", "g", "G", "r", "i", "RP", "z", "y");

    private final PageQueries queries;
    private final Html html;
    private final Context http;
    private final String star;
    private final Answer spectra;
    /** For each exposure what its points lead to. */
    private final Map<String, Point> points = new HashMap<>();

    /**
     * Plots.
     *
     * @param spectra those of the star, without their arrays
     */
    StarPlots(PageQueries queries, Html html, Context http, String star, Answer spectra) {
        this.queries = queries;
        this.html = html;
        this.http = http;
        this.star = star;
        this.spectra = spectra;
        for (@Nullable Object[] row : spectra.rows()) {
            String exposure = String.valueOf(row[spectra.column("exposure")]);
            points.put(exposure, new Point(address(row), "exposure " + exposure));
        }
    }

    private String address(@Nullable Object[] row) {
        return SpectrumPage.address(html, star, String.valueOf(row[spectra.column("science_sha256")]));
    }

    /** A plot that can be shown in part. */
    static SvgPlot zoomable(Context http, SvgPlot plot, String id, double @Nullable [] y) {
        Zoom part = Zoom.of(http, "zoom_" + id);
        return Pages.suited(http, plot)
                .named(id)
                .zoomedBy("zoom_" + id)
                .within(part == null ? null : part.x(), part == null ? y : part.y());
    }

    /** All spectra over each other, and their mean. */
    void spectra(String condition, TableSpec table, boolean below, StringBuilder out) {
        boolean above = !below && table.column("spectrum_flux_toa") != null;
        String flux = above ? "spectrum_flux_toa" : "spectrum_flux";
        String error = table.column(flux + "_err") == null ? flux : flux + "_err";
        boolean grouped = table.column("disperser") != null;
        Answer arrays = queries.ask(
                "SELECT exposure, " + (grouped ? "disperser" : "exposure AS all_of_them") + ", spectrum_wavelength, "
                        + flux + ", " + error + " FROM catalogue.spectra WHERE " + condition + " ORDER BY mjd",
                MOST);
        Map<String, List<CoAdd.Spectrum>> groups = new TreeMap<>();
        List<Series> lines = new ArrayList<>();
        int step = 1 + (arrays.rows().size() - 1) / DRAWN;
        for (int i = 0; i < arrays.rows().size(); i++) {
            @Nullable Object[] row = arrays.rows().get(i);
            if (row[2] instanceof double[] x && row[3] instanceof double[] y && row[4] instanceof double[] e) {
                String group = grouped ? String.valueOf(row[1]) : "all";
                groups.computeIfAbsent(group, n -> new ArrayList<>()).add(new CoAdd.Spectrum(x, y, e));
                if (i % step == 0) {
                    Point link = points.get(String.valueOf(row[0]));
                    lines.add(new Series(group, x, y, null, link == null ? null : List.of(link), true));
                }
            }
        }
        double[] range = usual(lines);
        String label = above ? "flux above the atmosphere (erg/s/cm²/nm)" : "flux at the detector (erg/s/cm²/nm)";
        // one colour for each disperser, so that what differs is seen
        SvgPlot all = new SvgPlot("wavelength (nm)", label, false).byLabel(List.copyOf(groups.keySet()));
        lines.forEach(all::add);
        out.append("<h2>Spectra</h2>\n");
        out.append(zoomable(http, all, "spectra", range)
                .noting(
                        step > 1
                                ? "One spectrum in " + step + " is drawn. A line leads to its spectrum."
                                : "A line leads to its spectrum.")
                .draw());
        SvgPlot mean = new SvgPlot("wavelength (nm)", label, false);
        groups.forEach((name, list) -> {
            CoAdd sum = CoAdd.of(list);
            mean.add(new Series(
                    name + ", " + sum.spectra() + (sum.spectra() == 1 ? " spectrum" : " spectra"),
                    sum.wavelength(),
                    sum.flux(),
                    sum.error(),
                    null,
                    true));
        });
        out.append("<h2>Co-added</h2>\n");
        out.append(zoomable(http, mean, "coadded", range)
                .noting(
                        "Mean weighted by 1/σ². The band is its error: the larger of that of the weights and that of the"
                                + " scatter.")
                .draw());
    }

    /** A range that a few wild values at the ends of spectra don't stretch; null if there are none. */
    static double @Nullable [] usual(List<Series> all) {
        double[] values = all.stream()
                .flatMapToDouble(one -> Arrays.stream(one.y()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return values.length < 20
                ? null
                : SvgPlot.widened(
                        Math.min(0, values[(int) (0.002 * values.length)]),
                        1.05 * values[(int) (0.995 * (values.length - 1))]);
    }

    /** A quantity of the atmosphere against time, nothing where it is unknown. */
    void air(String column, String title, String label, StringBuilder out) {
        int at = spectra.column(column);
        if (at < 0) {
            return;
        }
        double[] values = spectra.numbers(at);
        if (Arrays.stream(values).noneMatch(Double::isFinite)) {
            return;
        }
        int error = spectra.column(column + "_err");
        List<Point> links = spectra.rows().stream()
                .map(row -> new Point(
                        address(row),
                        "exposure " + row[spectra.column("exposure")] + ", " + StarPage.rounded(row[at], 3)))
                .toList();
        out.append("<h2>").append(title).append("</h2>\n");
        SvgPlot plot = new SvgPlot("MJD", label, false)
                .withHeight(260)
                .add(new Series(
                        column,
                        spectra.numbers(spectra.column("mjd")),
                        values,
                        error < 0 ? null : spectra.numbers(error),
                        links,
                        false));
        out.append(zoomable(http, plot, column, null).draw());
    }

    /** The magnitudes in bands against time, nothing where there are none. */
    void light(StringBuilder out) {
        boolean there = queries.now().tables().stream()
                .anyMatch(table -> table.fullName().equals("catalogue.objects_lc")
                        && table.column("mag") != null
                        && table.column("mag_err") != null
                        && table.column("exposure") != null);
        if (!there) {
            return;
        }
        String target = String.valueOf(spectra.rows().get(0)[spectra.column("target")]);
        Answer light = queries.ask(
                "SELECT band, mjd, mag, mag_err, exposure FROM catalogue.objects_lc WHERE name = "
                        + Names.literal(target) + " AND mag IS NOT NULL ORDER BY band, mjd",
                20_000);
        Map<String, List<@Nullable Object[]>> bands = new TreeMap<>(
                Comparator.comparingInt(StarPlots::place).thenComparing(Comparator.<String>naturalOrder()));
        light.rows()
                .forEach(row -> bands.computeIfAbsent(String.valueOf(row[0]), band -> new ArrayList<>())
                        .add(row));
        if (bands.isEmpty()) {
            return;
        }
        SvgPlot plot = new SvgPlot("MJD", "AB magnitude above the atmosphere", true);
        bands.forEach((band, rows) -> plot.add(new Series(
                band,
                numbers(rows, 1),
                numbers(rows, 2),
                numbers(rows, 3),
                rows.stream()
                        .map(row -> new Point(
                                points.getOrDefault(String.valueOf(row[4]), new Point("", ""))
                                        .address(),
                                band + " " + StarPage.rounded(row[2], 3) + ", exposure " + row[4]))
                        .toList(),
                false)));
        out.append("<h2>Magnitudes</h2>\n")
                .append(zoomable(http, plot, "light", null).draw());
    }

    private static int place(String band) {
        int at = BANDS.indexOf(band);
        return at < 0 ? BANDS.size() : at;
    }

    private static double[] numbers(List<@Nullable Object[]> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row[column] instanceof Number number ? number.doubleValue() : Double.NaN)
                .toArray();
    }
}
