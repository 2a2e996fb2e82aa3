package io.spectractor.serve.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRefused;
import io.spectractor.serve.data.Site;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages: what there is, and the two that ask. Each view is an address; none needs a script or another server. */
public final class Pages {
    private final Answers answers;
    private final Html html;
    private final ExplorePage explore;
    private final StarPage star;
    private final String style;
    private final String live;

    /**
     * @param html what all pages have in common
     */
    public Pages(Site site, Engine engine, Html html) throws IOException {
        this.answers = new Answers(site, engine);
        this.html = html;
        this.explore = new ExplorePage(answers, html);
        this.star = new StarPage(answers, html);
        this.style = resource("style.css");
        this.live = resource("live.js");
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get("/", http -> page(http, this::home));
        routes.get("/explore", http -> page(http, () -> explore.page(http)));
        routes.get("/star", http -> page(http, () -> star.page(http)));
        routes.get("/style.css", http -> http.contentType("text/css").result(style));
        routes.get("/live.js", http -> http.contentType("text/javascript").result(live));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void page(Context http, Supplier<String> page) {
        http.contentType("text/html; charset=utf-8");
        try {
            http.result(page.get());
        } catch (QueryRefused e) {
            http.status(400).result(html.page("That did not work", "", Html.error(e.getMessage())));
        } catch (BusyException e) {
            http.status(503).result(html.page("Busy", "", Html.error(e.getMessage())));
        }
    }

    private String home() {
        StringBuilder out = new StringBuilder();
        Site.Snapshot now = answers.now();
        List<TableSpec> tables = now.tables().stream()
                .filter(table -> !table.schema().equals("TAP_SCHEMA"))
                .toList();
        if (tables.isEmpty()) {
            out.append("<p>The catalogue is empty. <code>spectractor catalogue add</code> puts spectra into it.</p>\n");
        }
        out.append("<div class=\"wide\"><table><tr><th>table</th><th>what it is</th><th>columns</th><th></th></tr>\n");
        for (TableSpec table : tables) {
            String query = "SELECT TOP 100 *\nFROM " + table.fullName();
            out.append("<tr><td><a href=\"#")
                    .append(Html.text(table.fullName()))
                    .append("\">")
                    .append(Html.text(table.fullName()))
                    .append("</a></td><td>")
                    .append(Html.text(table.description()))
                    .append("</td><td>")
                    .append(table.columns().size())
                    .append("</td><td><a href=\"")
                    .append(html.base())
                    .append("/explore?query=")
                    .append(Html.encoded(query))
                    .append("\">look</a></td></tr>\n");
        }
        out.append("</table></div>\n");
        out.append("<h2>For programs</h2>\n<p>TAP <code>")
                .append(html.base())
                .append(
                        "/tap</code>, cone search <code>/scs/<i>table</i></code>, SSA <code>/ssa</code>, DataLink <code>/datalink</code>, HATS <a href=\"")
                .append(html.base())
                .append("/hats\"><code>/hats</code></a>; <a href=\"")
                .append(html.base())
                .append("/tap/examples\">examples of queries</a>.</p>\n");
        tables.forEach(table -> table(table, now, out));
        return html.page("Tables", "/", out.toString());
    }

    private void table(TableSpec table, Site.Snapshot now, StringBuilder out) {
        out.append("<h2 id=\"")
                .append(Html.text(table.fullName()))
                .append("\">")
                .append(Html.text(table.fullName()))
                .append("</h2>\n");
        var catalogue =
                table.schema().equals("catalogue") ? now.collection().tables().get(table.name()) : null;
        if (catalogue != null) {
            out.append("<p class=\"note\">");
            new TreeMap<>(catalogue.properties()).forEach((key, value) -> {
                if (isProvenance(key)) {
                    out.append(Html.text(key))
                            .append(": ")
                            .append(Html.text(value))
                            .append("<br>");
                }
            });
            out.append("</p>\n");
        }
        out.append(
                "<details><summary>columns</summary><div class=\"wide\"><table><tr><th>column</th><th>unit</th><th>type</th><th>meaning</th></tr>\n");
        for (ColumnSpec column : table.columns()) {
            out.append("<tr><td><code>")
                    .append(Html.text(Names.spelled(column.name())))
                    .append("</code></td><td>")
                    .append(Html.text(column.unit()))
                    .append("</td><td>")
                    .append(column.type().datatype())
                    .append(column.type().isArray() ? " array" : "")
                    .append("</td><td>")
                    .append(Html.text(column.description()))
                    .append("</td></tr>\n");
        }
        out.append("</table></div></details>\n");
    }

    private static boolean isProvenance(String key) {
        return key.startsWith("hats_builder")
                || key.startsWith("hats_creation")
                || key.startsWith("spectractor")
                || key.equals("hats_nrows");
    }

    static @Nullable String parameter(Context http, String name) {
        String value = http.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    static Map<String, String> formats() {
        return Map.of("CSV", "csv", "FITS", "fits", "Parquet", "parquet", "VOTable", "votable");
    }
}
