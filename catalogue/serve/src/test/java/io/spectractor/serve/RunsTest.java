package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of runs: what was named can be seen, as it goes on, and nothing else. */
class RunsTest {
    @TempDir
    private static Path temp;

    private static RunningServer server;
    private static Path products;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(temp.resolve("catalogue"));
        products = Files.createDirectories(temp.resolve("products"));
        Files.writeString(temp.resolve("secret.csv"), "nobody's business");
        Files.createSymbolicLink(products.resolve("leads_out.csv"), temp.resolve("secret.csv"));
        Files.writeString(products.resolve("a_spectrum.png"), "picture");
        Files.writeString(products.resolve(".hidden.png"), "nobody's business");
        SmallRun.write(products, "done");
        server = new RunningServer(temp, null, "/site", products);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A journal that nothing can be made of, between two that are whole. */
    @Test
    void aBrokenRunDoesNotHideTheOthers() throws IOException, InterruptedException {
        SmallRun.write(products, "broken");
        Path journal = products.resolve("_runs/broken/journal.jsonl");
        String whole = Files.readString(journal);
        for (String damaged : new String[] {
            whole.replace("2026-11-29T07:29:08Z", "yesterday"),
            whole.replace("\"attempt\":1", "\"attempt\":\"none\""),
            whole.replace("IMAGE_FINISHED", "IMAGE_LOST"),
            whole.replace("\"result\":{", "\"result\":null,\"other\":{"),
            "\u0000\u0001\n[]\n" + whole,
        }) {
            Files.writeString(journal, damaged);
            HttpResponse<String> list = server.get("/runs");
            assertThat(list.statusCode()).as(damaged).isEqualTo(200);
            assertThat(list.body())
                    .as(damaged)
                    .contains("/site/runs/products/run/done", "/site/runs/products/run/broken")
                    .contains("1 failed, 3 not run of 4 images");
            assertThat(server.get("/runs/products/run/broken").statusCode())
                    .as(damaged)
                    .isIn(200, 422);
        }
        for (String damaged : new String[] {"{}", "[]", "{\"runId\":5}", "", "null"}) {
            Files.writeString(products.resolve("_runs/broken/run.json"), damaged);
            Files.writeString(journal, whole + " ".repeat(damaged.length()));
            assertThat(server.get("/runs").statusCode()).as(damaged).isEqualTo(200);
            assertThat(server.get("/runs/products/run/broken").statusCode())
                    .as(damaged)
                    .isIn(200, 404, 422);
        }
        try (Stream<Path> all = Files.walk(products.resolve("_runs/broken"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void runsAreListedAndShown() throws IOException, InterruptedException {
        assertThat(server.get("/runs").body())
                .contains("/site/runs/products/run/done")
                .contains("died")
                .contains("1 failed, 3 not run of 4 images");
        String page = server.get("/runs/products/run/done").body();
        assertThat(page)
                .contains("&lt;u&gt;0.fits")
                .contains("no &lt;script&gt; may run")
                .contains("unprocessable, in stage read")
                .contains("resume")
                .doesNotContain("<u>")
                .doesNotContain("<script>")
                .doesNotContain("Cancel it");
        assertThat(server.get("/runs/products/run/done/logs/local.out").body()).contains("it began");
        HttpResponse<String> report = server.get("/runs/products/files/_runs/done/report.html");
        assertThat(report.body()).contains("Failures by cause");
        assertThat(report.headers().firstValue("content-security-policy").orElseThrow())
                .contains("style-src 'unsafe-inline'")
                .doesNotContain("script-src");
    }

    @Test
    void nothingElseCanBeReached() throws IOException, InterruptedException {
        assertThat(server.get("/runs/products/files/a_spectrum.png").body()).isEqualTo("picture");
        for (String path : new String[] {
            "/runs/products/files/leads_out.csv",
            "/runs/products/files/.hidden.png",
            "/runs/products/files/..%2fsecret.csv",
            "/runs/products/files/%2e%2e%2fsecret.csv",
            "/runs/products/files/_runs%2fdone%2frun.json",
            "/runs/..%2f/files/secret.csv",
            "/runs/other/run/done",
            "/runs/products/run/..",
            "/runs/products/run/%2e%2e",
            "/runs/products/run/none",
            "/runs/products/run/done/logs/..%2frun.json",
            "/runs/products/run/done/logs/none"
        }) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).as(path + " " + answer.uri()).isBetween(400, 499);
            assertThat(answer.body())
                    .as(path)
                    .doesNotContain("nobody's business")
                    .doesNotContain("commandLine");
        }
    }

    @Test
    void aRunThatGoesOnIsFollowedAndCancelled() throws IOException, InterruptedException {
        SmallRun run = SmallRun.write(products, "live");
        FileChannel working = run.begin();
        String page = server.get("/runs/products/run/live").body();
        assertThat(page)
                .contains("data-events=\"/site/runs/products/run/live/events\"")
                .contains("Cancel it");
        HttpURLConnection events = (HttpURLConnection) URI.create(server.url() + "/runs/products/run/live/events")
                .toURL()
                .openConnection();
        events.setReadTimeout(20_000);
        events.setRequestProperty("Accept", "text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(until(lines, "not run of 4 images")).contains("3 not run");
            run.skip(1);
            assertThat(until(lines, "skipped, 2 not run")).contains("1 skipped");

            String address = "/runs/products/run/live/cancel";
            assertThat(server.post(address, "").statusCode()).isEqualTo(403);
            assertThat(server.post(address, "csrf=0123").statusCode()).isEqualTo(403);
            assertThat(run.folder().resolve("cancel")).doesNotExist();
            Matcher word =
                    Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"").matcher(page);
            assertThat(word.find()).isTrue();
            assertThat(server.post(address, "csrf=" + word.group(1)).statusCode())
                    .isEqualTo(303);
            assertThat(run.folder().resolve("cancel")).exists();

            Files.delete(run.folder().resolve("owner"));
            working.close();
            assertThat(until(lines, "the run has ended")).isNotEmpty();
        }
    }

    private static String until(BufferedReader lines, String wanted) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(wanted)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended without '" + wanted + "'");
    }

    @Test
    void aFolderThatVanishesIsSaid(@TempDir Path other) throws IOException, InterruptedException {
        Files.createDirectories(other.resolve("catalogue"));
        Path output = Files.createDirectories(other.resolve("gone"));
        try (RunningServer brief = new RunningServer(other, null, "", output)) {
            assertThat(brief.get("/runs").body()).contains("There is no run in");
            Files.delete(output);
            assertThat(brief.get("/runs").body()).contains("is not there any more");
            assertThat(brief.get("/runs/gone/run/x").statusCode()).isEqualTo(404);
        }
    }
}
