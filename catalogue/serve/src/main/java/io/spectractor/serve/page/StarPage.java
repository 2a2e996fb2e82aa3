package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One star: its spectra over each other and co-added, its light and the air against time; each point leads to its spectrum. */
final class StarPage {
    /** Spectra that are listed and co-added at most. */
    private static final int MOST = 1000;
    /** Names of stars that are looked through at most. */
    private static final int NAMES = 200_000;

    private static final List<String> WANTED = List.of(
            "science_sha256",
            "exposure",
            "mjd",
            "airmass",
            "target",
            "ra",
            "dec",
            "instrument",
            "disperser",
            "pwv",
            "pwv_err",
            "ozone",
            "ozone_err",
            "aerosols",
            "aerosols_err",
            "spectral_order");

    private final PageQueries queries;
    private final Html html;
    private final SpectrumPage spectrum;

    StarPage(PageQueries queries, Html html, SpectrumPage spectrum) {
        this.queries = queries;
        this.html = html;
        this.spectrum = spectrum;
    }

    String page(Context http) {
        @Nullable String star = Pages.parameter(http, "star");
        String chosen = Pages.parameter(http, "spectrum");
        String radius = Pages.parameter(http, "radius");
        boolean below = "below".equals(Pages.parameter(http, "flux"));
        String body = form(star, radius, below);
        TableSpec table = spectra();
        if (table == null) {
            return html.page("Star", "/star", body + "<p>This catalogue has no spectra.</p>\n");
        }
        if (star == null && chosen == null) {
            return html.page("Star", "/star", body + all());
        }
        try {
            if (star == null) {
                star = spectrum.star(String.valueOf(chosen));
            }
            String condition = condition(star, radius);
            return chosen != null
                    ? html.page(star, "/star", spectrum.body(http, star, condition, chosen))
                    : html.page(star, "/star", body + found(http, star, condition, table, below));
        } catch (NotThereException e) {
            http.status(404);
            return html.page("Star", "/star", body + Html.error(e.getMessage()));
        } catch (QueryRejectedException e) {
            http.status(400);
            return html.page("Star", "/star", body + Html.error(e.getMessage()));
        }
    }

    private @Nullable TableSpec spectra() {
        return queries.now().tables().stream()
                .filter(table -> table.fullName().equals("catalogue.spectra")
                        && table.column("spectrum_wavelength") != null
                        && table.column("science_sha256") != null)
                .findFirst()
                .orElse(null);
    }

    private String form(@Nullable String star, @Nullable String radius, boolean below) {
        return "<form action=\"" + html.base()
                + "/star\"><div class=\"row\"><label>Name, or position: degrees, or 12:53:15.1 -18:31:20"
                + "<input name=\"star\" required value=\"" + Html.text(star)
                + "\"></label><label>Radius, arcsec (of a position)"
                + "<input class=\"short\" name=\"radius\" inputmode=\"decimal\" value=\""
                + Html.text(radius == null ? "10" : radius)
                + "\"></label><label>Flux<select name=\"flux\"><option value=\"above\">above the atmosphere</option>"
                + "<option value=\"below\"" + (below ? " selected" : "")
                + ">at the detector</option></select></label><button>Show</button></div></form>\n";
    }

    private String all() {
        Answer stars = queries.ask(
                "SELECT target, COUNT(*) AS n, AVG(ra) AS ra, AVG(dec) AS dec FROM catalogue.spectra GROUP BY target"
                        + " ORDER BY target",
                2000);
        List<SkyMap.Place> places = new ArrayList<>();
        StringBuilder out = new StringBuilder("<p class=\"names\">");
        for (@Nullable Object[] row : stars.rows()) {
            String name = String.valueOf(row[0]);
            String address = html.base() + "/star?star=" + Html.encoded(name);
            out.append("<a href=\"").append(Html.text(address)).append("\">").append(Html.text(name));
            out.append("</a>&nbsp;(").append(row[1]).append(") ");
            if (row[2] instanceof Number ra && row[3] instanceof Number dec) {
                places.add(new SkyMap.Place(ra.doubleValue(), dec.doubleValue(), name, address));
            }
        }
        return out.append("</p>\n").append(SkyMap.places(places)).toString();
    }

    private String condition(String star, @Nullable String radius) {
        double[] at = WrittenPosition.of(star);
        if (at != null) {
            double arcsec = radius == null ? 10 : isNumber(radius) ? Double.parseDouble(radius) : Double.NaN;
            if (!(arcsec >= 0 && arcsec <= 3600 * 180)) {
                throw new QueryRejectedException("radius '" + radius + "' is not a number of arcseconds");
            }
            return "1 = CONTAINS(POINT(ra, dec), CIRCLE(" + at[0] + ", " + at[1] + ", " + arcsec / 3600 + "))";
        }
        return named(star);
    }

    /** As the catalogue writes names: one star whatever its blanks and capitals. */
    private String named(String star) {
        String direct = "target = " + Names.literal(star);
        if (!queries.ask("SELECT TOP 1 target FROM catalogue.spectra WHERE " + direct, 1)
                .rows()
                .isEmpty()) {
            return direct;
        }
        String wanted = plain(star);
        List<String> names = queries.ask("SELECT DISTINCT target FROM catalogue.spectra", NAMES).rows().stream()
                .map(row -> String.valueOf(row[0]))
                .filter(name -> plain(name).equals(wanted))
                .toList();
        return names.isEmpty()
                ? direct
                : names.stream().map(Names::literal).collect(Collectors.joining(", ", "target IN (", ")"));
    }

