package io.spectractor.serve.page;

import io.javalin.http.Context;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.data.TableSpec;
import io.spectractor.serve.page.PageQueries.Answer;
import io.spectractor.sky.Healpix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What there is: the tables, where on the sky their rows lie, and how they came to be. */
final class TablesPage {
    private static final int MAP_ORDER = 5;
    private static final int MAPS = 50;
    /** So many pixels with rows are marked one by one. */
    private static final int SINGLE = 400;
    /** Columns that say what made a row. */
    private static final List<String> ORIGINS = List.of("run", "code_version", "config_sha256", "calibration_sha256");

    private static final int SHOWN_ORIGINS = 100;
    /** Digits of a digest that are shown. */
    private static final int DIGITS = 12;

    private final PageQueries queries;
    private final Html html;
    /** Maps of the state that was looked at last. */
    private final Map<String, String> maps = new ConcurrentHashMap<>();

    TablesPage(PageQueries queries, Html html) {
        this.queries = queries;
        this.html = html;
    }

    String home() {
        StringBuilder out = new StringBuilder();
        ServedCatalogue.Snapshot now = queries.now();
        List<TableSpec> tables = now.tables().stream()
                .filter(table -> !table.schema().equals("TAP_SCHEMA"))
                .toList();
        if (tables.isEmpty()) {
            out.append("<p>The catalogue is empty. <code>spectractor catalogue add</code> puts spectra into it.</p>\n");
        } else {
            spectra(tables, out);
            list(tables, now, out);
        }
        tables.stream()
                .filter(table -> table.sky() != null && !table.schema().equals("ivoa"))
                .findFirst()
                .ifPresent(table -> out.append("<h2>Where ")
                        .append(Html.text(table.fullName()))
                        .append(" has rows</h2>\n")
                        .append(map(table)));
        out.append("<h2>For programs</h2>\n<p>TAP <a href=\"")
                .append(html.base())
                .append("/tap\"><code>");
        out.append(html.base());
        out.append("/tap</code></a>, cone search <code>")
                .append(html.base())
                .append("/scs/<i>table</i></code>, SSA <code>");
        out.append(html.base()).append("/ssa</code>, DataLink <code>").append(html.base());
        out.append("/datalink</code>, HATS <a href=\"").append(html.base()).append("/hats\"><code>");
        out.append(html.base()).append("/hats</code></a>; <a href=\"").append(html.base());
        out.append("/tap/examples\">examples of queries</a>.</p>\n");
        out.append(
                "<details><summary>Tell a registry of the Virtual Observatory</summary><p>A publishing registry takes"
                        + " this description of the server; others find it then. It names the address by which the server knows"
                        + " itself (<code>--public-url</code>), and your authority (<code>--authority</code>).</p><form action=\"");
        out.append(html.base()).append("/voresource.xml\"><div class=\"row\">");
        for (String name : List.of("publisher", "contact", "email")) {
            out.append("<label>")
                    .append(name)
                    .append("<input required name=\"")
                    .append(name)
                    .append("\"></label>");
        }
        out.append("<button>Description</button></div></form></details>\n");
        return html.page("Tables", "/", out.toString());
    }

    /** How many spectra of how many stars there are, and from when to when. */
    private void spectra(List<TableSpec> tables, StringBuilder out) {
        boolean there = tables.stream()
                .anyMatch(table -> table.fullName().equals("catalogue.spectra")
                        && table.column("target") != null
                        && table.column("mjd") != null);
        if (!there) {
            return;
        }
        @Nullable
        Object[] row = queries.ask(
                        "SELECT COUNT(*), COUNT(DISTINCT target), MIN(mjd), MAX(mjd) FROM catalogue.spectra", 1)
                .rows()
                .get(0);
        if (row[0] instanceof Number n
                && row[1] instanceof Number stars
                && row[2] instanceof Number first
                && row[3] instanceof Number last) {
            out.append("<p>")
                    .append(Html.count(n.longValue()))
                    .append(" spectra of <a href=\"")
                    .append(html.base());
            out.append("/star\">")
                    .append(Html.count(stars.longValue()))
                    .append(stars.longValue() == 1 ? " star" : " stars");
            out.append("</a>, from ").append(Html.day(first.doubleValue())).append(" to ");
            out.append(Html.day(last.doubleValue())).append(".</p>\n");
        }
    }

