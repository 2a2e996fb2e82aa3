package io.spectractor.serve;

import io.javalin.util.JavalinBindException;
import io.spectractor.serve.data.Limits;
import io.spectractor.serve.vo.VoResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a catalogue. */
@Command(
        name = "spectractor serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Serve a catalogue: pages to look at, and TAP and the like for pyvo, TOPCAT and LSDB. Only this machine is served, unless --bind says otherwise.",
        footer = {
            "",
            "Examples:",
            "  spectractor serve survey",
            "  spectractor serve survey --runs products",
            "Stop it with Ctrl-C."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Limits USUAL = Limits.usual();
    /** An array holds a table while it is read. */
    private static final int MOST_UPLOAD_MB = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The catalogue: a folder that 'spectractor catalogue create' made, or one of HATS catalogues.")
    private Path folder = Path.of(".");

    @Option(
            names = "--runs",
            arity = "1..*",
            paramLabel = "FOLDER",
            description =
                    "Output folders of runs to show, with their products and pictures. No other folder can be looked at.")
    private List<Path> runs = new ArrayList<>();

    @Option(names = "--port", description = "Port to listen at; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen at. Any but this machine's own needs --token-file. Default: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Serve only those who know the one line of FILE: as the password of any user, or as a bearer token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--base-path",
            paramLabel = "PATH",
            description = "Path that all addresses begin with, behind a reverse proxy that passes it on.")
    private String basePath = "";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "Address by which others reach this server, path included; results and capabilities name it.")
    private @Nullable URI publicUrl;

    @Option(
            names = "--authority",
            paramLabel = "NAME",
            description =
                    "Authority that is registered for you in the Virtual Observatory; the identifiers of spectra begin with ivo://NAME/. Default: ${DEFAULT-VALUE}.")
    private String authority = "spectractor.local";

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description =
                    "TAP service (RegTAP) in which the page Services finds others. One of a private network may name services there. Default: ${DEFAULT-VALUE}.")
    private URI registry = URI.create("https://dc.g-vo.org/tap");

    @Option(names = "--seconds", description = "Time of a query that somebody waits for. Default: ${DEFAULT-VALUE}.")
    private long seconds = USUAL.time().toSeconds();

    @Option(names = "--job-seconds", description = "Time of a query in the background. Default: ${DEFAULT-VALUE}.")
    private long jobSeconds = USUAL.asyncTime().toSeconds();

    @Option(names = "--rows", description = "Rows of a result unless MAXREC says otherwise. Default: ${DEFAULT-VALUE}.")
    private long rows = USUAL.rows();

    @Option(names = "--max-rows", description = "Rows of a result at most. Default: ${DEFAULT-VALUE}.")
    private long maxRows = USUAL.mostRows();

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description =
                    "Memory of the engine, all queries together; what needs more goes to disk. Default: ${DEFAULT-VALUE}.")
    private long memory = USUAL.memoryMb();

    @Option(names = "--disk", paramLabel = "MB", description = "Its temporary files. Default: ${DEFAULT-VALUE}.")
    private long disk = USUAL.diskMb();

    @Option(
            names = "--queries",
            description = "Queries at once; others wait. Default: one for each core, and at least 2.")
    private int queries = USUAL.queries();

    @Option(names = "--jobs", description = "Queries in the background that are kept. Default: ${DEFAULT-VALUE}.")
    private int jobs = USUAL.jobs();

    @Option(
            names = "--upload",
            paramLabel = "MB",
            description = "Size of an uploaded table. Default: ${DEFAULT-VALUE}.")
    private int upload = USUAL.uploadMb();

    @Override
    public Integer call() throws IOException, InterruptedException {
        String token = token();
        if (token == null && !InetAddress.getByName(bind).isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "--bind " + bind + " lets others " + exposed() + "; --token-file FILE says who may");
        }
        if (publicUrl == null && InetAddress.getByName(bind).isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "--bind " + bind + " listens at all addresses of this machine; results and"
                            + " capabilities name one by which others come: --public-url http://NAME:" + port);
        }
        String path = path();
        String identity = authority();
        URI register = registry();
        Limits limits = limits();
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            serve(new ServeOptions(
                    folder, runs, bind, port, token, path, publicUrl, identity, register, limits, temporary.path()));
        }
        return 0;
    }

    private void serve(ServeOptions options) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Server server;
        try {
            server = Server.start(options);
        } catch (JavalinBindException e) {
            throw new IllegalArgumentException(
                    "port " + port + " of " + bind
                            + " cannot be used: is another program listening there? --port takes another",
                    e);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread end = new Thread(
                () -> {
                    server.close();
                    stopped.countDown();
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(end);
        var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                "serving %s at %s/ (ready after %.1f s; Ctrl-C stops)%n",
                folder, server.url(), (System.nanoTime() - begin) / 1e9);
        boolean others = !InetAddress.getByName(bind).isLoopbackAddress();
        if (options.token() != null && others) {
            out.println("whoever reaches " + bind + " and knows the token can " + exposed()
                    + "; the token travels in clear, so put a proxy with TLS in front");
        } else if (options.token() == null && publicUrl != null) {
            out.println("whoever reaches " + publicUrl + " can " + exposed()
                    + ", unless the proxy asks who it is; --token-file FILE says who may");
        }
        stopped.await();
    }

    /** What those who are served may do. */
    private String exposed() {
        return "read the catalogue " + folder + ", run queries on this machine"
                + (runs.isEmpty()
                        ? ""
                        : ", read the products and logs in "
                                + runs.stream().map(Path::toString).collect(Collectors.joining(", "))
                                + ", and cancel runs there");
    }

    private @Nullable String token() throws IOException {
        if (tokenFile == null) {
            return null;
        }
        if (!Files.isRegularFile(tokenFile)) {
            throw new IllegalArgumentException("there is no file " + tokenFile + " with a token");
        }
        String token = Files.readString(tokenFile).strip();
        if (token.length() < 16 || token.lines().count() != 1) {
            throw new IllegalArgumentException(tokenFile + ": a token is one line of 16 characters or more; "
                    + "'openssl rand -hex 16' makes one");
        }
        return token;
    }

    private String path() {
        String path =
                publicUrl != null && basePath.isEmpty() && publicUrl.getPath() != null ? publicUrl.getPath() : basePath;
        path = path.replaceFirst("/+$", "");
        if (!path.isEmpty() && !path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException("--base-path " + path + " is not a path like /some/where");
        }
        return path;
    }

    private String authority() {
        if (!authority.matches(VoResource.AUTHORITY)) {
            throw new IllegalArgumentException("--authority " + authority
                    + " is no name of an authority: 3 letters, digits, dots or more, like org.example");
        }
        return authority;
    }

    private URI registry() {
        if (registry.getHost() == null || !String.valueOf(registry.getScheme()).matches("https?")) {
            throw new IllegalArgumentException(
                    "--registry " + registry + " is not an address like https://dc.g-vo.org/tap");
        }
        return registry;
    }

    private Limits limits() {
        List<String> wrong = new ArrayList<>();
        if (seconds < 1
                || jobSeconds < 1
                || rows < 1
                || maxRows < rows
                || memory < 128
                || disk < 0
                || queries < 1
                || jobs < 1
                || upload < 1) {
            wrong.add("limits are 1 or more, --memory 128 or more, and --max-rows no less than --rows");
        }
        if (upload > MOST_UPLOAD_MB) {
            wrong.add("--upload is " + MOST_UPLOAD_MB + " at most");
        }
        if (port < 0 || port > 65535) {
            wrong.add("--port is 0 to 65535");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return new Limits(
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(jobSeconds),
                rows,
                maxRows,
                memory,
                disk,
                queries,
                USUAL.waiting(),
                jobs,
                upload);
    }
}
