package io.spectractor.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Stands before an HTTP server on the loopback interface, writes down what it is asked, and answers some requests as a server
 * in trouble would.
 */
public final class FaultyProxy implements AutoCloseable {
    /** What becomes of a request. */
    public enum Fate {
        /** The server answers. */
        PASS,
        /** The server is not asked, the answer is 503. */
        REFUSE,
        /** The server is not asked, the answer is 403. */
        DENY,
        /** The server does what it is asked, the answer is 503. */
        DO_AND_REFUSE
    }

    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade");

    static {
        // the signature of a request covers the host that the client sees; read when the first client is made
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final HttpServer server;
    private final URI target;
    private final String host;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<String, Fate> fates = request -> Fate.PASS;
    private volatile long delayMs;

    private FaultyProxy(HttpServer server, URI target) {
        this.server = server;
        this.target = target;
        this.host = "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Starts a proxy.
     *
     * @param endpoint of the server
     */
    public static FaultyProxy before(String endpoint) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FaultyProxy proxy = new FaultyProxy(server, URI.create(endpoint));
        server.setExecutor(proxy.threads);
        server.createContext("/", proxy::answer);
        server.start();
        return proxy;
    }

    /** Where it answers. */
    public String endpoint() {
        return "http://" + host;
    }

    /** Requests since the last call of {@link #forget}: method, path and query. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Forgets the requests so far. */
    public void forget() {
        requests.clear();
    }

    /** Decides what becomes of requests from now on, by method, path and query. */
    public void decide(Function<String, Fate> decision) {
        fates = decision;
    }

    /** Lets every answer wait from now on. */
    public void delay(long milliseconds) {
        delayMs = milliseconds;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(exchange.getRequestHeaders().containsKey("x-amz-copy-source") ? "COPY " + request : request);
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            Thread.sleep(delayMs);
            Fate fate = fates.apply(request);
            if (fate == Fate.DENY) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            if (fate != Fate.REFUSE) {
                HttpResponse<byte[]> response = ask(exchange, body);
                if (fate == Fate.PASS) {
                    passBack(exchange, response);
                    return;
                }
            }
            byte[] text = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, exchange.getRequestMethod().equals("HEAD") ? -1 : text.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + target.getHost() + ":" + target.getPort()
                + exchange.getRequestURI().toString());
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        builder.header("Host", host);
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void passBack(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("transfer-encoding") && !lower.equals("content-length") && !lower.startsWith(":")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        byte[] body = response.body();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            response.headers()
                    .firstValue("content-length")
                    .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
        }
        exchange.sendResponseHeaders(response.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