    private void list(List<TableSpec> tables, ServedCatalogue.Snapshot now, StringBuilder out) {
        out.append("<div class=\"wide\"><table><tr><th>table</th><th>what it is</th><th class=\"n\">rows</th>"
                + "<th class=\"n\">columns</th><th></th></tr>\n");
        for (TableSpec table : tables) {
            out.append("<tr><td><a href=\"").append(html.base()).append("/table?name=");
            out.append(Html.encoded(table.fullName())).append("\">");
            // may be broken there on a phone
            out.append(Html.text(table.fullName()).replace(".", ".<wbr>").replace("_", "_<wbr>"));
            // the rows have a column of their own here
            String description = table.description().replaceFirst(", [0-9]+ rows$", "");
            out.append("</a></td><td>").append(Html.text(description)).append("</td><td class=\"n\">");
            var catalogue = now.collection().tables().get(table.name());
            boolean counted = catalogue != null && table.schema().equals("catalogue") && catalogue.rows() >= 0;
            out.append(counted ? Html.count(catalogue.rows()) : "").append("</td><td class=\"n\">");
            out.append(table.columns().size()).append("</td><td><a href=\"").append(html.base());
            out.append("/explore?table=").append(Html.encoded(table.fullName())).append("\">explore</a></td></tr>\n");
        }
        out.append("</table></div>\n");
    }

    /** One table. */
    String table(Context http) {
        String name = Pages.parameter(http, "name");
        ServedCatalogue.Snapshot now = queries.now();
        TableSpec table = now.tables().stream()
                .filter(one -> one.isNamed(String.valueOf(name)))
                .findFirst()
                .orElseThrow(() ->
                        new NotThereException(name == null ? "name=TABLE is missing" : "there is no table " + name));
        StringBuilder out =
                new StringBuilder("<p>").append(Html.text(table.description())).append(". <a href=\"");
        out.append(html.base()).append("/explore?table=").append(Html.encoded(table.fullName()));
        out.append("\">Explore it</a></p>\n");
        if (table.sky() != null) {
            out.append("<h2>Where its rows lie</h2>\n").append(map(table));
        }
        provenance(table, now, out);
        columns(table, out);
        return html.page(table.fullName(), "/", out.toString());
    }

    /** What stands at the address of TAP, where programs ask and people look. */
    String tap() {
        String tap = html.base() + "/tap";
        StringBuilder out =
                new StringBuilder("<p>This is the address for TAP clients: TOPCAT takes it in its window of TAP"
                        + " (\"TAP URL\"), and pyvo so:</p>\n<pre>import pyvo\n\npyvo.dal.TAPService(\"http://.../tap\").search(\"SELECT"
                        + " TOP 10 * FROM TAP_SCHEMA.tables\").to_table()</pre>\n<ul>");
        String[][] documents = {
            {"examples", "examples of queries"},
            {"tables", "the tables, as XML"},
            {"capabilities", "what it can do, as XML"},
            {"availability", "whether it is there, as XML"},
            {"async", "jobs in the background, as XML"},
        };
        for (String[] one : documents) {
            out.append("<li><a href=\"").append(tap).append('/').append(one[0]).append("\">");
            out.append(one[1]).append("</a></li>\n");
        }
        out.append("</ul>\n<p>To ask by hand, <a href=\"").append(html.base()).append("/explore\">explore</a>.</p>\n");
        return html.page("TAP", "", out.toString());
    }

    private String map(TableSpec table) {
        if (table.column("_healpix_29") == null) {
            return "<p class=\"note\">It has no column <code>_healpix_29</code>, so there is no map.</p>\n";
        }
        String key = queries.now().collection().state() + " " + table.fullName();
        String known = maps.get(key);
        if (known != null) {
            return known;
        }
        long cells = 1L << (2 * (29 - MAP_ORDER));
        Answer found = queries.ask(
                "SELECT _healpix_29 / " + cells + " AS pixel, COUNT(*) AS n FROM " + table.fullName()
                        + " GROUP BY _healpix_29 / " + cells,
                20_000);
        Map<Long, Long> counts = new HashMap<>();
        for (@Nullable Object[] row : found.rows()) {
            if (row[0] instanceof Number pixel && row[1] instanceof Number n) {
                counts.put(pixel.longValue(), n.longValue());
            }
        }
        String drawn = counts.size() <= SINGLE
                ? SkyMap.places(places(table, counts))
                : SkyMap.density(
                        (ra, dec) -> counts.getOrDefault(Healpix.pixel(MAP_ORDER, ra, dec), 0L),
                        "rows of " + table.fullName() + " on the sky");
        if (maps.size() >= MAPS) {
            maps.clear();
        }
        maps.put(key, drawn);
        return drawn;
    }

