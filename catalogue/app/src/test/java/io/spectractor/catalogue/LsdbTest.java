package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spectractor.hats.HatsVerifier;
import io.spectractor.testkit.ExternalProgram;
import io.spectractor.testkit.ExternalProgram.Ended;
import io.spectractor.testkit.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final List<String> PACKAGES = List.of("hats==0.11.1", "lsdb==0.11.1");
    private static final long RUN_S = 300;

    @TempDir
    private Path temp;

    @Test
    void lsdbReadsOursAndWeReadLsdbs() throws IOException, InterruptedException {
        String python = PythonEnvironment.python(PACKAGES);
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
        Ended ended = ExternalProgram.run(RUN_S, python, script.toString(), catalogue.toString(), theirs.toString());
        assertThat(ended.code()).as(ended.all()).isZero();
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
        Path collection = temp.resolve("theirs_collection");
        assertThat(Program.run("list", "--catalogue", collection).out())
                .contains("object ", "margin ")
                .hasLineCount(2);
        assertThat(Program.run("verify", collection).code()).isZero();
        Program.Result inCollection = Program.run("cone", "theirs", 0, 80, 20, "--catalogue", collection);
        assertThat(inCollection.out())
                .as(inCollection.err())
                .contains(said.get("ids").size() + " rows");
        Path csv = temp.resolve("ids.csv");
        assertThat(Program.run("cone", "theirs", 0, 80, 20, "--columns", "id", "--to", csv, "--catalogue", theirs)
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
}
