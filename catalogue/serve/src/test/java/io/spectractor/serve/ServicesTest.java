package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page Services finds others in a registry and asks them; here the other is the server itself. */
class ServicesTest {
    @TempDir
    private static Path temp;

    private static HttpServer registry;
    private static RunningServer server;
    private static volatile String asked = "";

    @BeforeAll
    static void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/tap/sync", ServicesTest::answer);
        registry.start();
        server = new RunningServer(
                temp,
                null,
                "",
                URI.create("http://127.0.0.1:" + registry.getAddress().getPort() + "/tap"));
    }

    @AfterAll
    static void stop() {
        server.close();
        registry.stop(0);
    }

    /** As RegTAP answers: a service for each standard, one with a name that is not nice. */
    private static void answer(HttpExchange exchange) throws IOException {
        asked = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        String path = asked.contains("std/ssa") ? "/ssa?" : asked.contains("std/tap") ? "/tap" : "/scs/points?";
        String votable =
                "<?xml version=\"1.0\"?><VOTABLE version=\"1.4\" xmlns=\"http://www.ivoa.net/xml/VOTable/v1.3\">"
                        + "<RESOURCE type=\"results\"><INFO name=\"QUERY_STATUS\" value=\"OK\"/><TABLE>"
                        + "<FIELD name=\"res_title\" datatype=\"char\" arraysize=\"*\"/>"
                        + "<FIELD name=\"access_url\" datatype=\"char\" arraysize=\"*\"/><DATA><TABLEDATA>"
                        + "<TR><TD>Spectra &lt;b&gt;here</TD><TD>" + server.url() + path + "</TD></TR>"
                        + "<TR><TD>bad</TD><TD>javascript:alert(1)</TD></TR>"
                        + "</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>";
        byte[] bytes = votable.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String ask(String kind, String path, String more) throws IOException, InterruptedException {
        return server.get("/services?keyword=spectra&kind=" + kind + "&service="
                        + RunningServer.encoded(server.url() + path) + more)
                .body();
    }

    @Test
    void servicesAreFoundAndAsked() throws IOException, InterruptedException {
        String found = server.get("/services?keyword=O'Neil&kind=ssa").body();
        assertThat(found)
                .contains("1 services")
                .contains("Spectra &lt;b&gt;here")
                .doesNotContain("javascript:");
        assertThat(asked).contains("LIKE '%o''neil%'");

        String byName = ask("ssa", "/ssa?", "&name=hd%20111980&radius=0.2");
        assertThat(byName)
                .contains("30 rows")
                .doesNotContain("cannot be asked for")
                .contains("REQUEST=queryData")
                .contains("AladinLite/?target=193.300000+-18.500000")
                .containsPattern("class=\"samp\" hidden data-url=\"" + server.url() + "/ssa\\?");
        assertThat(ask("ssa", "/ssa?", "&ra=193.3&dec=-18.5&radius=0.2&instrument=nothing"))
                .contains("0 rows");
        assertThat(ask(
                        "obscore",
                        "/tap",
                        "&ra=193.3&dec=-18.5&radius=0.2&type=spectrum&instrument=latiss&to=2023-02-28"))
                .contains("rows (")
                .contains("HD111980");
        assertThat(ask("obscore", "/tap", "&ra=193.3&dec=-18.5&radius=0.2&type=image"))
                .contains("0 rows");
        assertThat(ask("cone", "/scs/points?", "&ra=120&dec=30&radius=5")).contains("rows (");
    }

    @Test
    void whatAServiceCannotBeAskedForIsSaid() throws IOException, InterruptedException {
        String at = "&ra=193.3&dec=-18.5&radius=0.2&from=2023-02-26&instrument=latiss&type=image";
        assertThat(ask("cone", "/scs/points?", at)).contains("cannot be asked for days, instrument, type;");
        assertThat(ask("ssa", "/ssa?", at)).contains("cannot be asked for type;");
        assertThat(ask("ssa", "/ssa?", at.replace("image", "spectrum"))).doesNotContain("cannot be asked for");
        assertThat(ask("obscore", "/tap", at)).doesNotContain("cannot be asked for");
    }

    @Test
    void whatIsWrongIsSaid() throws IOException, InterruptedException {
        assertThat(ask("ssa", "/ssa?", "")).contains("write the name of an object");
        assertThat(ask("ssa", "/ssa?", "&ra=x&dec=1")).contains("is not a number");
        assertThat(ask("ssa", "/ssa?", "&ra=1&dec=1&from=yesterday")).contains("is not a day");
        assertThat(server.get("/services?kind=gopher").statusCode()).isEqualTo(400);
        // what is not in the registry is not asked
        assertThat(server.get("/services?keyword=spectra&kind=ssa&ra=1&dec=1&service=http%3A%2F%2F127.0.0.1%3A22%2F")
                        .body())
                .doesNotContain("127.0.0.1:22");
    }

    @Test
    void withoutNetworkThePageSaysSo(@TempDir Path other) throws IOException, InterruptedException {
        SmallCatalogue.write(other.resolve("catalogue"));
        try (RunningServer alone = new RunningServer(other, null, "")) {
            assertThat(alone.get("/services?keyword=stars").body()).contains("Without network this page can");
        }
    }

    @Test
    void aRegistryGetsADescription() throws IOException, InterruptedException {
        assertThat(server.get("/voresource.xml").statusCode()).isEqualTo(400);
        HttpResponse<String> answer =
                server.get("/voresource.xml?authority=org.example&publisher=A%20%3Cb%3E&contact=C&email=c@example.org");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("<identifier>ivo://org.example/catalogue</identifier>")
                .contains("A &lt;b&gt;")
                .contains("standardID=\"ivo://ivoa.net/std/TAP\"")
                .contains("standardID=\"ivo://ivoa.net/std/SSA\"")
                .contains("/scs/points?")
                .contains("<name>catalogue.points</name>");
    }
}
