package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        String links = server.get("/datalink?ID=none&ID=" + DIGEST + "&ID=" + other)
                .body();
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
}
