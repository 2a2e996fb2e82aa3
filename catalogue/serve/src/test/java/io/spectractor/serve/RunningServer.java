package io.spectractor.serve;

import io.spectractor.serve.data.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server of a small catalogue, and a client that asks it. */
final class RunningServer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final Server server;

    RunningServer(Path folder, @Nullable String token, String basePath, Path... runs) throws IOException {
        // where nobody listens
        this(folder, token, basePath, URI.create("http://127.0.0.1:9/tap"), runs);
    }

    RunningServer(Path folder, @Nullable String token, String basePath, URI registry, Path... runs) throws IOException {
        Limits limits =
                new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 2000, 100_000, 512, 512, 2, 200, 20, 5);
        server = Server.start(new ServeOptions(
                folder.resolve("catalogue"),
                List.of(runs),
                "127.0.0.1",
                0,
                token,
                basePath,
                null,
                "org.example",
                registry,
                limits,
                folder.resolve("temporary")));
    }

    String url() {
        return server.url();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                        HttpRequest.newBuilder(URI.create(url() + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return send(path, "application/x-www-form-urlencoded", form);
    }

    HttpResponse<String> send(String path, String type, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A query's answer as CSV without its header, or the error. */
    String csv(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/tap/sync?LANG=ADQL&RESPONSEFORMAT=csv&QUERY=" + encoded(query));
        return answer.statusCode() == 200
                ? answer.body().substring(answer.body().indexOf('\n') + 1).strip()
                : answer.statusCode() + " " + answer.body();
    }

    @Override
    public void close() {
        server.close();
    }
}
