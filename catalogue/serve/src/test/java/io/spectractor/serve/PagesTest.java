package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages show what there is, escape what comes from files and addresses, and say what is wrong. */
class PagesTest {
    private static final String DIGEST = "0".repeat(63) + "3";

    @TempDir
    private static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        Path products = Files.createDirectories(temp.resolve("products"));
        Files.writeString(products.resolve("e3_spectrum.fits"), "product");
        Files.writeString(products.resolve("e3_spectrum.png"), "picture");
        SmallRun.write(products, "night3");
        server = new RunningServer(temp, null, "", products);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String encoded(String text) {
        return RunningServer.encoded(text);
    }

    @Test
    void tablesAreShownOnTheSky() throws IOException, InterruptedException {
        String home = server.get("/").body();
        assertThat(home)
                .contains("/table?name=catalogue.spectra")
                .contains("<svg class=\"sky\"")
                .contains("30 spectra of <a href=\"/star\">3 stars</a>, from 2023-02-25 to 2023-03-26")
                .contains("<td class=\"n\">4\u202f000</td>");
        String points = server.get("/table?name=catalogue.points").body();
        assertThat(points)
                .contains("data:image/png;base64,")
                .contains("hats_nrows")
                .contains("<code>Mag</code>");
        // three stars, three places
        String spectra = server.get("/table?name=catalogue.spectra").body();
        assertThat(spectra.split("<circle", -1)).hasSize(4);
        assertThat(spectra).contains("10 rows");
    }

