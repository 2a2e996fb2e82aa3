package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.spectractor.hats.CatalogueException;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TAP 1.1: {@code sync}, the document of tables, and examples; {@code async} is in {@link AsyncRoutes}. */
public final class TapRoutes {
    static final String XML = "text/xml";
    private static final int MOST_UPLOADS = 16;

    private final ServedCatalogue site;
    private final Engine engine;
    private final String url;

    /**
     * @param url address of the service
     */
    public TapRoutes(ServedCatalogue site, Engine engine, String url) {
        this.site = site;
        this.engine = engine;
        this.url = url;
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get("/tap/sync", this::sync);
        routes.post("/tap/sync", this::sync);
        routes.get(
                "/tap/tables",
                http -> http.contentType(XML).result(Vosi.tables(site.now().tables())));
        routes.get("/tap/tables/{name}", this::table);
        routes.get(
                "/tap/examples",
                http -> http.contentType("application/xhtml+xml")
                        .result(Examples.page(url, site.now().tables())));
    }

    static boolean hasObsCore(List<TableSpec> tables) {
        return tables.stream().anyMatch(table -> table.schema().equals("ivoa"));
    }

    private void table(Context http) {
        String name = http.pathParam("name");
        for (TableSpec table : site.now().tables()) {
            if (table.fullName().equalsIgnoreCase(name)) {
                http.contentType(XML).result(Vosi.table(table));
                return;
            }
        }
        http.status(404).contentType("text/plain").result("there is no table " + name);
    }

    private void sync(Context http) throws IOException {
        answer(http, () -> {
            Parameters parameters = parameters(http);
            TapQuery query = TapQuery.of(parameters, engine.limits(), uploads(http, parameters, engine.limits()));
            Path file =
                    query.evaluate(engine, site.now().tables(), engine.limits().time(), new Engine.Stop());
            send(http, file, query.format().mime(), StandardOpenOption.DELETE_ON_CLOSE);
        });
    }

    /** What a request asks for. */
    @FunctionalInterface
    public interface Answer {
        void give() throws IOException;
    }

    /** Gives an answer, or says in a VOTable why there is none. */
    public static void answer(Context http, Answer answer) throws IOException {
        try {
            answer.give();
        } catch (QueryRejectedException e) {
            http.status(400)
                    .contentType(ResultFormat.VOTABLE.mime())
                    .result(VoTables.error(String.valueOf(e.getMessage())));
        } catch (BusyException e) {
            http.status(503)
                    .header("Retry-After", "30")
                    .contentType(ResultFormat.VOTABLE.mime())
                    .result(VoTables.error(String.valueOf(e.getMessage())));
        } catch (CatalogueException e) {
            http.status(503)
                    .contentType(ResultFormat.VOTABLE.mime())
                    .result(VoTables.error("the catalogue cannot be read at the moment"));
        }
    }

    /** Sends a file. */
    static void send(Context http, Path file, String mime, StandardOpenOption... options) throws IOException {
        StandardOpenOption[] all = java.util.Arrays.copyOf(options, options.length + 1);
        all[options.length] = StandardOpenOption.READ;
        long size = Files.size(file);
        InputStream in = Files.newInputStream(file, all);
        http.contentType(mime).header("Content-Length", Long.toString(size)).result(in);
    }

    /** All parameters of a request, of its address and of its form. */
    public static Parameters parameters(Context http) {
        Map<String, List<String>> all = new LinkedHashMap<>(http.queryParamMap());
        if (http.method().name().equals("POST")) {
            http.formParamMap()
                    .forEach((name, values) -> all.merge(name, values, (a, b) -> {
                        List<String> both = new ArrayList<>(b);
                        both.addAll(a);
                        return both;
                    }));
        }
        return new Parameters(all);
    }

    /** The tables that came with a request. */
    static List<Upload> uploads(Context http, Parameters parameters, Limits limits) throws IOException {
        List<Upload> uploads = new ArrayList<>();
        long most = limits.uploadMb() * 1_000_000L;
        long bytes = 0;
        for (String value : parameters.all("UPLOAD")) {
            for (String one : value.split(";", -1)) {
                if (one.isBlank()) {
                    continue;
                }
                String[] parts = one.strip().split(",", 2);
                if (parts.length != 2) {
                    throw new QueryRejectedException("UPLOAD is name,param:part or name,address, not '" + one + "'");
                }
                if (uploads.size() == MOST_UPLOADS) {
                    throw new QueryRejectedException("at most " + MOST_UPLOADS + " tables come with a query");
                }
                byte[] table = parts[1].startsWith("param:")
                        ? part(http, parts[1].substring("param:".length()), limits)
                        : RemoteTable.fetch(parts[1], (int) most);
                bytes += table.length;
                if (bytes > most) {
                    throw new QueryRejectedException(
                            "the tables of a query may have " + limits.uploadMb() + " MB together");
                }
                uploads.add(Upload.read(parts[0].replaceFirst("(?i)^TAP_UPLOAD\\.", ""), table));
            }
        }
        return uploads;
    }

    private static byte[] part(Context http, String name, Limits limits) throws IOException {
        UploadedFile file = http.uploadedFile(name);
        if (file == null) {
            throw new QueryRejectedException("the request has no part " + name);
        }
        if (file.size() > limits.uploadMb() * 1_000_000L) {
            throw new QueryRejectedException("an uploaded table may have " + limits.uploadMb() + " MB");
        }
        try (InputStream in = file.content()) {
            return in.readAllBytes();
        }
    }
}
