package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
class JudgesTest {
    private static final List<String> PACKAGES = List.of("pyvo==1.9.1", "astropy==8.0.2");
    private static final long INSTALL_S = 300;
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

    private record Ended(int code, String out) {}

    private static Ended run(long seconds, String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(temp, "judge", ".out");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Ended(-1, "took more than " + seconds + " s");
        }
        return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    }

    private static void assumeStilts() throws InterruptedException {
        try {
            assumeTrue(run(60, "stilts", "-version").code() == 0, "skipped: stilts does not run");
        } catch (IOException e) {
            assumeTrue(false, "skipped: there is no stilts");
        }
    }

    @Test
    void taplintFindsNothing() throws IOException, InterruptedException {
        assumeStilts();
        Ended ended = run(RUN_S, "stilts", "taplint", "tapurl=" + server.url() + "/tap");
        // LOC is about another data model, ivoa.obsplan, which is not here
        List<String> complaints = ended.out()
                .lines()
                .filter(line -> line.matches("[EWF]-.*") && !line.startsWith("F-LOC-NOTP"))
                .toList();
        assertThat(complaints).as(ended.out()).isEmpty();
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
        assertThat(run(RUN_S, "stilts", "datalinklint", links.toString()).out())
                .contains("Totals: Errors: 0; Warnings: 0;");
        for (String path : List.of(
                "/tap/sync?LANG=ADQL&QUERY=SELECT+*+FROM+catalogue.spectra",
                "/tap/sync?LANG=ADQL&QUERY=SELECT+nothing",
                "/scs/spectra?RA=193.3&DEC=-18.5&SR=1",
                "/ssa?REQUEST=queryData",
                "/soda?ID=" + "0".repeat(64))) {
            Path file = temp.resolve("table.xml");
            Files.write(file, server.bytes(path));
            assertThat(run(RUN_S, "stilts", "votlint", file.toString()).out().strip())
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void pyvoAsksAndIsAnswered() throws IOException, InterruptedException {
        Path script = temp.resolve("ask.py");
        Files.write(
                script, JudgesTest.class.getResourceAsStream("ask_by_pyvo.py").readAllBytes());
        Ended ended = run(RUN_S, python(), script.toString(), server.url());
        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out()).endsWith("all right\n");
    }

    /** The environment's python. */
    private static String python() throws IOException, InterruptedException {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path environment = Path.of(
                cache, "spectractor", "python", String.join("-", PACKAGES).replace("==", "-"));
        Path whole = environment.resolve("whole");
        String python = environment.resolve("bin").resolve("python").toString();
        if (!Files.exists(whole)) {
            Ended version;
            try {
                version = run(60, "python3", "-c", "import sys; print(sys.version_info >= (3, 11))");
            } catch (IOException e) {
                version = new Ended(-1, "there is no python3");
            }
            assumeTrue(version.out().strip().equals("True"), "skipped: pyvo needs Python 3.11: " + version.out());
            Ended made = run(INSTALL_S, "python3", "-m", "venv", "--clear", environment.toString());
            assumeTrue(made.code() == 0, "skipped: no virtual environment can be made: " + made.out());
            List<String> words = new ArrayList<>(
                    List.of(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1"));
            words.addAll(PACKAGES);
            Ended installed = run(INSTALL_S, words.toArray(String[]::new));
            assumeTrue(
                    installed.code() == 0,
                    "skipped: " + PACKAGES + " cannot be fetched from PyPI (no network?): " + installed.out());
            Files.createFile(whole);
        }
        return python;
    }
}
