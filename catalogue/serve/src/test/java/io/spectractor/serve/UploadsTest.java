package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that come with a query and lead elsewhere, or claim to be larger than they are. */
class UploadsTest {
    private static final String NUMBERS = "<FIELD name=\"n\" datatype=\"int\"/>";

    @TempDir
    private Path temp;

    private RunningServer server;
    private Path secret;

    @BeforeEach
    void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        secret = Files.writeString(temp.resolve("secret.txt"), "only the owner reads this");
        server = new RunningServer(temp, null, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> asked(String path, String query, String... tables)
            throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        part(body, "LANG", "ADQL");
        part(body, "FORMAT", "csv");
        part(body, "QUERY", query);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < tables.length; i++) {
            names.append(i == 0 ? "" : ";")
                    .append("mine")
                    .append(i)
                    .append(",param:t")
                    .append(i);
        }
        part(body, "UPLOAD", names.toString());
        for (int i = 0; i < tables.length; i++) {
            body.append("--x\r\nContent-Disposition: form-data; name=\"t")
                    .append(i)
                    .append("\"; filename=\"t.xml\"\r\nContent-Type: application/x-votable+xml\r\n\r\n")
                    .append(tables[i])
                    .append("\r\n");
        }
        return server.send(
                path,
                "multipart/form-data; boundary=x",
                body.append("--x--\r\n").toString());
    }

    private static void part(StringBuilder body, String name, String value) {
        body.append("--x\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n");
    }

    private static String votable(String before, String fields, String data) {
        return before + "<VOTABLE version=\"1.3\"><RESOURCE><TABLE>" + fields + "<DATA>" + data
                + "</DATA></TABLE></RESOURCE></VOTABLE>";
    }

    private void refused(String table, String why) throws IOException, InterruptedException {
        HttpResponse<String> answer = asked("/tap/sync", "SELECT * FROM TAP_UPLOAD.mine0", table);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("the uploaded table mine0")
                .contains(why)
                .doesNotContain("only the owner");
    }

    @Test
    void rowsThatLieInAFileOrAtAnAddressAreNotRead() throws IOException, InterruptedException {
        String bytes = "<FIELD name=\"b\" datatype=\"unsignedByte\"/>";
        refused(
                votable("", bytes, "<BINARY><STREAM href=\"" + secret.toUri() + "\"/></BINARY>"),
                "has its rows elsewhere (STREAM href)");
        refused(
                votable("", bytes, "<FITS extnum=\"1\"><STREAM HREF=\"" + server.url() + "/\"/></FITS>"),
                "has its rows elsewhere (STREAM href)");
    }

    @Test
    void textsThatLieInAFileAreNotRead() throws IOException, InterruptedException {
        refused(
                votable(
                        "<?xml version=\"1.0\"?><!DOCTYPE VOTABLE [<!ENTITY s SYSTEM \"" + secret.toUri() + "\">]>",
                        "<FIELD name=\"s\" datatype=\"char\" arraysize=\"*\"/>",
                        "<TABLEDATA><TR><TD>&s;</TD></TR></TABLEDATA>"),
                "DOCTYPE");
    }

    @Test
    void sizesBeyondMeasureAreRefused() throws IOException, InterruptedException {
        refused(
                votable(
                        "",
                        "<FIELD name=\"a\" datatype=\"double\" arraysize=\"3000x3000\"/>",
                        "<TABLEDATA><TR><TD>1</TD></TR></TABLEDATA>"),
                "at most 100000 elements are read");
        refused(votable("", NUMBERS.repeat(2001), "<TABLEDATA/>"), "more than 2000 columns");
        refused("<a>".repeat(100) + "</a>".repeat(100), "elements inside of each other");
        refused("hello", "is not a VOTable");
    }

    @Test
    void severalTablesComeTogetherAndStayWithAJobUntilItRuns() throws IOException, InterruptedException {
        String one = votable("", NUMBERS, "<TABLEDATA><TR><TD>1</TD></TR><TR><TD>2</TD></TR></TABLEDATA>");
        String two = votable("", NUMBERS, "<TABLEDATA><TR><TD>2</TD></TR></TABLEDATA>");
        String query = "SELECT COUNT(*) AS n FROM TAP_UPLOAD.mine0 AS a JOIN TAP_UPLOAD.mine1 AS b ON a.n = b.n";
        assertThat(asked("/tap/sync", query, one, two).body().strip()).endsWith("1");

        String job = asked("/tap/async", query, one, two)
                .headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
        HttpResponse<String> late = server.post(job + "/parameters", "UPLOAD=other,http://example.org/t.xml");
        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).contains("with the request that creates the job");
        server.post(job + "/phase", "PHASE=RUN");
        String state = "";
        for (int i = 0; i < 20 && !state.contains("<uws:phase>COMPLETED"); i++) {
            state = server.get(job + "?WAIT=5").body();
        }
        assertThat(server.get(job + "/results/result").body().strip()).endsWith("1");

        String[] many = new String[17];
        java.util.Arrays.fill(many, two);
        assertThat(asked("/tap/sync", query, many).body()).contains("at most 16 tables");
    }
}