    private static String plain(String name) {
        return name.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    /** The co-added spectrum as a file. */
    void coAdded(Context http, String suffix) {
        String star = Pages.parameter(http, "star");
        TableSpec table = spectra();
        if (star == null || table == null) {
            throw new QueryRejectedException(star == null ? "star is missing" : "this catalogue has no spectra");
        }
        StarSpectra spectra = StarSpectra.of(
                queries,
                condition(star, Pages.parameter(http, "radius")),
                table,
                "below".equals(Pages.parameter(http, "flux")));
        if (spectra.all().isEmpty()) {
            throw new NotThereException("no spectrum of " + star + " is here");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            spectra.write(star, suffix, out);
        } catch (IOException e) {
            throw new UncheckedIOException("the co-added spectrum cannot be written", e);
        }
        http.header(
                        "Content-Disposition",
                        "attachment; filename=\"" + star.replaceAll("[^A-Za-z0-9.+-]", "_") + "-coadded." + suffix
                                + "\"")
                .contentType(StarSpectra.FILES.getOrDefault(suffix, "text/plain"))
                .result(out.toByteArray());
    }

    /** Where a star is, degrees; null if it is not here. */
    double @Nullable [] position(String name) {
        if (spectra() == null) {
            return null;
        }
        Answer found = queries.ask("SELECT TOP 1 ra, dec FROM catalogue.spectra WHERE " + named(name), 1);
        return !found.rows().isEmpty()
                        && found.rows().get(0)[0] instanceof Number ra
                        && found.rows().get(0)[1] instanceof Number dec
                ? new double[] {ra.doubleValue(), dec.doubleValue()}
                : null;
    }

    private static boolean isNumber(String word) {
        return word.matches("[+-]?[0-9]{1,6}(\\.[0-9]{0,12})?");
    }

    private String found(Context http, String star, String condition, TableSpec table, boolean below) {
        List<String> columns =
                WANTED.stream().filter(name -> table.column(name) != null).toList();
        Answer spectra = queries.ask(
                "SELECT " + String.join(", ", columns) + " FROM catalogue.spectra WHERE " + condition + " ORDER BY mjd",
                MOST);
        if (spectra.rows().isEmpty()) {
            if (WrittenPosition.of(star) == null) {
                http.status(404);
            }
            return "<p>No spectrum of it is here.</p>\n" + all();
        }
        StringBuilder out = new StringBuilder();
        if (spectra.overflow()) {
            out.append("<p class=\"note\">There are more; the first ")
                    .append(MOST)
                    .append(" are shown.</p>\n");
        }
        elsewhere(spectra, condition, out);
        StarPlots plots = new StarPlots(queries, html, http, star, spectra);
        plots.spectra(condition, table, below, out);
        plots.light(out);
        plots.air("pwv", "Water", "precipitable water (mm)", out);
        plots.air("ozone", "Ozone", "ozone (Dobson units)", out);
        plots.air("aerosols", "Aerosols", "vertical optical depth of aerosols", out);
        list(star, spectra, out);
        return out.toString();
    }

    private void elsewhere(Answer spectra, String condition, StringBuilder out) {
        int ra = spectra.column("ra");
        int dec = spectra.column("dec");
        if (ra >= 0
                && dec >= 0
                && spectra.rows().get(0)[ra] instanceof Number a
                && spectra.rows().get(0)[dec] instanceof Number d) {
            out.append("<p>")
                    .append(spectra.rows().size())
                    .append(" spectra at ")
                    .append(rounded(a, 5))
                    .append(' ');
            out.append(rounded(d, 5)).append(". ");
            out.append(ExternalLinks.aladin(a.doubleValue(), d.doubleValue())).append(' ');
            out.append(ExternalLinks.samp(
                    html.base() + "/tap/sync?LANG=ADQL&QUERY="
                            + Html.encoded("SELECT target, exposure, mjd, airmass, ra, dec, science_sha256 FROM"
                                    + " catalogue.spectra WHERE " + condition),
                    "spectra"));
            out.append("</p>\n");
        }
    }

    static String rounded(@Nullable Object value, int decimals) {
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%." + decimals + "f", number.doubleValue())
                : "";
    }

    private void list(String star, Answer spectra, StringBuilder out) {
        out.append("<details><summary>List of the spectra</summary><div class=\"wide\"><table><tr><th>exposure</th>"
                + "<th>MJD</th><th>airmass</th><th>download</th></tr>\n");
        for (@Nullable Object[] row : spectra.rows()) {
            String digest = String.valueOf(row[0]);
            out.append("<tr><td><a href=\"").append(Html.text(SpectrumPage.address(html, star, digest)));
            out.append("\">").append(Html.text(row[1])).append("</a></td><td>").append(rounded(row[2], 5));
            out.append("</td><td>").append(rounded(row[3], 3)).append("</td><td>");
            SpectrumPage.downloads(html, digest, out);
            out.append("</td></tr>\n");
        }
        out.append("</table></div></details>\n");
    }
}
