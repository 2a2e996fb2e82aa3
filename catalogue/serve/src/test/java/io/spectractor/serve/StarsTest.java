package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a star where two stars are near each other, and exposures have two orders. */
class StarsTest {
    private static final String[] STARS = {"HD 111980", "BD-17 3736"};
    private static final double[][] POSITIONS = {{193.3, -18.5}, {193.3005, -18.5005}};
    /** For each star two exposures of two orders. */
    private static final int SPECTRA = 8;

    @TempDir
    private static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        Path folder = temp.resolve("catalogue");
        double[][] at = new double[2][SPECTRA];
        for (int i = 0; i < SPECTRA; i++) {
            at[0][i] = POSITIONS[i % 2][0];
            at[1][i] = POSITIONS[i % 2][1];
        }
        SmallCatalogue.table(folder.resolve("spectra"), "source", at, (pixels, rows) -> spectra(pixels, at, rows));
        double[][] of = {{POSITIONS[0][0], POSITIONS[1][0]}, {POSITIONS[0][1], POSITIONS[1][1]}};
        SmallCatalogue.table(folder.resolve("objects"), "object", of, (pixels, rows) -> objects(pixels, of, rows));
        server = new RunningServer(temp, null, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int order(int i) {
        return 1 + i / 2 % 2;
    }

    private static TableBuilder spectra(TableBuilder pixels, double[][] at, int[] rows) {
        double[][] lambda = new double[rows.length][50];
        double[][] flux = new double[rows.length][50];
        for (int i = 0; i < rows.length; i++) {
            Arrays.setAll(lambda[i], k -> 400 + 10 * k);
            Arrays.fill(flux[i], 1e-12 * (1 + rows[i]));
        }
        return pixels.add("ra", SmallCatalogue.pick(at[0], rows))
                .add("dec", SmallCatalogue.pick(at[1], rows))
                .add("target", SmallCatalogue.pick(SmallCatalogue.texts(SPECTRA, i -> STARS[i % 2]), rows))
                .add("exposure", SmallCatalogue.pick(SmallCatalogue.texts(SPECTRA, i -> "e" + i / 4), rows))
                .add(
                        "mjd",
                        SmallCatalogue.pick(
                                IntStream.range(0, SPECTRA)
                                        .mapToDouble(i -> 60000 + i / 4)
                                        .toArray(),
                                rows))
                .add(
                        "spectral_order",
                        SmallCatalogue.pick(
                                IntStream.range(0, SPECTRA)
                                        .map(StarsTest::order)
                                        .toArray(),
                                rows))
                .add("air_or_vacuum", SmallCatalogue.pick(SmallCatalogue.texts(SPECTRA, i -> "air"), rows))
                .add("science_sha256", SmallCatalogue.pick(SmallCatalogue.texts(SPECTRA, StarsTest::digest), rows))
                .addStruct(
                        "spectrum",
                        new TableBuilder().addLists("wavelength", lambda).addLists("flux", flux));
    }

    private static String digest(int i) {
        return String.valueOf(i).repeat(64);
    }

    private static TableBuilder objects(TableBuilder pixels, double[][] at, int[] rows) {
        double[][] mjd = new double[rows.length][];
        double[][] mag = new double[rows.length][];
        double[][] error = new double[rows.length][];
        String[][] band = new String[rows.length][];
        String[][] exposure = new String[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            mjd[i] = new double[] {60000, 60001};
            mag[i] = new double[] {8 + 2 * rows[i], 8.1 + 2 * rows[i]};
            error[i] = new double[] {0.01, 0.01};
            band[i] = new String[] {"g", "g"};
            exposure[i] = new String[] {"e0", "e1"};
        }
        return pixels.add("name", SmallCatalogue.pick(STARS, rows))
                .add("ra", SmallCatalogue.pick(at[0], rows))
                .add("dec", SmallCatalogue.pick(at[1], rows))
                .addStruct(
                        "lc",
                        new TableBuilder()
                                .addLists("mjd", mjd)
                                .addLists("mag", mag)
                                .addLists("mag_err", error)
                                .addLists("band", band)
                                .addLists("exposure", exposure));
    }

    private static String page(String query) throws IOException, InterruptedException {
        return server.get("/star?" + query).body();
    }

    /** Digests that the part of a page below a title leads to. */
    private static List<String> links(String page, String title) {
        String part = page.substring(page.indexOf("<h2>" + title));
        part = part.split("(?<!^)<h2>|<details>", 2)[0];
        return Pattern.compile("spectrum=([0-9])\\1{63}")
                .matcher(part)
                .results()
                .map((MatchResult link) -> link.group(1))
                .sorted()
                .distinct()
                .toList();
    }

    @Test
    void aRadiusOverTwoStarsHasTheLightOfBoth() throws IOException, InterruptedException {
        String both = page("star=193.3,-18.5&radius=20");
        String light = both.substring(both.indexOf("<h2>Magnitudes"));
        assertThat(light).contains("g, HD 111980", "g, BD-17 3736");
        // each point leads to the first order of its own star's exposure
        assertThat(links(both, "Magnitudes")).containsExactly("0", "1", "4", "5");
        assertThat(links(page("star=HD111980"), "Magnitudes")).containsExactly("0", "4");
    }

    @Test
    void eachOrderOfAnExposureHasALineOfItsOwn() throws IOException, InterruptedException {
        assertThat(links(page("star=HD111980"), "Spectra")).containsExactly("0", "2", "4", "6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HD 111980", "HD111980", "hd111980", " hd  111980", "BD-173736", "bd-17 3736"})
    void aNameIsFoundWhateverItsBlanks(String name) throws IOException, InterruptedException {
        assertThat(page("star=" + RunningServer.encoded(name))).contains("4 spectra at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "193.3 -18.5",
                "193.3,-18.5",
                "12:53:12 -18:30:00",
                "12 53 12.0 -18 30 00.0",
                "12h53m12s -18d30m00s",
                "12h 53m 12s, -18° 30′ 0″",
            })
    void aPositionIsReadAsPeopleWriteIt(String position) throws IOException, InterruptedException {
        assertThat(page("radius=1&star=" + RunningServer.encoded(position)))
                .contains("4 spectra at 193.30000 -18.50000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25:00:00 -18:30:00", "12:61:00 -18:30:00", "400 10", "12 99", "12:53:12 -95:00:00"})
    void whatIsNoPositionIsAName(String position) throws IOException, InterruptedException {
        assertThat(page("radius=1&star=" + RunningServer.encoded(position))).contains("No spectrum of it is here");
    }

    @Test
    void theCoAddedSpectrumIsAFile() throws IOException, InterruptedException {
        assertThat(page("star=HD111980")).contains("/star/coadded.csv?star=HD111980\"");
        HttpResponse<String> csv = server.get("/star/coadded.csv?star=HD111980");
        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"HD111980-coadded.csv\"");
        assertThat(csv.body()).startsWith("disperser,wavelength,flux,flux_err,spectra");
        String[] row = csv.body().lines().skip(1).findFirst().orElseThrow().split(",", -1);
        assertThat(row[0]).isEqualTo("all");
        assertThat(Double.parseDouble(row[1])).isEqualTo(400);
        assertThat(Double.parseDouble(row[2])).isBetween(1e-12, 7e-12);
        assertThat(row[4]).isEqualTo("4");
        assertThat(server.get("/star/coadded.fits?star=193.3,-18.5&radius=20").body())
                .startsWith("SIMPLE");
        assertThat(server.get("/star/coadded.xml?star=HD111980").body()).startsWith("<?xml");
        assertThat(server.get("/star/coadded.csv?star=Vega").statusCode()).isEqualTo(404);
        assertThat(server.get("/star/coadded.csv").statusCode()).isEqualTo(400);
    }
}
