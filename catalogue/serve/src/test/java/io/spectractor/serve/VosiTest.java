package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of itself: capabilities, availability, and the description for a registry. */
class VosiTest {
    private static final String RESOURCE =
            "/voresource.xml?authority=org.example&publisher=P&contact=C&email=c@example.org";
    private static final String TOKEN = "correct horse battery";

    @TempDir
    private static Path temp;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        SmallCatalogue.write(temp.resolve("catalogue"));
        Files.setLastModifiedTime(temp.resolve("catalogue"), FileTime.from(Instant.parse("2020-02-03T04:05:06Z")));
        server = new RunningServer(temp, null, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/soda", "/datalink", "/ssa"})
    void theServicesOfSpectraHaveTheirDocuments(String path) throws IOException, InterruptedException {
        HttpResponse<String> capabilities = server.get(path + "/capabilities");
        assertThat(capabilities.statusCode()).isEqualTo(200);
        assertThat(capabilities.body())
                .contains("ivo://ivoa.net/std/VOSI#availability", server.url() + path + "/availability")
                .contains("ivo://ivoa.net/std/SODA#sync-1.0", server.url() + "/soda</accessURL>")
                .contains("ivo://ivoa.net/std/DataLink#links-1.1", server.url() + "/datalink</accessURL>")
                .contains("ivo://ivoa.net/std/SSA\"", server.url() + "/ssa?</accessURL>")
                .doesNotContain("securityMethod");
        assertThat(server.get(path + "/availability").body()).contains("<vosi:available>true<");
    }

    @Test
    void aCatalogueThatIsNotThereIsNotAvailable(@TempDir Path other) throws IOException, InterruptedException {
        Path folder = other.resolve("catalogue");
        SmallCatalogue.write(folder);
        try (RunningServer alone = new RunningServer(other, null, "")) {
            assertThat(alone.get("/tap/availability").body()).contains("<vosi:available>true<");
            Files.move(folder, other.resolve("away"));
            String said = "";
            for (int i = 0; i < 100 && !said.contains("<vosi:available>false<"); i++) {
                Thread.sleep(100);
                said = alone.get("/tap/availability").body();
            }
            assertThat(said).contains("<vosi:available>false<").contains("<vosi:note>");
            Files.move(other.resolve("away"), folder);
            for (int i = 0; i < 100 && !said.contains("<vosi:available>true<"); i++) {
                Thread.sleep(100);
                said = alone.get("/tap/availability").body();
            }
            assertThat(said).contains("<vosi:available>true<").doesNotContain("<vosi:note>");
        }
    }

    @Test
    void aTokenIsToldToClients(@TempDir Path other) throws IOException, InterruptedException {
        SmallCatalogue.write(other.resolve("catalogue"));
        try (RunningServer guarded = new RunningServer(other, TOKEN, "")) {
            for (String path : new String[] {"/tap/capabilities", "/capabilities", RESOURCE}) {
                String body =
                        guarded.get(path, "Authorization", "Bearer " + TOKEN).body();
                long interfaces =
                        Pattern.compile("<interface").matcher(body).results().count();
                assertThat(interfaces).isGreaterThan(3);
                assertThat(Pattern.compile("<securityMethod standardID=\"ivo://ivoa.net/sso#BasicAA\"/>")
                                .matcher(body)
                                .results()
                                .count())
                        .as(path)
                        .isEqualTo(interfaces);
            }
            assertThat(guarded.get("/datalink?ID=" + "0".repeat(64), "Authorization", "Bearer " + TOKEN)
                            .body())
                    .containsPattern("<TD>true</TD>\\s*<TD>T(rue)?</TD>")
                    .doesNotContain("<TD>false</TD>");
        }
        assertThat(server.get("/datalink?ID=" + "0".repeat(64)).body()).contains("<TD>false</TD>");
    }

    @Test
    void theDescriptionHasTheTimesOfTheCatalogueAndAllServices() throws IOException, InterruptedException {
        assertThat(server.get(RESOURCE).body())
                .contains(" created=\"2020-02-03T04:05:06Z\" updated=\"2020-02-03T04:05:06Z\"")
                .contains("ivo://ivoa.net/std/SODA#sync-1.0", "ivo://ivoa.net/std/DataLink#links-1.1");
    }

    @Test
    void identifiersAndDescriptionHaveTheSameAuthority() throws IOException, InterruptedException {
        assertThat(
                        server.csv(
                                "SELECT COUNT(*) FROM ivoa.obscore WHERE obs_publisher_did LIKE 'ivo://org.example/catalogue?%'"))
                .isEqualTo("30");
        assertThat(server.get(RESOURCE.replace("authority=org.example&", "")).body())
                .contains("<identifier>ivo://org.example/catalogue</identifier>");
        HttpResponse<String> other = server.get(RESOURCE.replace("org.example", "org.other"));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("--authority org.other");
    }

    @Test
    void itsTestQueriesFindSomething() throws IOException, InterruptedException {
        String body = server.get(RESOURCE).body();
        int cones = 0;
        for (MatchResult cone : Pattern.compile(
                        "(?s)/scs/(\\w+)\\?</accessURL>.*?<ra>(.*?)</ra><dec>(.*?)</dec><sr>(.*?)</sr>")
                .matcher(body)
                .results()
                .toList()) {
            String query =
                    "/scs/" + cone.group(1) + "?RA=" + cone.group(2) + "&DEC=" + cone.group(3) + "&SR=" + cone.group(4);
            assertThat(server.get(query).body()).as(query).contains("<TR>");
            cones++;
        }
        assertThat(cones).isEqualTo(3);
        MatchResult ssa = Pattern.compile("<long>(.*?)</long><lat>(.*?)</lat></pos><size>(.*?)</size>")
                .matcher(body)
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(server.get("/ssa?REQUEST=queryData&POS=" + ssa.group(1) + "," + ssa.group(2) + "&SIZE="
                                + ssa.group(3))
                        .body())
                .contains("<TR>");
    }
}
