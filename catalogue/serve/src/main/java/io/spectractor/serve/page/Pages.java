package io.spectractor.serve.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.hats.CatalogueException;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.OutputFolders;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.vo.Jobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages of a catalogue. Each view is an address; none needs another server, and a script only adds to it. */
public final class Pages {
    private static final Map<String, String> RESOURCES = Map.of(
            "style.css", "text/css",
            "live.js", "text/javascript",
            "requests.js", "text/javascript",
            "samp.js", "text/javascript",
            "plots.js", "text/javascript");

    private final Html html;
    private final TablesPage tables;
    private final ExplorePage explore;
    private final StarPage star;
    private final RequestsPage requests;

    /**
     * The pages.
     *
     * @param html what all pages have in common
     * @param folders where products and pictures may be
     */
    public Pages(ServedCatalogue site, Engine engine, Jobs jobs, OutputFolders folders, Html html, CsrfToken csrf) {
        PageQueries queries = new PageQueries(site, engine);
        this.html = html;
        this.tables = new TablesPage(queries, html);
        this.explore = new ExplorePage(queries, html, csrf);
        this.star = new StarPage(queries, html, new SpectrumPage(queries, html, folders));
        this.requests = new RequestsPage(jobs, html, csrf, engine.limits().mostRows());
    }

    /** Adds them. */
    public void add(RoutesConfig routes) throws IOException {
        routes.get("/", http -> page(http, tables::home));
        routes.get("/tap", http -> page(http, tables::tap));
        routes.get("/table", http -> page(http, () -> tables.table(http)));
        routes.get("/explore", http -> page(http, () -> explore.page(http)));
        routes.get("/star", http -> page(http, () -> star.page(http)));
        for (String suffix : StarSpectra.FILES.keySet()) {
            routes.get("/star/coadded." + suffix, http -> change(http, () -> star.coAdded(http, suffix)));
        }
        routes.get("/requests", http -> page(http, requests::page));
        routes.post("/requests", http -> change(http, () -> requests.create(http)));
        routes.post("/requests/{id}/delete", http -> change(http, () -> requests.delete(http)));
        for (Map.Entry<String, String> entry : RESOURCES.entrySet()) {
            String text = resource(entry.getKey());
            routes.get(
                    "/" + entry.getKey(),
                    http -> http.contentType(entry.getValue() + "; charset=utf-8")
                            .result(text));
        }
    }

    /** Where one of the stars here is, degrees; null if it is none of them. */
    public double @Nullable [] position(String name) {
        return star.position(name);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void page(Context http, Supplier<String> page) {
        change(http, () -> http.contentType("text/html; charset=utf-8").result(page.get()));
    }

    private void change(Context http, Runnable work) {
        try {
            work.run();
        } catch (NotThereException e) {
            said(http, 404, "Not here", e.getMessage());
        } catch (QueryRejectedException e) {
            said(http, 400, "That did not work", e.getMessage());
        } catch (BusyException e) {
            said(http.header("Retry-After", "30"), 503, "Busy", e.getMessage());
        } catch (CatalogueException e) {
            said(http, 503, "The catalogue cannot be read now", e.getMessage());
        }
    }

    private void said(Context http, int status, String title, @Nullable String message) {
        http.status(status).contentType("text/html; charset=utf-8").result(html.page(title, "", Html.error(message)));
    }

    /** Makes a page of what a browser would see as bare text; programs, which ask for no page, get the text. */
    public static void notFound(Context http, Html html) {
        String accepted = http.header("Accept");
        String said = http.result();
        if (accepted == null || !accepted.contains("text/html") || (said != null && said.startsWith("<"))) {
            return;
        }
        String message = said == null || said.startsWith("Endpoint ") ? "there is no page " + http.path() : said;
        http.contentType("text/html; charset=utf-8")
                .result(html.page(
                        "Not here",
                        "",
                        Html.error(message) + "<p><a href=\"" + html.base() + "/\">The first page</a></p>\n"));
    }

    static @Nullable String parameter(Context http, String name) {
        String value = http.queryParam(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A plot as wide as who asks can see: browsers of phones name themselves so, as all of their makers recommend to look for. */
    static SvgPlot suited(Context http, SvgPlot plot) {
        String agent = http.userAgent();
        return agent != null && agent.contains("Mobi") ? plot.narrow() : plot;
    }

    static Map<String, String> formats() {
        return Map.of("CSV", "csv", "FITS", "fits", "Parquet", "parquet", "VOTable", "votable");
    }
}
