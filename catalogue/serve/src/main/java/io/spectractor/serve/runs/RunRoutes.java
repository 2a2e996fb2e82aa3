package io.spectractor.serve.runs;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.report.HtmlReport;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.serve.data.OutputFolders;
import io.spectractor.serve.page.CsrfToken;
import io.spectractor.serve.page.Html;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages of runs: what the command line named, and nothing else. */
public final class RunRoutes implements AutoCloseable {
    private static final int TAIL = 128 * 1024;
    private static final Map<String, String> TYPES = Map.of(
            "fits", "application/fits",
            "png", "image/png",
            "csv", "text/csv; charset=utf-8",
            "parquet", "application/vnd.apache.parquet",
            "json", "application/json");
    private static final String REPORT_POLICY =
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final OutputFolders folders;
    private final Html html;
    private final CsrfToken csrf;
    private final RunCache cache = new RunCache();
    private final RunsPage page;
    private final RunEvents events;

    public RunRoutes(OutputFolders folders, Html html, CsrfToken csrf) {
        this.folders = folders;
        this.html = html;
        this.csrf = csrf;
        this.page = new RunsPage(folders, cache, html, csrf);
        this.events = new RunEvents(cache, page);
    }

    /** What is done with a run. */
    @FunctionalInterface
    private interface Work {
        void with(String name, RunFolder folder) throws IOException;
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get("/runs", http -> show(http, page.list()));
        routes.get("/runs/{name}/run/{id}", http -> run(http, (name, folder) -> show(http, page.run(name, folder))));
        routes.get("/runs/{name}/run/{id}/logs/{log}", http -> run(http, (name, folder) -> log(http, folder)));
        routes.post("/runs/{name}/run/{id}/cancel", http -> run(http, (name, folder) -> cancel(http, name, folder)));
        routes.get(
                "/runs/{name}/files/_runs/{id}/report.html", http -> run(http, (name, folder) -> report(http, folder)));
        routes.get("/runs/{name}/files/{file}", this::file);
        routes.sse("/runs/{name}/run/{id}/events", client -> {
            RunFolder folder = find(client.ctx());
            if (folder == null) {
                client.sendEvent("end", "there is no such run");
                client.close();
            } else {
                events.serve(client.ctx().pathParam("name"), folder, client);
            }
        });
    }

    private static void show(Context http, String page) {
        http.contentType("text/html; charset=utf-8").result(page);
    }

    private @Nullable RunFolder find(Context http) {
        Path folder = folders.all().get(http.pathParam("name"));
        if (folder == null) {
            return null;
        }
        try {
            RunFolder run = RunFolder.of(folder, http.pathParam("id"));
            return run.exists() ? run : null;
        } catch (UsageException e) {
            return null;
        }
    }

    private void run(Context http, Work work) throws IOException {
        RunFolder folder = find(http);
        if (folder == null) {
            http.status(404);
            show(http, html.page("No such run", "/runs", Html.error("There is no such run here, or not any more.")));
            return;
        }
        try {
            work.with(http.pathParam("name"), folder);
        } catch (UsageException | IOException e) {
            // torn or of another version, or just being removed
            http.status(e instanceof NoSuchFileException ? 404 : 422);
            show(http, html.page("Run " + folder.runId(), "/runs", Html.error("The run: " + RunsPage.reason(e))));
        }
    }

    private void cancel(Context http, String name, RunFolder folder) throws IOException {
        csrf.check(http);
        if (folder.isAlive()) {
            folder.requestCancel();
        }
        http.redirect(page.address(name, folder.runId()), HttpStatus.SEE_OTHER);
    }

    private void report(Context http, RunFolder folder) throws IOException {
        http.header("Content-Security-Policy", REPORT_POLICY);
        show(http, HtmlReport.render(cache.summary(folder)));
    }

    private void log(Context http, RunFolder folder) throws IOException {
        String wanted = http.pathParam("log");
        List<Path> logs = folder.filledLogs();
        for (Path log : logs) {
            if (RunText.fileName(log).equals(wanted) && !Files.isSymbolicLink(log)) {
                http.contentType("text/plain; charset=utf-8").result(tail(log));
                return;
            }
        }
        http.status(404).contentType("text/plain").result("this run has no log of that name");
    }

    private static String tail(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return from == 0 ? text : "... the last " + TAIL / 1024 + " KB of " + file.length() + " bytes ...\n" + text;
        }
    }

    private void file(Context http) throws IOException {
        String file = http.pathParam("file");
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        Path path = type == null || file.contains("/")
                ? null
                : folders.file(http.pathParam("name"), file).orElse(null);
        if (path == null || type == null) {
            http.status(404).contentType("text/plain").result("there is no product or picture of that name");
            return;
        }
        http.contentType(type)
                .header("Content-Length", Long.toString(Files.size(path)))
                .result(Files.newInputStream(path));
    }

    @Override
    public void close() {
        events.close();
    }
}
