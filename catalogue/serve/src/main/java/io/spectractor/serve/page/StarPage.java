package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRefused;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.Answers.Answer;
import io.spectractor.serve.page.SvgPlot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One star: its spectra over each other, water and light against time; each point leads to its spectrum. */
final class StarPage {
    private static final int MOST_SPECTRA = 60;

    private final Answers answers;
    private final Html html;

    StarPage(Answers answers, Html html) {
        this.answers = answers;
        this.html = html;
    }

    String page(Context http) {
        String star = Pages.parameter(http, "star");
        String radius = Pages.parameter(http, "radius");
        String body = form(star, radius);
        if (!has("spectra", "spectrum_wavelength")) {
            return html.page("Star", "/star", body + "<p>This catalogue has no spectra.</p>\n");
        }
        if (star == null) {
            return html.page("Star", "/star", body + all());
        }
        try {
            String chosen = Pages.parameter(http, "spectrum");
            return html.page(star, "/star", body + found(star, condition(star, radius), chosen));
        } catch (QueryRefused e) {
            http.status(400);
            return html.page("Star", "/star", body + Html.error(e.getMessage()));
        }
    }

    private boolean has(String name, String column) {
        return answers.now().tables().stream().anyMatch(table -> isOurs(table, name) && table.column(column) != null);
    }

    private static boolean isOurs(TableSpec table, String name) {
        return table.schema().equals("catalogue") && table.name().equals(name);
    }

    private String form(@Nullable String star, @Nullable String radius) {
        return "<form action=\"" + html.base()
                + "/star\"><div class=\"row\"><label>Name, or right ascension and declination in degrees"
                + "<input name=\"star\" required value=\"" + Html.text(star)
                + "\"></label><label>Radius, arcsec (of a position)"
                + "<input name=\"radius\" inputmode=\"decimal\" value=\"" + Html.text(radius == null ? "10" : radius)
                + "\"></label><button>Show</button></div></form>\n";
    }

    private String all() {
        Answer stars = answers.ask(
                "SELECT target, COUNT(*) AS n FROM catalogue.spectra GROUP BY target ORDER BY target", 2000);
        StringBuilder out = new StringBuilder("<p>");
        for (Object[] row : stars.rows()) {
            String name = String.valueOf(row[0]);
            out.append("<a href=\"")
                    .append(html.base())
                    .append("/star?star=")
                    .append(Html.encoded(name))
                    .append("\">")
                    .append(Html.text(name))
                    .append("</a>&nbsp;(")
                    .append(row[1])
                    .append(") ");
        }
        return out.append("</p>\n").toString();
    }

    private static String condition(String star, @Nullable String radius) {
        String[] words = star.split("[,\\s]+", -1);
        if (words.length == 2 && isNumber(words[0]) && isNumber(words[1])) {
            double arcsec = radius == null ? 10 : isNumber(radius) ? Double.parseDouble(radius) : Double.NaN;
            if (!(arcsec >= 0 && arcsec <= 3600 * 180)) {
                throw new QueryRefused("radius '" + radius + "' is no number of arcseconds");
            }
            return "1 = CONTAINS(POINT(ra, dec), CIRCLE(" + Double.parseDouble(words[0]) + ", "
                    + Double.parseDouble(words[1]) + ", " + arcsec / 3600 + "))";
        }
        return "UPPER(target) = " + Names.literal(star.toUpperCase(Locale.ROOT));
    }

    private static boolean isNumber(String word) {
        return word.matches("[+-]?[0-9]{1,6}(\\.[0-9]{0,12})?");
    }

