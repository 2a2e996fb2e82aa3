package io.spectractor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.spectractor.calib.EmbeddedCalibration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calibration files, deliveries and targets from the command line, with images that are no more than a word. */
@Tag("slow")
class CalibCommandsTest {
    private static final String SIRIUS =
            "<Sesame><Target><Resolver><otype>*</otype><jradeg>101.287</jradeg><jdedeg>-16.716</jdedeg></Resolver>"
                    + "</Target></Sesame>";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private FakeProgram program;

    @BeforeEach
    void prepare() throws IOException {
        program = new FakeProgram(folder);
        Files.createDirectories(folder.resolve("night"));
        Files.writeString(folder.resolve("night/a.fits"), "ok");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] page = pages.get(exchange.getRequestURI().toString());
            try (exchange) {
                exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : page.length);
                if (page != null) {
                    exchange.getResponseBody().write(page);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(program.out());
    }

    @Test
    void whatIsBuiltIsGood() throws IOException {
        assertThat(program.run("calib", "build", "--out", "c.h5")).isZero();
        assertThat(program.out())
                .contains("content sha256  " + EmbeddedCalibration.load().sha256(), "11 dispersers");
        assertThat(Files.readString(folder.resolve("c.h5.sha256"))).matches("[0-9a-f]{64}  c\\.h5\n");

        assertThat(program.run("calib", "verify", "c.h5")).isZero();
        assertThat(program.out()).contains("c.h5: good", "the same content as inside the program");

        assertThat(program.run("calib", "verify", "c.h5", "--json")).isZero();
        assertThat(json().path("sameAsEmbedded").booleanValue()).isTrue();
    }

