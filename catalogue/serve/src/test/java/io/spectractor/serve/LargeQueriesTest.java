package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that are short to write, and large to answer. */
class LargeQueriesTest {
    @TempDir
    private static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        server = new RunningServer(temp, null, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The engine sums whole numbers in 128 bits: a long where it suffices, otherwise a double. */
    @Test
    void sumsOfWholeNumbersAreNumbersOfVoTable() throws IOException, InterruptedException {
        assertThat(server.csv("SELECT SUM(id) FROM points")).isEqualTo("7998000");
        assertThat(server.csv("SELECT SUM(4611686018427387904) FROM points WHERE id < 4"))
                .isEqualTo("1.8446744073709552E19");
        String declared = server.get("/tap/sync?LANG=ADQL&FORMAT=votable/td&QUERY="
                        + RunningServer.encoded("SELECT SUM(id) AS total FROM points"))
                .body();
        assertThat(declared).contains("datatype=\"long\"").contains("<TD>7998000</TD>");
    }

    @Test
    void tabsSeparateColumnsIfThatIsAskedFor() throws IOException, InterruptedException {
        HttpResponse<String> answer = server.get("/tap/sync?LANG=ADQL&RESPONSEFORMAT=tsv&QUERY="
                + RunningServer.encoded("SELECT id, 'a, b' AS t FROM points WHERE id = 7"));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/tab-separated-values");
        assertThat(answer.body().lines()).containsExactly("id\tt", "7\ta, b");
    }

    /** Each names the one before twice: after 25 of them the text would have gigabytes. */
    @Test
    void namedQueriesThatGrowWithoutEndAreRefused() throws IOException, InterruptedException {
        String query = "WITH q0 AS (SELECT ra FROM points)"
                + IntStream.rangeClosed(1, 25)
                        .mapToObj(
                                i -> ", q" + i + " AS (SELECT x.ra FROM q" + (i - 1) + " AS x, q" + (i - 1) + " AS y)")
                        .collect(Collectors.joining())
                + " SELECT COUNT(*) FROM q25";
        assertThat(server.csv(query)).startsWith("400 ").contains("too involved");
        assertThat(server.csv(
                        "WITH q0 AS (SELECT id FROM points), q1 AS (SELECT x.id FROM q0 AS x JOIN q0 AS y USING (id))"
                                + " SELECT COUNT(*) FROM q1"))
                .isEqualTo("4000");
    }

    @Test
    void columnsHaveAnEnd() throws IOException, InterruptedException {
        String query = IntStream.range(0, 2001)
                .mapToObj(i -> "ra")
                .collect(Collectors.joining(",", "SELECT ", " FROM points"));
        HttpResponse<String> answer =
                server.post("/tap/sync", "LANG=ADQL&FORMAT=csv&QUERY=" + RunningServer.encoded(query));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("2000 columns at most");
    }

    /** Millions of rows are written row by row: the clock ends that too. */
    @Test
    void aResultThatTakesTooLongToWriteIsStopped() throws IOException, InterruptedException {
        HttpResponse<String> made = server.post(
                "/tap/async",
                "LANG=ADQL&PHASE=RUN&FORMAT=text&MAXREC=100000&EXECUTIONDURATION=1&QUERY="
                        + RunningServer.encoded("SELECT a.ra, b.ra AS o, a.id FROM points a, points b"));
        String job = made.headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
        server.post(job + "/phase", "PHASE=ABORT");
        assertThat(server.get(job + "/phase").body()).isEqualTo("ABORTED");
        assertThat(server.get(job + "/results/result").statusCode()).isEqualTo(404);
        assertThat(server.get(job + "/error").statusCode()).isEqualTo(404);
    }
}
