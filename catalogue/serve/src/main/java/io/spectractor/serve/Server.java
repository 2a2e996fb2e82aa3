package io.spectractor.serve;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.spectractor.hats.CatalogueException;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.OutputFolders;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.page.CsrfToken;
import io.spectractor.serve.page.Html;
import io.spectractor.serve.page.Pages;
import io.spectractor.serve.runs.RunRoutes;
import io.spectractor.serve.services.ServicesPage;
import io.spectractor.serve.services.Sesame;
import io.spectractor.serve.vo.AsyncRoutes;
import io.spectractor.serve.vo.ConeRoutes;
import io.spectractor.serve.vo.HatsRoutes;
import io.spectractor.serve.vo.Jobs;
import io.spectractor.serve.vo.RemoteText;
import io.spectractor.serve.vo.SpectrumRoutes;
import io.spectractor.serve.vo.SsaRoutes;
import io.spectractor.serve.vo.TapRoutes;
import io.spectractor.serve.vo.VoServices;
import io.spectractor.serve.vo.VosiRoutes;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: opens the catalogue, starts the engine, and listens. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final String url;
    private final Engine engine;
    private final Jobs jobs;
    private final Javalin http;
    private final List<AutoCloseable> others;
    private final Path temporary;

    private Server(String url, Engine engine, Jobs jobs, Javalin http, List<AutoCloseable> others, Path temporary) {
        this.url = url;
        this.engine = engine;
        this.jobs = jobs;
        this.http = http;
        this.others = List.copyOf(others);
        this.temporary = temporary;
    }

    /** Starts one; when this returns it answers. */
    static Server start(ServeOptions options) throws IOException {
        int port = options.port() == 0 ? free() : options.port();
        String host = options.bind().contains(":") ? "[" + options.bind() + "]" : options.bind();
        String url = options.publicUrl() != null
                ? options.publicUrl().toString().replaceFirst("/+$", "")
                : "http://" + host + ":" + port + options.basePath();
        String name =
                String.valueOf(options.folder().toAbsolutePath().normalize().getFileName());
        Path folder = options.folder();
        OutputFolders folders = OutputFolders.of(options.runs());
        // the engine unpacks its native code meanwhile
        CompletableFuture<Engine> starting = CompletableFuture.supplyAsync(
                () -> Engine.start(options.limits(), List.of(real(folder)), options.temporary()));
        ServedCatalogue site;
        try {
            site = new ServedCatalogue(folder, tables -> VoServices.completed(tables, url, name, options.authority()));
        } catch (RuntimeException e) {
            if (Files.isDirectory(folder)) {
                starting.join().close();
            }
            TemporaryFolder.delete(options.temporary());
            throw e;
        }
        Engine engine = starting.join();
        Jobs jobs = new Jobs(engine, () -> site.now().tables());
        try {
            Html html = new Html(options.basePath());
            CsrfToken csrf = new CsrfToken();
            Pages pages = new Pages(site, engine, jobs, folders, html, csrf);
            ServicesPage services = new ServicesPage(
                    options.registry().toString(),
                    RemoteText.isPrivate(options.registry()),
                    star -> position(pages, star),
                    html);
            RunRoutes runs = new RunRoutes(folders, html, csrf);
            Javalin http = Javalin.create(config -> {
                settings(config, options);
                config.routes.before(new AccessControl(options)::check);
                new TapRoutes(site, engine, url + "/tap").add(config.routes);
                new AsyncRoutes(jobs, options.limits(), url + "/tap/async").add(config.routes);
                new ConeRoutes(site, engine).add(config.routes);
                new SpectrumRoutes(site, engine, url, options.token() != null).add(config.routes);
                new SsaRoutes(site, engine, url, options.authority()).add(config.routes);
                new HatsRoutes(site, engine).add(config.routes);
                added(pages, config);
                runs.add(config.routes);
                services.add(config.routes);
                new VosiRoutes(site, engine, url, name, options.token() != null, options.authority())
                        .add(config.routes);
                config.routes.exception(Exception.class, Server::failed);
                config.routes.error(404, request -> Pages.notFound(request, html));
            });
            http.start(options.bind(), port);
            return new Server(url, engine, jobs, http, List.of(runs, services), options.temporary());
        } catch (RuntimeException e) {
            jobs.close();
            engine.close();
            TemporaryFolder.delete(options.temporary());
            throw e;
        }
    }

    private static double @Nullable [] position(Pages pages, String star) {
        double[] ours = pages.position(star);
        return ours == null ? Sesame.position(star) : ours;
    }

    private static void added(Pages pages, JavalinConfig config) {
        try {
            pages.add(config.routes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the program is not whole", e);
        }
    }

    private static void settings(JavalinConfig config, ServeOptions options) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.router.contextPath = options.basePath().isEmpty() ? "/" : options.basePath();
        // a query that waits for its turn has a thread too
        config.jetty.threadPool = new QueuedThreadPool(
                options.limits().waiting() + 8 * options.limits().queries() + 150, 8, 60_000);
        config.http.maxRequestSize = options.limits().uploadMb() * 1_000_000L + 100_000;
        config.http.generateEtags = false;
        // lengths are told beforehand, so that a client sees what is missing
        config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
        config.jetty.multipartConfig.cacheDirectory(options.temporary().toString());
        config.jetty.multipartConfig.maxFileSize(options.limits().uploadMb(), io.javalin.config.SizeUnit.MB);
        config.jetty.multipartConfig.maxTotalRequestSize(
                options.limits().uploadMb() + 1L, io.javalin.config.SizeUnit.MB);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(65_536);
        });
    }

    private static void failed(Exception e, Context http) {
        if (e instanceof HttpResponseException refused) {
            http.status(refused.getStatus()).contentType("text/plain").result(String.valueOf(refused.getMessage()));
            return;
        }
        if (e instanceof CatalogueException) {
            http.status(503).contentType("text/plain").result("the catalogue cannot be read at the moment");
            return;
        }
        LOG.error("{} {}", http.method(), http.path(), e);
        http.status(500).contentType("text/plain").result("the server failed; its log says more");
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new CatalogueException("there is no folder " + folder, e);
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Address of the first page. */
    String url() {
        return url;
    }

    /** Stops what runs, and removes all temporary files. */
    @Override
    public void close() {
        for (AutoCloseable other : others) {
            try {
                other.close();
            } catch (Exception e) {
                LOG.warn("{} does not end", other, e);
            }
        }
        http.stop();
        jobs.close();
        engine.close();
        try {
            TemporaryFolder.delete(temporary);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed", temporary, e);
        }
    }
}
