package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DataLink 1.1, SODA 1.0 and SSA 1.1 demand of the services of spectra. */
class SpectrumServicesTest {
    private static final String DIGEST = "0".repeat(63) + "3";

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

    /** A client that cuts each spectrum of a document finds each one's identifier and wavelengths. */
    @Test
    void eachSpectrumOfADocumentHasItsOwnCut() throws IOException, InterruptedException {
        String other = "0".repeat(63) + "7";
        String links =
                server.get("/datalink?ID=none&ID=" + DIGEST + "&ID=" + other).body();
        Matcher rows = Pattern.compile("<TD>([0-9a-f]{64})</TD>\\s*<TD/?>(?:</TD>)?\\s*<TD>(soda-[0-9]+)</TD>")
                .matcher(links);
        List<String> cuts = new ArrayList<>();
        while (rows.find()) {
            Matcher described = Pattern.compile("(?s)<RESOURCE [^>]* ID=\"" + rows.group(2)
                            + "\".*?name=\"ID\"[^>]* value=\"([^\"]*)\".*?<MIN value=\"(.*?)\"/><MAX value=\"(.*?)\"/>")
                    .matcher(links);
            assertThat(described.find()).isTrue();
            assertThat(described.group(1)).isEqualTo(rows.group(1));
            // 400 to 895 nm in air
            assertThat(Double.parseDouble(described.group(2))).isCloseTo(4.001108e-7, within(1e-13));
            assertThat(Double.parseDouble(described.group(3))).isCloseTo(8.952479e-7, within(1e-13));
            HttpResponse<String> cut = server.get("/soda?RESPONSEFORMAT=csv&ID=" + described.group(1) + "&BAND="
                    + described.group(2) + "%20" + described.group(3));
            assertThat(cut.headers().firstValue("content-disposition"))
                    .hasValueSatisfying(name -> assertThat(name).contains(rows.group(1)));
            assertThat(cut.body().lines().count()).isEqualTo(101);
            cuts.add(described.group(1));
        }
        assertThat(cuts).containsExactly(DIGEST, other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-6 2e-6", "1e-9 3e-7", "-Inf 3.9e-7", "9e-7 +Inf", "5.0015e-7 5.0016e-7"})
    void aBandBesideTheSpectrumIsNoContent(String band) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.get("/soda?ID=" + DIGEST + "&BAND=" + RunningServer.encoded(band));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anOpenBandIsTheRestOfTheSpectrum() throws IOException, InterruptedException {
        String soda = "/soda?RESPONSEFORMAT=csv&ID=" + DIGEST + "&BAND=";
        // 895 nm are 895.25 in vacuum
        assertThat(server.get(soda + "8.95e-7%20%2BInf").body().lines().count()).isEqualTo(2);
        assertThat(server.get(soda + "-Inf%204.02e-7").body().lines().count()).isEqualTo(2);
        assertThat(server.get(soda + "-Inf%20%2BInf").body().lines().count()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "'',UsageError: ID is missing",
        "ID=none,UsageError: there is no spectrum none",
        "ID=DIGEST&BAND=2%201,UsageError: BAND=2 1",
        "ID=DIGEST&BAND=-Inf%20-Inf,UsageError: BAND=-Inf -Inf",
        "ID=DIGEST&BAND=%2BInf%20%2BInf,UsageError: BAND=+Inf +Inf",
        "ID=DIGEST&BAND=5e-7,UsageError: BAND=5e-7",
        "ID=DIGEST&POS=CIRCLE%201%202%203,UsageError: a spectrum is cut by BAND",
        "ID=DIGEST&RESPONSEFORMAT=xls,UsageError: there is no format",
        "ID=DIGEST&ID=none,MultiValuedParamNotSupported",
        "ID=DIGEST&BAND=1%202&BAND=2%203,MultiValuedParamNotSupported",
    })
    void errorsOfSodaArePlainTextWithItsWords(String query, String begin) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.get("/soda?" + query.replace("DIGEST", DIGEST));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body()).startsWith(begin);
    }

    @Test
    void theIdentifierOfACutHasTheDescriptorOfTheStandard() throws IOException, InterruptedException {
        assertThat(server.get("/datalink?ID=" + DIGEST).body())
                .containsPattern("name=\"ID\"[^>]* ucd=\"meta.ref.url;meta.curation\"");
    }

