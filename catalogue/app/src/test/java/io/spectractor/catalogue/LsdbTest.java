package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spectractor.hats.HatsVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * hats and LSDB open what we write, and we what they write. They come from PyPI, once, into an environment in the user's
 * cache; without Python 3.11 or a network the test is skipped.
 */
@Tag("slow")
class LsdbTest {
    private static final List<String> PACKAGES = List.of("hats==0.10.4", "lsdb==0.10.4");
    private static final long INSTALL_S = 600;
    private static final long RUN_S = 300;

    @TempDir
    private Path temp;

    private record Ended(int code, String out) {}

    private Ended run(long seconds, String... words) throws IOException, InterruptedException {
        Path log = Files.createTempFile(temp, "python", ".log");
        Path out = Files.createTempFile(temp, "python", ".out");
        Process process = new ProcessBuilder(words)
                .redirectError(log.toFile())
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Ended(-1, "took more than " + seconds + " s");
        }
        String text = Files.readString(out, StandardCharsets.UTF_8);
        return new Ended(process.exitValue(), process.exitValue() == 0 ? text : text + Files.readString(log));
    }

    /** The environment's python. */
    private String python() throws IOException, InterruptedException {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path environment = Path.of(
                cache, "spectractor", "python", String.join("-", PACKAGES).replace("==", "-"));
        Path python = environment.resolve("bin").resolve("python");
        Path whole = environment.resolve("whole");
        if (!Files.exists(whole)) {
            Ended version;
            try {
                version = run(60, "python3", "-c", "import sys; print(sys.version_info >= (3, 11))");
            } catch (IOException e) {
                version = new Ended(-1, "there is no python3");
            }
            assumeTrue(version.out().strip().equals("True"), "skipped: LSDB needs Python 3.11: " + version.out());
            Ended made = run(INSTALL_S, "python3", "-m", "venv", "--clear", environment.toString());
            assumeTrue(made.code() == 0, "skipped: no virtual environment can be made: " + made.out());
            List<String> words = new ArrayList<>(List.of(
                    python.toString(), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1"));
            words.addAll(PACKAGES);
            Ended installed = run(INSTALL_S, words.toArray(String[]::new));
            assumeTrue(
                    installed.code() == 0,
                    "skipped: " + PACKAGES + " cannot be fetched from PyPI (no network?): " + installed.out());
            Files.createFile(whole);
        }
        return python.toString();
    }

    @Test
    void lsdbReadsOursAndWeReadLsdbs() throws IOException, InterruptedException {
        String python = python();
        Path catalogue = temp.resolve("survey");
        Path products = Files.createDirectories(temp.resolve("products"));
        Program.run("create", catalogue);
        for (int night = 0; night < 3; night++) {
            Products.write(products, "a" + night, "HD111980", 193.3, -18.5, 60000.1 + night, 1e-12, 0);
            Products.write(products, "b" + night, "HD2811", 7.8, -43.6, 60000.2 + night, 1e-12, 0);
            Program.run("add", catalogue, products);
        }
        Program.run("match", "objects", "objects", "--radius", "1", "--save", "cones", "--catalogue", catalogue);
        Path script = temp.resolve("read.py");
        Files.write(
                script, LsdbTest.class.getResourceAsStream("read_by_lsdb.py").readAllBytes());
        Path theirs = temp.resolve("theirs");
        Ended ended = run(RUN_S, python, script.toString(), catalogue.toString(), theirs.toString());
        assertThat(ended.code()).as(ended.out()).isZero();
        String[] lines = ended.out().strip().split("\n", -1);
        JsonNode said = new ObjectMapper().readTree(lines[lines.length - 1]);
        said.get("valid")
                .properties()
                .forEach(table -> assertThat(table.getValue().booleanValue())
                        .as("strict validation of " + table.getKey())
                        .isTrue());
        assertThat(said.get("margin").booleanValue()).isTrue();
        assertThat(said.get("stars").intValue()).isEqualTo(2);
        assertThat(said.get("found").toString()).isEqualTo("[\"HD111980\"]");
        assertThat(said.get("series").intValue()).isEqualTo(3 * 9);
        assertThat(said.get("near").intValue()).isEqualTo(3);
        assertThat(said.get("columns").toString())
                .isEqualTo("[\"wavelength\",\"flux\",\"flux_err\",\"flux_toa\",\"flux_toa_err\",\"instrument\"]");
        assertThat(said.get("flux").doubleValue()).isEqualTo(1e-12);

        assertThat(HatsVerifier.problems(theirs)).isEmpty();
        Path mine = temp.resolve("mine");
        Program.run("create", mine);
        CatalogueFolder.open(mine).put("theirs", false, folder -> copy(theirs, folder));
        Path csv = temp.resolve("ids.csv");
        assertThat(Program.run("cone", "theirs", 0, 80, 20, "--columns", "id", "--to", csv, "--catalogue", mine)
                        .code())
                .isZero();
        List<Integer> ids = Files.readAllLines(csv).stream()
                .skip(1)
                .map(Integer::parseInt)
                .sorted()
                .toList();
        assertThat(ids)
                .isEqualTo(StreamSupport.stream(said.get("ids").spliterator(), false)
                        .map(JsonNode::intValue)
                        .toList())
                .isNotEmpty();
    }

    private static void copy(Path from, Path to) {
        try (var walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