    private String found(String star, String condition, @Nullable String chosen) {
        String one = chosen == null ? "" : " AND science_sha256 = " + Names.literal(chosen);
        Answer spectra = answers.ask(
                "SELECT science_sha256, exposure, mjd, airmass" + (has("spectra", "pwv") ? ", pwv" : "")
                        + ", target, spectrum_wavelength, spectrum_flux" + " FROM catalogue.spectra WHERE " + condition
                        + one + " ORDER BY mjd",
                MOST_SPECTRA);
        if (spectra.rows().isEmpty()) {
            return "<p>No spectrum of it is here.</p>\n" + all();
        }
        StringBuilder out = new StringBuilder("<h2>Spectra</h2>\n");
        if (spectra.overflow()) {
            out.append("<p class=\"note\">There are more; the first ")
                    .append(MOST_SPECTRA)
                    .append(" are shown.</p>\n");
        }
        int lambda = spectra.column("spectrum_wavelength");
        SvgPlot plot = new SvgPlot("wavelength (nm)", "flux at the detector (erg/s/cm²/nm)", false);
        for (Object[] row : spectra.rows()) {
            if (row[lambda] instanceof double[] x && row[lambda + 1] instanceof double[] y && x.length == y.length) {
                plot.add(Series.line(String.valueOf(row[1]), x, y));
            }
        }
        out.append(
                spectra.rows().size() > 12
                        ? plot.draw().replaceFirst("(?s)</svg>\n<p>.*</p>\n", "</svg>\n")
                        : plot.draw());
        if (chosen == null) {
            series(star, spectra, out);
            light(String.valueOf(spectra.rows().get(0)[spectra.column("target")]), out);
        } else {
            out.append("<p><a href=\"")
                    .append(html.base())
                    .append("/star?star=")
                    .append(Html.encoded(star))
                    .append("\">all of this star</a></p>\n");
        }
        list(star, spectra, out);
        return out.toString();
    }

    private void series(String star, Answer spectra, StringBuilder out) {
        int pwv = spectra.column("pwv");
        if (pwv < 0) {
            return;
        }
        List<SvgPlot.Point> links = new ArrayList<>();
        spectra.rows()
                .forEach(row ->
                        links.add(new SvgPlot.Point(link(star, String.valueOf(row[0])), String.valueOf(row[1]))));
        out.append("<h2>Water</h2>\n")
                .append(new SvgPlot("MJD", "precipitable water (mm)", false)
                        .add(new Series(
                                "pwv",
                                spectra.numbers(spectra.column("mjd")),
                                spectra.numbers(pwv),
                                null,
                                links,
                                false))
                        .draw());
    }

    private void light(String target, StringBuilder out) {
        if (!has("objects_lc", "mag")) {
            return;
        }
        Answer points = answers.ask(
                "SELECT band, mjd, mag FROM catalogue.objects_lc WHERE name = " + Names.literal(target)
                        + " AND mag IS NOT NULL ORDER BY band, mjd",
                5000);
        Map<String, List<Object[]>> bands = new TreeMap<>();
        points.rows()
                .forEach(row -> bands.computeIfAbsent(String.valueOf(row[0]), band -> new ArrayList<>())
                        .add(row));
        if (bands.isEmpty()) {
            return;
        }
        SvgPlot plot = new SvgPlot("MJD", "AB magnitude above the air", true);
        bands.forEach(
                (band, rows) -> plot.add(new Series(band, numbers(rows, 1), numbers(rows, 2), null, null, false)));
        out.append("<h2>Light</h2>\n").append(plot.draw());
    }

    private static double[] numbers(List<Object[]> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row[column] instanceof Number number ? number.doubleValue() : Double.NaN)
                .toArray();
    }

    private String link(String star, String digest) {
        return html.base() + "/star?star=" + Html.encoded(star) + "&spectrum=" + Html.encoded(digest);
    }

    private static String rounded(@Nullable Object value, int decimals) {
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%." + decimals + "f", number.doubleValue())
                : "";
    }

    private void list(String star, Answer spectra, StringBuilder out) {
        out.append(
                "<div class=\"wide\"><table><tr><th>exposure</th><th>MJD</th><th>airmass</th><th>download</th></tr>\n");
        for (Object[] row : spectra.rows()) {
            String digest = String.valueOf(row[0]);
            out.append("<tr><td><a href=\"")
                    .append(Html.text(link(star, digest)))
                    .append("\">")
                    .append(Html.text(row[1]))
                    .append("</a></td><td>")
                    .append(rounded(row[2], 5))
                    .append("</td><td>")
                    .append(rounded(row[3], 3))
                    .append("</td><td>");
            for (String suffix : List.of("fits", "csv", "xml")) {
                out.append("<a href=\"")
                        .append(html.base())
                        .append("/spectrum/")
                        .append(Html.encoded(digest))
                        .append('.')
                        .append(suffix)
                        .append("\">")
                        .append(suffix)
                        .append("</a> ");
            }
            out.append("</td></tr>\n");
        }
        out.append("</table></div>\n");
    }
}