    /** The fields of SSA 1.1, section 4.2.5, that it calls mandatory. */
    @Test
    void allMandatoryFieldsOfSsaAreThereAndFilled() throws IOException, InterruptedException {
        String answer = server.get("/ssa?REQUEST=queryData&POS=193.3,-18.5&SIZE=0.2&FORMAT=fits")
                .body();
        List<String> utypes = Pattern.compile("<FIELD[^>]*>")
                .matcher(answer)
                .results()
                .map(field -> field.group().replaceFirst("(?s).* utype=\"ssa:([^\"]*)\".*", "$1"))
                .toList();
        List<String> cells = Pattern.compile("<TD(?:/>|>(.*?)</TD>)")
                .matcher(answer)
                .results()
                .map(cell -> cell.group(1) == null ? "" : cell.group(1))
                .limit(utypes.size())
                .toList();
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < utypes.size(); i++) {
            row.put(utypes.get(i), cells.get(i));
        }
        for (String utype : List.of(
                "Access.Reference",
                "Access.Format",
                "Dataset.DataModel",
                "Dataset.Length",
                "DataID.Title",
                "Curation.Publisher",
                "Char.SpatialAxis.Coverage.Location.Value",
                "Char.SpatialAxis.Coverage.Bounds.Extent",
                "Char.SpectralAxis.Coverage.Location.Value",
                "Char.SpectralAxis.Coverage.Bounds.Extent",
                "Char.TimeAxis.Coverage.Location.Value",
                "Char.TimeAxis.Coverage.Bounds.Extent")) {
            assertThat(row).containsKey(utype);
            assertThat(row.get(utype)).as(utype).isNotBlank();
        }
        assertThat(row).containsEntry("Char.SpatialAxis.Coverage.Location.Value", "193.3 -18.5");
        // 400 to 895 nm in air
        assertThat(Double.parseDouble(row.get("Char.SpectralAxis.Coverage.Location.Value")))
                .isCloseTo(6.47679e-7, within(1e-12));
        assertThat(Double.parseDouble(row.get("Char.SpectralAxis.Coverage.Bounds.Extent")))
                .isCloseTo(4.95137e-7, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "fits,10,application/fits,SIMPLE",
        "application/fits,10,application/fits,SIMPLE",
        "native,10,application/fits,SIMPLE",
        "votable,10,application/x-votable+xml,<?xml",
        "compliant,10,application/x-votable+xml,<?xml",
        "application/x-votable+xml;content=datalink,10,application/x-votable+xml;content=datalink,<?xml",
        "graphic,0,,",
        "ALL,30,,",
    })
    void eachFormatOfASpectrumHasARow(String format, int rows, String mime, String begin)
            throws IOException, InterruptedException {
        String answer = server.get(
                        "/ssa?REQUEST=queryData&POS=193.3,-18.5&SIZE=0.2&FORMAT=" + RunningServer.encoded(format))
                .body();
        List<String> all = List.of(answer.split("<TR>", -1));
        assertThat(all).hasSize(rows + 1);
        for (String row : all.subList(1, all.size())) {
            List<String> cells =
                    row.lines().filter(line -> line.contains("<TD>")).toList();
            String type = cells.get(1).replaceAll("\\s*</?TD>", "");
            if (mime != null) {
                assertThat(type).isEqualTo(mime);
            }
        }
        if (rows == 10) {
            String address = all.get(1).replaceFirst("(?s).*?<TD>(.*?)</TD>.*", "$1");
            HttpResponse<String> spectrum =
                    server.get(address.substring(server.url().length()));
            assertThat(spectrum.body()).startsWith(begin);
        }
    }

    @Test
    void rowsOfFormatsCountForMaxrec() throws IOException, InterruptedException {
        String answer = server.get("/ssa?REQUEST=queryData&POS=193.3,-18.5&SIZE=0.2&MAXREC=4")
                .body();
        assertThat(answer.split("<TR>", -1)).hasSize(5);
        assertThat(answer).contains("OVERFLOW");
        assertThat(server.get("/ssa?REQUEST=queryData&POS=193.3,-18.5&SIZE=0.2&MAXREC=30")
                        .body())
                .doesNotContain("OVERFLOW");
    }
}