    @Test
    void aFlippedBitIsFoundBeforeTheFirstImage() throws IOException {
        program.run("calib", "build", "--out", "c.h5");
        byte[] bytes = Files.readAllBytes(folder.resolve("c.h5"));
        int at = indexOf(bytes, 0.10796124);
        bytes[at + 3] ^= 4;
        Files.write(folder.resolve("c.h5"), bytes);

        assertThat(program.run("calib", "verify", "c.h5")).isEqualTo(2);
        assertThat(program.err()).contains("c.h5: damaged, the SHA-256 of its content is");
        assertThat(program.run("run", "night", "-o", "out", "--calib", "c.h5")).isEqualTo(2);
        assertThat(program.err()).contains("c.h5: damaged").doesNotContain("\tat ");
        assertThat(program.requests).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private static int indexOf(byte[] bytes, double number) {
        byte[] wanted = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(number)
                .array();
        for (int i = 0; i + 8 <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + 8, wanted, 0, 8)) {
                return i;
            }
        }
        throw new AssertionError(number + " is not in the file");
    }

    @Test
    void listAndShowSayWhatIsThere() throws IOException {
        assertThat(program.run("calib", "list", "--json")).isZero();
        assertThat(json().path("dispersers")).hasSize(11);
        assertThat(json().path("filters")).hasSize(10);
        assertThat(program.run("calib", "show", "RG715")).isZero();
        assertThat(program.out()).contains("filter RG715", "36 values");
        assertThat(program.run("calib", "show", "sed/HD111980.csv")).isZero();
        assertThat(program.out()).contains("# source: CALSPEC", "lambda_nm,flux_erg_s_cm2_nm", "300,9.081459E-12");
        assertThat(program.run("calib", "show", "HoloAmAg", "--json")).isZero();
        assertThat(json()).hasSize(3);
    }

    @Test
    void aFolderOfTheOriginalBecomesAFileThatARunTakes() throws IOException {
        Path grating = Files.createDirectories(folder.resolve("src/Grat150"));
        Files.writeString(grating.resolve("N.txt"), "150.5\n");
        Files.writeString(grating.resolve("hologram_center.txt"), "700 700 -0.5\n");
        Files.writeString(grating.resolve("transmission.txt"), "350 0.1\n1000 0.2\n");
        assertThat(program.run("run", "night", "-o", "out", "--disperser", "Grat150"))
                .isEqualTo(2);

        assertThat(program.run("calib", "import", "src", "--out", "mine.h5")).isZero();
        assertThat(program.out()).contains("imported  disperser Grat150", "12 dispersers");
        assertThat(program.run("calib", "show", "Grat150", "--calib", "mine.h5"))
                .isZero();
        assertThat(program.out()).contains("150.500 /mm");
        assertThat(program.run("run", "night", "-o", "out", "--calib", "mine.h5", "--disperser", "Grat150"))
                .isZero();
    }

    @Test
    void allDeliveriesRunAndResume() throws IOException {
        program.run("calib", "build", "--out", "c.h5");
        pages.put("/c.h5", Files.readAllBytes(folder.resolve("c.h5")));
        pages.put("/c.h5.sha256", Files.readAllBytes(folder.resolve("c.h5.sha256")));
        String[][] ways = {
            {"--calib-delivery", "embedded"},
            {"--calib", "c.h5"},
            {"--calib", "c.h5", "--calib-delivery", "broadcast"},
            {"--calib", url("/c.h5"), "--calib-cache", "cache"},
            {"--calib", url("/c.h5"), "--calib-cache", "cache", "--calib-delivery", "broadcast"},
        };
        assertThat(program.run("run", "night", "-o", "out", "--run-id", "first"))
                .isZero();
        for (int i = 0; i < ways.length; i++) {
            String id = "way" + i;
            String[] words = Stream.concat(
                            Stream.of("run", "night", "-o", "out", "--run-id", id), Arrays.stream(ways[i]))
                    .toArray(String[]::new);
            // the calibration is the same, so the product of the first run fits and is kept
            assertThat(program.run(words)).as(id).isZero();
            assertThat(program.run("resume", "out", "--run-id", id)).as(id).isZero();
            assertThat(program.err()).doesNotContain("are others");
        }
        assertThat(program.requests).hasSize(1);
    }

    @Test
    void aWrongDigestStopsTheRunBeforeItsFirstImage() throws IOException {
        pages.put("/c.h5", "something else".getBytes(UTF_8));

        assertThat(program.run(
                        "run",
                        "night",
                        "-o",
                        "out",
                        "--calib-cache",
                        "cache",
                        "--calib",
                        url("/c.h5") + "#sha256=" + "0".repeat(64)))
                .isEqualTo(2);

        assertThat(requests).hasValue(2);
        assertThat(program.err()).contains("also when fetched again");
        assertThat(program.requests).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void targetsAreResolvedOnceAndKeptForTheResume() throws IOException {
        pages.put("/sesame?Capella", SIRIUS.getBytes(UTF_8));
        pages.put("/calspec/", "<a>".getBytes(UTF_8));
        Files.writeString(folder.resolve("night/b.fits"), "ok");

        assertThat(program.run("run", "night", "-o", "plain", "--target", "Capella", "--calib-cache", "cache"))
                .isZero();
        assertThat(program.err()).contains("note: target Capella is not resolved", "--online");
        assertThat(requests).hasValue(0);

        String[] run = {
            "run",
            "night",
            "-o",
            "out",
            "--run-id",
            "x",
            "--target",
            "Capella",
            "--calib-cache",
            "cache",
            "--online",
            "--sesame",
            url("/sesame?"),
            "--calspec",
            url("/calspec")
        };
        assertThat(program.run(run)).isZero();
        assertThat(program.err()).doesNotContain("not resolved");
        assertThat(requests).hasValue(2);
        assertThat(Files.readString(folder.resolve("out/_runs/x/targets.json"))).contains("101.287");
        server.stop(0);
        int worked = program.requests.size();

        assertThat(program.run("resume", "out")).isZero();

        assertThat(program.err()).doesNotContain("are others");
        assertThat(program.requests).hasSize(worked);
    }
}