    /** Each spectrum of this catalogue is of a run of its own, and there are no columns of code and calibration. */
    @Test
    void aTableSaysWhichRunsItsRowsAreOf() throws IOException, InterruptedException {
        String spectra = server.get("/table?name=catalogue.spectra").body();
        assertThat(spectra).contains("<th>run</th><th class=\"n\">rows</th>");
        assertThat(spectra).contains("<td>night3</td><td class=\"n\">1</td>");
        for (String made : List.of("catalogue.spectra_spectrum", "ivoa.obscore")) {
            assertThat(server.get("/table?name=" + made).body())
                    .as(made)
                    .contains("made of those of <a href=\"/table?name=catalogue.spectra\">")
                    .contains("<td>night3</td>")
                    .contains("hats_nrows");
        }
        assertThat(server.get("/table?name=TAP_SCHEMA.tables").body()).doesNotContain("How it came to be");
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException, InterruptedException {
        for (String path : List.of(
                "/table?name=nothing",
                "/explore?table=nothing",
                "/star?star=Vega",
                "/star?spectrum=" + "f".repeat(64),
                "/star?star=HD2811&spectrum=" + "f".repeat(64),
                "/nothing")) {
            HttpResponse<String> answer = server.get(path, "Accept", "text/html,*/*");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("<nav aria-label=\"pages\">");
        }
        assertThat(server.get("/star?star=12,80").statusCode()).isEqualTo(200);
        // a program gets no page
        assertThat(server.get("/nothing").body()).doesNotContain("<html");
        assertThat(server.get("/tap").body()).contains("<nav aria-label=\"pages\">", "/tap/examples");
    }

    @Test
    void anAddressWithASampleAlwaysShowsTheSameRows() throws IOException, InterruptedException {
        String address = "/explore?table=catalogue.points&columns=id&columns=ra&sample=2";
        String page = server.get(address + "&plot=scatter&x=ra&y=id").body();
        String rows = page.substring(page.lastIndexOf("<table"));
        String again = server.get(address + "&plot=scatter&x=ra&y=id").body();
        assertThat(again.substring(again.lastIndexOf("<table"))).isEqualTo(rows);
        assertThat(again.replaceAll("csrf[^>]*>", "")).isEqualTo(page.replaceAll("csrf[^>]*>", ""));
        String other = server.get(address + "&seed=2").body();
        assertThat(other).contains("RAND(2) &lt; 0.02");
        assertThat(other.substring(other.lastIndexOf("<table"))).isNotEqualTo(rows);
        assertThat(server.get(address + "&seed=x").statusCode()).isEqualTo(400);
    }

    @Test
    void whatComesFromFilesAndAddressesIsEscaped() throws IOException, InterruptedException {
        String stars = server.get("/star").body();
        assertThat(stars).contains("O&#39;Neil &lt;b&gt;&amp;1").doesNotContain("<b>");
        String star = server.get("/star?star=" + encoded("O'Neil <b>&1")).body();
        assertThat(star).contains("<svg").contains("/spectrum/").doesNotContain("<b>");
        for (String path : List.of(
                "/explore?query=",
                "/explore?table=",
                "/explore?columns=",
                "/explore?f1=",
                "/explore?plot=heat&x=mjd&y=",
                "/explore?sample=",
                "/table?name=",
                "/star?star=",
                "/star?star=HD2811&spectrum=",
                "/star?star=1,2&radius=")) {
            HttpResponse<String> answer = server.get(path + encoded("'\"><script>alert(1)</script>"));
            assertThat(answer.statusCode()).as(path).isBetween(200, 404);
            assertThat(answer.body()).as(path).doesNotContain("<script>").contains("<h1>");
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("default-src 'none'");
        }
    }

    @Test
    void aStarHasItsSpectraTheirMeanAndTheAir() throws IOException, InterruptedException {
        String star = server.get("/star?star=HD111980").body();
        assertThat(star)
                .contains("<h2>Spectra</h2>")
                .contains("<h2>Co-added</h2>")
                .contains("<h2>Water</h2>")
                .contains("10 spectra at 193.30000 -18.50000")
                .contains("https://aladin.cds.unistra.fr/AladinLite/?target=193.300000+-18.500000");
        assertThat(star).contains("/star?star=HD111980&amp;spectrum=" + DIGEST);
        assertThat(server.get("/star?star=193.3,-18.5&radius=5").body()).contains("<h2>Co-added</h2>");
        assertThat(server.get("/star?star=12,80").body()).contains("No spectrum of it is here");
        String one = server.get("/star?star=HD111980&spectrum=" + DIGEST).body();
        assertThat(one)
                .contains("href=\"/runs/products/files/e3_spectrum.fits\"")
                .contains("src=\"/runs/products/files/e3_spectrum.png\"")
                .contains("href=\"/runs/products/run/night3\"")
                .contains("<dt>airmass</dt><dd>1.03</dd>");
    }

    @Test
    void stepsBecomeAQuery() throws IOException, InterruptedException {
        String page = server.get("/explore?table=catalogue.points&columns=id&columns=Mag&f1=Mag&o1=%3C&v1=12"
                        + "&f2=id&o2=%3E%3D&v2=100&ra=120&dec=30&radius=60&sample=50")
                .body();
        assertThat(page)
                .contains(
                        "SELECT id, Mag\nFROM catalogue.points\nWHERE 1 = CONTAINS(POINT(ra, dec), CIRCLE(120.0, 30.0,"
                                + " 60.0))\n  AND Mag &lt; 12\n  AND id &gt;= 100\n  AND RAND(1) &lt; 0.5")
                .contains("<h2>");
        assertThat(server.get("/explore?table=catalogue.points&sample=0").statusCode())
                .isEqualTo(400);
        assertThat(server.get("/explore?table=catalogue.points&f1=Mag&v1=x").body())
                .contains("is not a number");
        String text = server.get("/explore?table=catalogue.spectra&columns=mjd&f1=target&v1=" + encoded("O'Neil <b>&1"))
                .body();
        assertThat(text).contains("target = &#39;O&#39;&#39;Neil").contains("<h2>10 rows</h2>");
    }

    @Test
    void drawingsCountAllRows() throws IOException, InterruptedException {
        String query = "/explore?query=" + encoded("SELECT id, ra, Mag FROM points");
        assertThat(server.get(query + "&plot=histogram&x=Mag").body()).contains("4000 rows in 80 bins");
        assertThat(server.get(query + "&plot=heat&x=ra&y=Mag").body())
                .contains("4000 rows; from dark")
                .contains("image/png");
        assertThat(server.get(query + "&plot=heat&x=ra&y=Mag&xmin=90&xmax=180").body())
                .contains(server.csv("SELECT COUNT(*) FROM points WHERE ra BETWEEN 90 AND 180") + " rows; from dark");
        assertThat(server.get(query + "&plot=scatter&x=ra&y=Mag").body().split("<circle", -1))
                .hasSize(4001);
        assertThat(server.get(query + "&plot=heat&x=ra").statusCode()).isEqualTo(400);
        assertThat(server.get(query + "&plot=heat&x=ra&y=Mag&xmin=5&xmax=1").statusCode())
                .isEqualTo(400);
        assertThat(server.get("/explore?query=" + encoded("SELECT target FROM spectra") + "&plot=histogram&x=target")
                        .body())
                .contains("holds no numbers");
    }

    /** What is drawn is asked for, chosen or not, and an outlier leads to its spectrum. */
    @Test
    void pointsOfSpectraLeadToThem() throws IOException, InterruptedException {
        String page = server.get("/explore?table=catalogue.spectra&columns=target&x=mjd&y=pwv")
                .body();
        assertThat(page)
                .contains("SELECT target, mjd, pwv, science_sha256\nFROM")
                .contains("<a href=\"/star?spectrum=" + DIGEST + "\"")
                .contains("<a href=\"/star?star=HD2811\">HD2811</a>");
        // one of the pwv is unknown
        assertThat(page.split("<a href=\"/star\\?spectrum=[0-9a-f]+\"><circle", -1))
                .hasSize(30);
        assertThat(server.get("/star?spectrum=" + DIGEST).body())
                .contains("<h1>HD111980</h1>")
                .contains("exposure e3, 2 of 10")
                .contains("spectrum=" + "0".repeat(64) + "\">← before</a>")
                .contains("spectrum=" + "0".repeat(63) + "6\">after →</a>");
        assertThat(server.get("/star?spectrum=none").statusCode()).isEqualTo(404);
    }

    @Test
    void aPartOfAPlotIsInItsAddress() throws IOException, InterruptedException {
        String part =
                server.get("/star?star=HD111980&zoom_spectra=500,600,0,1e-10").body();
        assertThat(part).contains("data-range=\"500.0 600.0 0.0 1.0E-10\"");
        for (String wrong : List.of("1,2,3", "2,1,0,1", "0,1,a,2", "0,NaN,0,1")) {
            assertThat(server.get("/star?star=HD111980&zoom_spectra=" + encoded(wrong))
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        // too many points for a scatter plot are counted, and a part of them is drawn
        String query = "/explore?query=" + encoded("SELECT a.ra, b.dec FROM points AS a, points AS b WHERE a.id < 4")
                + "&x=ra&y=dec";
        assertThat(server.get(query).body()).contains("16000 rows; from dark");
        assertThat(server.get(query + "&ymin=-90&ymax=0").body())
                .contains(" rows.</p>")
                .contains("<circle");
    }

    /** As a program makes them, which need not name a format. */
    @Test
    void aResultOfAProgramHasALinkAndAName() throws IOException, InterruptedException {
        for (String format : new String[] {"", "&FORMAT=csv", "&RESPONSEFORMAT=fits"}) {
            HttpResponse<String> made =
                    server.post("/tap/async", "LANG=ADQL&PHASE=RUN&QUERY=SELECT+COUNT(*)+AS+n+FROM+points" + format);
            String job = made.headers().firstValue("location").orElseThrow().replaceFirst(".*/", "");
            String state = "";
            for (int i = 0; i < 20 && !state.contains("COMPLETED"); i++) {
                state = server.get("/tap/async/" + job + "?WAIT=5").body();
            }
            String name = format.isEmpty() ? "votable" : format.replaceFirst(".*=", "");
            assertThat(server.get("/requests").body())
                    .contains("/tap/async/" + job + "/results/result\">" + name + "</a>");
            assertThat(server.get("/tap/async/" + job + "/results/result")
                            .headers()
                            .firstValue("content-disposition"))
                    .hasValue("attachment; filename=\"" + job + "." + (format.isEmpty() ? "xml" : name) + "\"");
            server.post("/tap/async/" + job, "ACTION=DELETE");
        }
    }

    @Test
    void requestsAreMadeInTheBackground() throws IOException, InterruptedException {
        String form = "QUERY=" + encoded("SELECT id FROM points") + "&RESPONSEFORMAT=csv";
        assertThat(server.post("/requests", form).statusCode()).isEqualTo(403);
        Matcher word = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"")
                .matcher(server.get("/explore").body());
        assertThat(word.find()).isTrue();
        assertThat(server.post("/requests", form + "&csrf=" + word.group(1)).statusCode())
                .isEqualTo(303);
        Matcher job = Pattern.compile("/requests/([0-9a-f]+)/delete")
                .matcher(server.get("/requests").body());
        assertThat(job.find()).isTrue();
        server.get("/tap/async/" + job.group(1) + "?WAIT=20");
        server.get("/tap/async/" + job.group(1) + "?WAIT=20");
        assertThat(server.get("/requests").body()).contains("completed").contains("results/result");
        // all rows, not as many as TAP gives by itself
        assertThat(server.get("/tap/async/" + job.group(1) + "/results/result")
                        .body()
                        .lines())
                .hasSize(SmallCatalogue.POINTS + 1);
        assertThat(server.post("/requests/" + job.group(1) + "/delete", "csrf=" + word.group(1))
                        .statusCode())
                .isEqualTo(303);
        assertThat(server.get("/requests").body()).contains("Nothing was requested");
    }

    @Test
    void nothingIsThereInAnEmptyCatalogue(@TempDir Path empty) throws IOException, InterruptedException {
        Files.createDirectories(empty.resolve("catalogue"));
        try (RunningServer bare = new RunningServer(empty, null, "")) {
            assertThat(bare.get("/").body()).contains("The catalogue is empty");
            assertThat(bare.get("/explore").statusCode()).isEqualTo(200);
            assertThat(bare.get("/star").body()).contains("no spectra");
            assertThat(bare.csv("SELECT COUNT(*) FROM TAP_SCHEMA.tables")).isNotEqualTo("0");
            // a table comes while it is served
            SmallCatalogue.write(empty.resolve("catalogue"));
            Thread.sleep(1100);
            assertThat(bare.get("/").body()).contains("catalogue.points");
        }
    }

    @Test
    void aFolderThatVanishesIsSaidAndComesBack(@TempDir Path other) throws IOException, InterruptedException {
        SmallCatalogue.write(other.resolve("catalogue"));
        try (RunningServer brief = new RunningServer(other, null, "")) {
            Path leaf;
            try (Stream<Path> all = Files.walk(other.resolve("catalogue/spectra"))) {
                leaf = all.filter(path -> path.toString().endsWith(".parquet")
                                && path.toString().contains("Npix"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.write(leaf, new byte[20]);
            assertThat(brief.csv("SELECT COUNT(pwv) FROM spectra"))
                    .startsWith("400")
                    .contains("is damaged")
                    .doesNotContain(other.toString());
            Files.move(other.resolve("catalogue"), other.resolve("away"));
            Thread.sleep(1100);
            assertThat(brief.get("/").statusCode()).isEqualTo(503);
            assertThat(brief.csv("SELECT id FROM points")).startsWith("503").contains("VOTABLE");
            Files.move(other.resolve("away"), other.resolve("catalogue"));
            Thread.sleep(1100);
            assertThat(brief.csv("SELECT COUNT(*) FROM points")).isEqualTo("4000");
        }
    }
}