    private List<SkyMap.Place> places(TableSpec table, Map<Long, Long> counts) {
        List<SkyMap.Place> places = new ArrayList<>();
        counts.forEach((pixel, n) -> {
            double[] centre = Healpix.centre(MAP_ORDER, pixel);
            places.add(new SkyMap.Place(
                    centre[0],
                    centre[1],
                    n == 1 ? "1 row" : n + " rows",
                    html.base() + "/explore?table=" + Html.encoded(table.fullName())
                            + String.format(Locale.ROOT, "&ra=%.4f&dec=%.4f&radius=1.5", centre[0], centre[1])));
        });
        return places;
    }

    private void provenance(TableSpec table, ServedCatalogue.Snapshot now, StringBuilder out) {
        String owner = owner(table, now);
        if (owner == null) {
            return;
        }
        out.append("<h2>How it came to be</h2>\n");
        if (!owner.equals(table.name())) {
            out.append("<p>Its rows are made of those of <a href=\"").append(html.base());
            out.append("/table?name=catalogue.").append(Html.encoded(owner)).append("\">catalogue.");
            out.append(Html.text(owner)).append("</a>.</p>\n");
        }
        now.tables().stream()
                .filter(one -> one.schema().equals("catalogue") && one.name().equals(owner))
                .findFirst()
                .ifPresent(one -> origins(one, out));
        out.append("<dl>");
        new TreeMap<>(now.collection().tables().get(owner).properties())
                .forEach((key, value) -> out.append("<dt>")
                        .append(Html.text(key))
                        .append("</dt><dd>")
                        .append(Html.text(value))
                        .append("</dd>\n"));
        out.append("</dl>\n");
    }

    /** Name of the catalogue that a table's rows come from: its own, that of its lists, or that of the spectra; null if none. */
    private static @Nullable String owner(TableSpec table, ServedCatalogue.Snapshot now) {
        if (table.schema().equals("ivoa")) {
            return now.collection().tables().containsKey("spectra") ? "spectra" : null;
        }
        return table.schema().equals("catalogue")
                ? now.collection().tables().keySet().stream()
                        .filter(name ->
                                table.name().equals(name) || table.name().startsWith(name + "_"))
                        .max(Comparator.comparingInt(String::length))
                        .orElse(null)
                : null;
    }

    /** How many rows are of which run, code, configuration and calibration. */
    private void origins(TableSpec table, StringBuilder out) {
        List<String> columns =
                ORIGINS.stream().filter(name -> table.column(name) != null).toList();
        if (columns.isEmpty()) {
            return;
        }
        String list = String.join(", ", columns);
        Answer found = queries.ask(
                "SELECT " + list + ", COUNT(*) AS n FROM " + table.fullName() + " GROUP BY " + list
                        + " ORDER BY n DESC, " + list,
                SHOWN_ORIGINS);
        out.append("<div class=\"wide\"><table><tr>");
        columns.forEach(name ->
                out.append("<th>").append(Html.text(name.replace('_', ' '))).append("</th>"));
        out.append("<th class=\"n\">rows</th></tr>\n");
        for (@Nullable Object[] row : found.rows()) {
            out.append("<tr>");
            for (int i = 0; i < columns.size(); i++) {
                String text = row[i] == null ? "-" : row[i].toString();
                boolean digest = columns.get(i).endsWith("_sha256") && text.length() > DIGITS;
                out.append("<td").append(digest ? " title=\"" + Html.text(text) + "\">" : ">");
                out.append(Html.text(digest ? text.substring(0, DIGITS) : text)).append("</td>");
            }
            out.append("<td class=\"n\">")
                    .append(row[columns.size()] instanceof Number n ? Html.count(n.longValue()) : "")
                    .append("</td></tr>\n");
        }
        out.append("</table></div>\n");
        out.append(found.overflow() ? "<p class=\"note\">There are more; those with most rows are shown.</p>\n" : "");
    }

    private static void columns(TableSpec table, StringBuilder out) {
        out.append("<h2>Columns</h2>\n<div class=\"wide\"><table><tr><th>column</th><th>unit</th><th>type</th>"
                + "<th>meaning</th></tr>\n");
        for (ColumnSpec column : table.columns()) {
            out.append("<tr><td><code>")
                    .append(Html.text(Names.spelled(column.name())))
                    .append("</code></td><td>");
            out.append(Html.text(Html.unit(column.unit())))
                    .append("</td><td>")
                    .append(column.type().datatype());
            out.append(column.type().isArray() ? " array" : "").append("</td><td>");
            out.append(Html.text(column.description())).append("</td></tr>\n");
        }
        out.append("</table></div>\n");
    }
}
