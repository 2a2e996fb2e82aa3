package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocols and pages over HTTP. */
class ServerTest {
    private static final String DIGEST = "0".repeat(63) + "3";

    @TempDir
    private static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        Files.writeString(temp.resolve("secret.txt"), "nobody's business");
        server = new RunningServer(temp, null, "");
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(temp.resolve("temporary")).doesNotExist();
    }

    private static String sync(String query, String more) {
        return "/tap/sync?LANG=ADQL&QUERY=" + RunningServer.encoded(query) + more;
    }

    @ParameterizedTest
    @CsvSource({
        "votable,application/x-votable+xml,<?xml",
        "votable/td,application/x-votable+xml;serialization=tabledata,<?xml",
        "csv,text/csv;header=present,target",
        "fits,application/fits,SIMPLE",
        "parquet,application/vnd.apache.parquet,PAR1",
        "text,text/plain,Table name",
    })
    void everyFormatIsWhatItSays(String format, String mime, String begin) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                server.get(sync("SELECT target, mjd, pwv, spectrum_flux FROM spectra", "&responseformat=" + format));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type ->
                        assertThat(type.replaceAll(";? ?charset=.*", "")).isEqualTo(mime));
        assertThat(answer.body()).startsWith(begin);
    }

    @Test
    void moreRowsThanWantedAreAnOverflow() throws IOException, InterruptedException {
        String all = server.get(sync("SELECT id FROM points", "&MAXREC=5&FORMAT=votable/td"))
                .body();
        assertThat(all).contains("value=\"OVERFLOW\"").contains("value=\"OK\"");
        assertThat(all.split("<TR>", -1)).hasSize(6);
        assertThat(all.indexOf("OVERFLOW")).isGreaterThan(all.indexOf("</TABLE>"));
        assertThat(server.get(sync("SELECT TOP 5 id FROM points", "&MAXREC=5")).body())
                .doesNotContain("OVERFLOW");
        assertThat(server.get(sync("SELECT id FROM points", "&MAXREC=0&FORMAT=votable/td"))
                        .body())
                .contains("<FIELD")
                .doesNotContain("<TR>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LANG=SQL",
                "MAXREC=-1",
                "MAXREC=x",
                "RESPONSEFORMAT=xls",
                "REQUEST=getCapabilities",
                "UPLOAD=a,param:b",
                "UPLOAD=a,http://127.0.0.1:1/x",
                "UPLOAD=a,file:///etc/passwd"
            })
    void wrongParametersAreRefused(String more) throws IOException, InterruptedException {
        String path = "/tap/sync?QUERY=SELECT+id+FROM+points&" + (more.startsWith("LANG") ? "" : "LANG=ADQL&") + more;
        HttpResponse<String> answer = server.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("value=\"ERROR\"");
    }

    @Test
    void aJobRunsInTheBackground() throws IOException, InterruptedException {
        HttpResponse<String> made =
                server.post("/tap/async", "LANG=ADQL&FORMAT=csv&QUERY=SELECT+COUNT(*)+AS+n+FROM+points");
        assertThat(made.statusCode()).isEqualTo(303);
        String job = made.headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
        assertThat(server.get(job + "/phase").body()).isEqualTo("PENDING");
        assertThat(server.get(job + "/results/result").statusCode()).isEqualTo(404);
        assertThat(server.post(job + "/phase", "PHASE=RUN").statusCode()).isEqualTo(303);
        String state = "";
        for (int i = 0; i < 20 && !state.contains("<uws:phase>COMPLETED"); i++) {
            state = server.get(job + "?WAIT=5").body();
        }
        assertThat(state).contains("<uws:phase>COMPLETED").contains("<uws:result id=\"result\"");
        assertThat(server.get(job + "/results/result").body().strip())
                .isEqualTo("n\n4000".replace("\n", System.lineSeparator()));
        assertThat(server.post(job + "/parameters", "QUERY=SELECT+1").statusCode())
                .isEqualTo(400);
        assertThat(server.post(job, "ACTION=DELETE").statusCode()).isEqualTo(303);
        assertThat(server.get(job).statusCode()).isEqualTo(404);
    }

    /** Pairs of all with all, times all: minutes of work. */
    @Test
    void aLongJobCanBeStopped() throws IOException, InterruptedException {
        HttpResponse<String> made = server.post(
                "/tap/async",
                "LANG=ADQL&PHASE=RUN&QUERY="
                        + RunningServer.encoded(
                                "SELECT SUM(SIN(a.ra + b.ra * c.ra)) FROM points a, points b, points c"));
        String job = made.headers()
                .firstValue("location")
                .orElseThrow()
                .substring(server.url().length());
        assertThat(server.get(job + "/phase?WAIT=1").body()).isIn("QUEUED", "EXECUTING");
        server.post(job + "/phase", "PHASE=ABORT");
        assertThat(server.get(job + "/phase").body()).isEqualTo("ABORTED");
        assertThat(server.csv("SELECT COUNT(*) FROM points")).isEqualTo("4000");
        server.post(job, "ACTION=DELETE");
    }

    @Test
    void aTableThatCameWithTheQueryIsJoined() throws IOException, InterruptedException {
        String table =
                "<VOTABLE version=\"1.3\"><RESOURCE><TABLE><FIELD name=\"ra\" datatype=\"double\"/><FIELD name=\"who\" datatype=\"char\" arraysize=\"*\"/>"
                        + "<DATA><TABLEDATA><TR><TD>193.3</TD><TD>it's</TD></TR><TR><TD></TD><TD>b</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>";
        String body = "--x\r\nContent-Disposition: form-data; name=\"LANG\"\r\n\r\nADQL\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"FORMAT\"\r\n\r\ncsv\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"UPLOAD\"\r\n\r\nmine,param:t\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"QUERY\"\r\n\r\nSELECT u.who, COUNT(*) AS n FROM TAP_UPLOAD.mine AS u JOIN spectra AS s ON u.ra = s.ra GROUP BY u.who\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"t\"; filename=\"t.xml\"\r\n\r\n" + table
                + "\r\n--x--\r\n";
        assertThat(server.send("/tap/sync", "multipart/form-data; boundary=x", body)
                        .body())
                .contains("it's,10");
    }

    @Test
    void linksPartsAndFilesOfASpectrum() throws IOException, InterruptedException {
        String links =
                server.get("/datalink?ID=ivo://x/y%3f" + DIGEST + "&ID=none").body();
        assertThat(links)
                .contains("/spectrum/" + DIGEST + ".fits")
                .contains("NotFoundFault")
                .contains("SODA#sync-1.0");
        assertThat(server.get("/spectrum/" + DIGEST + ".csv").body().lines().count())
                .isEqualTo(101);
        // 500 nm in air are 500.14 in vacuum
        String part = server.get("/soda?RESPONSEFORMAT=csv&ID=" + DIGEST + "&BAND=5.001e-7%205.2e-7")
                .body();
        assertThat(part.lines().count()).isEqualTo(5);
        assertThat(part.lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("500.0,"));
        assertThat(server.get("/soda?ID=" + DIGEST + "&BAND=2%201").statusCode())
                .isEqualTo(400);
        assertThat(server.get("/spectrum/..%2f..%2fsecret.csv").statusCode()).isIn(400, 404);
    }

    @Test
    void conesAndSpectralQueries() throws IOException, InterruptedException {
        assertThat(server.get("/scs/spectra?RA=193.3&DEC=-18.5&SR=0.1").body().split("<TR>", -1))
                .hasSize(11);
        assertThat(server.get("/scs/spectra?RA=193.3&DEC=-18.5&SR=0").body())
                .contains("<FIELD")
                .doesNotContain("<TR>");
        assertThat(server.get("/scs/spectra?RA=x&DEC=-18.5&SR=0.1").body()).contains("name=\"Error\"");
        String cone = "/scs/spectra?RA=193.3&DEC=-18.5&SR=0.1&VERB=";
        int[] fields = new int[4];
        for (int verbosity = 1; verbosity <= 3; verbosity++) {
            fields[verbosity] = server.get(cone + verbosity).body().split("<FIELD", -1).length - 1;
        }
        assertThat(fields[1]).isEqualTo(5).isLessThan(fields[2]);
        assertThat(fields[2]).isLessThan(fields[3]);
        assertThat(server.get(cone + 1).body()).contains("ID_MAIN", "POS_EQ_RA_MAIN", "POS_EQ_DEC_MAIN");
        String ssa = "/ssa?REQUEST=queryData&POS=193.3,-18.5&SIZE=0.2";
        assertThat(server.get(ssa).body().split("<TR>", -1)).hasSize(31);
        ssa += "&FORMAT=fits";
        assertThat(server.get(ssa + "&TIME=2023-02-26/2023-03-02").body().split("<TR>", -1))
                .hasSizeBetween(2, 4);
        assertThat(server.get(ssa + "&BAND=1e-6/2e-6").body())
                .contains("value=\"OK\"")
                .doesNotContain("<TR>");
        assertThat(server.get("/ssa?REQUEST=queryData&FORMAT=METADATA").body()).contains("INPUT:POS");
    }

    @Test
    void hatsFilesWithRangesAndFilters() throws IOException, InterruptedException {
        String path = "/hats/points/dataset/Norder%3D1/Dir=0/Npix=7.parquet";
        assertThat(server.get(path).body()).startsWith("PAR1").endsWith("PAR1");
        HttpResponse<String> part = server.get(path, "Range", "bytes=0-3");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("PAR1");
        assertThat(server.get(path, "Range", "bytes=99999999-").statusCode()).isEqualTo(416);
        assertThat(server.get(path + "?columns=id&filters=Mag%3E15,ra%3C90").body())
                .startsWith("PAR1");
        assertThat(server.get(path + "?columns=id)FROM").statusCode()).isEqualTo(400);
        assertThat(server.get("/hats").body()).contains("/hats/points/");
        for (String out : List.of(
                "/hats/../secret.txt",
                "/hats/points/../../secret.txt",
                "/hats/%2e%2e/secret.txt",
                "/hats/points/%2e%2e/%2e%2e/secret.txt",
                "/hats/points/..%2f..%2fsecret.txt")) {
            assertThat(server.get(out).body()).doesNotContain("nobody's business");
        }
    }

    @Test
    void aTokenKeepsOthersOut(@TempDir Path other) throws IOException, InterruptedException {
        SmallCatalogue.write(other.resolve("catalogue"));
        try (RunningServer guarded = new RunningServer(other, "correct horse battery", "/archive")) {
            assertThat(guarded.url()).endsWith("/archive");
            assertThat(guarded.get("/tap/tables").statusCode()).isEqualTo(401);
            assertThat(guarded.get("/tap/tables", "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(guarded.get("/tap/tables", "Authorization", "Bearer correct horse battery")
                            .statusCode())
                    .isEqualTo(200);
            String basic = java.util.Base64.getEncoder()
                    .encodeToString("me:correct horse battery".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            HttpResponse<String> home = guarded.get("/", "Authorization", "Basic " + basic);
            assertThat(home.body()).contains("href=\"/archive/style.css\"");
        }
    }

    /** Requests of random parts of what there is: none makes the server fail or hang. */
    @Test
    void noRequestMakesItFail() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(19);
        String[] paths = {
            "/tap/sync",
            "/tap/async/x",
            "/tap/tables/x",
            "/scs/points",
            "/scs/nothing",
            "/ssa",
            "/datalink",
            "/soda",
            "/hats/points",
            "/hats/points/hats.properties",
            "/spectrum/x.fits",
            "/star",
            "/explore",
            "/table",
            "/requests",
            "/runs/x/run/y",
            "/services",
            "/voresource.xml",
            "/tap/async"
        };
        String[] names = {
            "LANG",
            "QUERY",
            "query",
            "RA",
            "DEC",
            "SR",
            "ID",
            "BAND",
            "POS",
            "SIZE",
            "TIME",
            "MAXREC",
            "RESPONSEFORMAT",
            "REQUEST",
            "star",
            "spectrum",
            "table",
            "columns",
            "sample",
            "plot",
            "y",
            "xmin",
            "xmax",
            "f1",
            "o1",
            "v1",
            "name",
            "radius",
            "x",
            "columns",
            "filters",
            "UPLOAD",
            "LAST",
            "AFTER",
            "VERB",
            "FORMAT"
        };
        String[] values = {
            "ADQL",
            "SELECT",
            "id",
            "FROM",
            "points",
            "WHERE",
            "'",
            "\"",
            "(",
            ")",
            ",",
            "1",
            "-1",
            "1e308",
            "NaN",
            "Inf",
            "\u0000",
            "\ud83d\ude00",
            "<",
            "&",
            "queryData",
            "193.3,-18.5",
            "2023-01-01",
            "/",
            "..",
            "%",
            ";",
            "--",
            "/*",
            "UNION",
            "CONTAINS",
            "POINT",
            "CIRCLE",
            "CASE",
            "NULL",
            "0x1F",
            "csv",
            "metadata",
            "*"
        };
        for (int i = 0; i < 1500; i++) {
            StringBuilder request = new StringBuilder(paths[random.nextInt(paths.length)]);
            for (int k = random.nextInt(5); k >= 0; k--) {
                request.append(request.indexOf("?") < 0 ? '?' : '&')
                        .append(names[random.nextInt(names.length)])
                        .append('=');
                for (int w = random.nextInt(8); w >= 0; w--) {
                    request.append(RunningServer.encoded(
                            values[random.nextInt(values.length)] + (random.nextBoolean() ? " " : "")));
                }
            }
            HttpResponse<String> answer = server.get(request.toString());
            assertThat(answer.statusCode()).as(request + "\n" + answer.body()).isLessThan(500);
        }
        assertThat(server.csv("SELECT COUNT(*) FROM points")).isEqualTo("4000");
    }
}
