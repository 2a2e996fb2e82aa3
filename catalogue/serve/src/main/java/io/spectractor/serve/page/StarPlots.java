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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The plots of one star. Each can be shown in part, which the page's address holds. */
final class StarPlots {
    /** Spectra that are drawn over each other at most. */
    private static final int DRAWN = 60;
    /** Stars whose light is drawn at most. */
    private static final int STARS = 20;
    /** Bands from blue to red; others come after them. */
    private static final List<String> BANDS = List.of("u", "BP", "g", "G", "r", "i", "RP", "z", "y");

    private final PageQueries queries;
    private final Html html;
    private final Context http;
    private final String star;
    private final Answer spectra;
    /** For each spectrum what leads to it. */
    private final Map<String, Point> points = new HashMap<>();
    /** The same for each star and exposure, of which a light curve knows no more: the spectrum of lowest order. */
    private final Map<String, Point> exposures = new HashMap<>();

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
        int order = spectra.column("spectral_order");
        Map<String, Integer> orders = new HashMap<>();
        for (@Nullable Object[] row : spectra.rows()) {
            String exposure = String.valueOf(row[spectra.column("exposure")]);
            Integer of = order >= 0 && row[order] instanceof Number number ? number.intValue() : null;
            Point point =
                    new Point(address(row), "exposure " + exposure + (of == null || of == 1 ? "" : ", order " + of));
            points.put(String.valueOf(row[spectra.column("science_sha256")]), point);
            String key = key(row[spectra.column("target")], exposure);
            int size = of == null ? 0 : Math.abs(of);
            if (size < orders.getOrDefault(key, Integer.MAX_VALUE)) {
                orders.put(key, size);
                exposures.put(key, point);
            }
        }
    }

    private static String key(@Nullable Object target, @Nullable Object exposure) {
        return target + "\n" + exposure;
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
        StarSpectra read = StarSpectra.of(queries, condition, table, below);
        Map<String, CoAdd> means = read.means();
        List<Series> lines = new ArrayList<>();
        int step = 1 + (read.all().size() - 1) / DRAWN;
        for (int i = 0; i < read.all().size(); i += step) {
            StarSpectra.One one = read.all().get(i);
            Point link = points.get(one.digest());
            lines.add(new Series(
                    one.group(),
                    one.points().wavelength(),
                    one.points().flux(),
                    null,
                    link == null ? null : List.of(link),
                    true));
        }
        double[] range = usual(lines);
        String label =
                read.above() ? "flux above the atmosphere (erg/s/cm²/nm)" : "flux at the detector (erg/s/cm²/nm)";
        // one colour for each disperser, so that what differs is seen
        SvgPlot all = new SvgPlot("wavelength (nm)", label, false).byLabel(List.copyOf(means.keySet()));
        lines.forEach(all::add);
        out.append("<h2>Spectra</h2>\n");
        out.append(zoomable(http, all, "spectra", range)
                .noting(
                        step > 1
                                ? "One spectrum in " + step + " is drawn. A line leads to its spectrum."
                                : "A line leads to its spectrum.")
                .draw());
        SvgPlot mean = new SvgPlot("wavelength (nm)", label, false);
        means.forEach((name, sum) -> mean.add(new Series(
                name + ", " + sum.spectra() + (sum.spectra() == 1 ? " spectrum" : " spectra"),
                sum.wavelength(),
                sum.flux(),
                sum.error(),
                null,
                true)));
        out.append("<h2>Co-added</h2>\n");
        out.append(zoomable(http, mean, "coadded", range)
                .noting(
                        "Mean weighted by 1/σ². The band is its error: the larger of that of the weights and that of the"
                                + " scatter.")
                .draw());
        out.append("<p>Download the co-added spectrum as ");
        for (String suffix : List.of("fits", "csv", "xml")) {
            out.append("<a href=\"")
                    .append(html.base())
                    .append("/star/coadded.")
                    .append(suffix)
                    .append("?star=");
            out.append(Html.encoded(star));
            String radius = Pages.parameter(http, "radius");
            out.append(radius == null ? "" : "&amp;radius=" + Html.encoded(radius));
            out.append(below ? "&amp;flux=below" : "")
                    .append("\">")
                    .append(suffix)
                    .append("</a> ");
        }
        out.append("</p>\n");
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
        List<String> stars = spectra.rows().stream()
                .map(row -> String.valueOf(row[spectra.column("target")]))
                .distinct()
                .limit(STARS)
                .toList();
        Answer light = queries.ask(
                "SELECT band, mjd, mag, mag_err, exposure, name FROM catalogue.objects_lc WHERE name IN ("
                        + stars.stream().map(Names::literal).collect(Collectors.joining(", "))
                        + ") AND mag IS NOT NULL ORDER BY band, name, mjd",
                20_000);
        Map<String, List<@Nullable Object[]>> bands = new TreeMap<>(
                Comparator.comparingInt(StarPlots::place).thenComparing(Comparator.<String>naturalOrder()));
        light.rows()
                .forEach(row -> bands.computeIfAbsent(
                                row[0] + (stars.size() > 1 ? ", " + row[5] : ""), band -> new ArrayList<>())
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
                                exposures
                                        .getOrDefault(key(row[5], row[4]), new Point("", ""))
                                        .address(),
                                band + " " + StarPage.rounded(row[2], 3) + ", exposure " + row[4]))
                        .toList(),
                false)));
        out.append("<h2>Magnitudes</h2>\n")
                .append(zoomable(http, plot, "light", null).draw());
    }

    private static int place(String band) {
        int at = BANDS.indexOf(band.replaceFirst(",.*", ""));
        return at < 0 ? BANDS.size() : at;
    }

    private static double[] numbers(List<@Nullable Object[]> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row[column] instanceof Number number ? number.doubleValue() : Double.NaN)
                .toArray();
    }
}
