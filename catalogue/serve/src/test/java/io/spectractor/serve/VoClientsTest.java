package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spectractor.testkit.ExternalProgram;
import io.spectractor.testkit.ExternalProgram.Ended;
import io.spectractor.testkit.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What strangers say: taplint, datalinklint and votlint of STILTS, and pyvo. STILTS is Debian's; pyvo comes from PyPI, once,
 * into an environment in the user's cache. Where one is missing its test is skipped.
 */
@Tag("slow")
class VoClientsTest {
    private static final List<String> PACKAGES = List.of("pyvo==1.9.1", "astropy==8.0.2");
    private static final long RUN_S = 240;

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

    private static void assumeStilts() throws InterruptedException {
        try {
            assumeTrue(ExternalProgram.run(60, "stilts", "-version").code() == 0, "skipped: stilts does not run");
        } catch (IOException e) {
            assumeTrue(false, "skipped: there is no stilts");
        }
    }

    @Test
    void taplintFindsNothing() throws IOException, InterruptedException {
        assumeStilts();
        Ended ended = ExternalProgram.run(RUN_S, "stilts", "taplint", "tapurl=" + server.url() + "/tap");
        // LOC is about another data model, ivoa.obsplan, which is not here
        List<String> complaints = ended.out()
                .lines()
                .filter(line -> line.matches("[EWF]-.*") && !line.startsWith("F-LOC-NOTP"))
                .toList();
        assertThat(complaints).as(ended.all()).isEmpty();
        assertThat(ended.out())
                .contains("Totals: Errors: 0; Warnings: 0;")
                .contains("Section UPL")
                .contains("Section OBS");
    }

    @Test
    void linksAndTablesAreValid() throws IOException, InterruptedException {
        assumeStilts();
        Path links = Files.writeString(
                temp.resolve("links.xml"),
                server.get("/datalink?ID=" + "0".repeat(64) + "&ID=none").body());
        assertThat(ExternalProgram.run(RUN_S, "stilts", "datalinklint", links.toString())
                        .out())
                .contains("Totals: Errors: 0; Warnings: 0;");
        for (String path : List.of(
                "/tap/sync?LANG=ADQL&QUERY=SELECT+*+FROM+catalogue.spectra",
                "/tap/sync?LANG=ADQL&QUERY=SELECT+nothing",
                "/scs/spectra?RA=193.3&DEC=-18.5&SR=1",
                "/ssa?REQUEST=queryData",
                "/soda?ID=" + "0".repeat(64))) {
            Path file = temp.resolve("table.xml");
            Files.write(file, server.bytes(path));
            assertThat(ExternalProgram.run(RUN_S, "stilts", "votlint", file.toString())
                            .all()
                            .strip())
                    .as(path)
                    .isEmpty();
        }
    }

    /** Without the capabilities of SSA and cone search, whose schemas STILTS lacks. */
    @Test
    void theDescriptionForARegistryIsValid(@TempDir Path other) throws IOException, InterruptedException {
        assumeStilts();
        Path root = Files.writeString(temp.resolve("root.xsd"), """
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:vr="http://www.ivoa.net/xml/VOResource/v1.0"
                    targetNamespace="http://www.ivoa.net/xml/RegistryInterface/v1.0">
                  <xs:import namespace="http://www.ivoa.net/xml/VOResource/v1.0"
                      schemaLocation="http://www.ivoa.net/xml/VOResource/v1.0"/>
                  <xs:element name="Resource" type="vr:Resource"/>
                </xs:schema>
                """);
        String path = "/voresource.xml?authority=org.example&publisher=P&contact=C&email=c@example.org";
        valid(root, server.get(path).body());
        // with a token, which each interface names
        SmallCatalogue.write(other.resolve("catalogue"));
        try (RunningServer guarded = new RunningServer(other, "correct horse battery", "")) {
            valid(
                    root,
                    guarded.get(path, "Authorization", "Bearer correct horse battery")
                            .body());
        }
    }

    private static void valid(Path root, String resource) throws IOException, InterruptedException {
        assertThat(resource).contains("<ri:Resource");
        Path file = Files.writeString(
                temp.resolve("resource.xml"),
                resource.replaceAll("(?s)<capability [^>]*xsi:type=\"(cs|ssap):.*?</capability>\\n", ""));
        Ended ended = ExternalProgram.run(
                RUN_S,
                "stilts",
                "xsdvalidate",
                "uselocals=true",
                "schemaloc=http://www.ivoa.net/xml/RegistryInterface/v1.0=" + root,
                file.toString());
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    private static void pyvo(String python) throws IOException, InterruptedException {
        Path script = temp.resolve("ask.py");
        Files.write(
                script,
                VoClientsTest.class.getResourceAsStream("ask_by_pyvo.py").readAllBytes());
        Ended ended = ExternalProgram.run(RUN_S, python, script.toString(), server.url());
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).endsWith("all right\n");
    }

    @Test
    void pyvoAsksAndIsAnswered() throws IOException, InterruptedException {
        pyvo(PythonEnvironment.python(PACKAGES));
    }

    /** The one that Debian 12 has, four years older. */
    @Test
    void theOldPyvoOfDebianIsAnsweredToo() throws IOException, InterruptedException {
        String python = "/usr/bin/python3";
        assumeTrue(
                Files.exists(Path.of(python))
                        && ExternalProgram.run(60, python, "-c", "import pyvo").code() == 0,
                "skipped: Debian's python3-pyvo is not there");
        pyvo(python);
    }
}
