package io.spectractor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyCommandTest {
    @TempDir
    Path folder;

    private FakeProgram program;

    @BeforeEach
    void program() throws IOException {
        program = new FakeProgram(folder);
    }

    @Test
    void linesOfANebulaAreHeldAgainstTheTruth() throws IOException {
        String[] words = {
            "accuracy", "--nebula", "--dispersers", "Thor300", "--count", "1", "--seed", "3", "--csv", "lines.csv"
        };

        assertThat(program.run(words)).as(program.err()).isZero();

        List<String> rows = program.out().lines().toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(2)).startsWith("| all | 1 of 1 |");
        List<String> csv = Files.readAllLines(folder.resolve("lines.csv"));
        assertThat(csv).hasSize(14);
        long found = csv.stream()
                .filter(line -> line.endsWith(" measured") || line.endsWith(" wrong"))
                .count();
        assertThat(found).isGreaterThan(9);
        assertThat(rows.get(2)).contains("| " + found + " of 13 |");
        assertThat(csv.stream().filter(line -> line.endsWith("placed measured")))
                .hasSizeGreaterThan(9);
    }

    @Test
    void starsAreHeldAgainstTheTruth() throws IOException {
        String[] words = {"accuracy", "--count", "1", "--seed", "3", "--csv", "stars.csv", "--workers", "1"};

        assertThat(program.run(words)).as(program.err()).isZero();

        assertThat(program.out()).contains("| all | 1 of 1 |");
        List<String> csv = Files.readAllLines(folder.resolve("stars.csv"));
        assertThat(csv).hasSize(2);
        String[] names = csv.get(0).split(",", -1);
        String[] values = csv.get(1).split(",", -1);
        double rms = Double.parseDouble(values[List.of(names).indexOf("rms")]);
        assertThat(rms).isPositive().isLessThan(0.03);
    }

    @Test
    void aNightsAirIsHeldAgainstTheTruth() {
        String[] words = {
            "accuracy", "--nights", "1", "--spectra", "4", "--seed", "11", "--set", "extraction.method=psf1d"
        };

        assertThat(program.run(words)).as(program.err()).isZero();

        assertThat(program.out())
                .contains("| PWV | 4 | ", "| grey factor | 4 | ", "| ozone | 1 | ", "1 of 1 nights fitted, 0 frames");
        String[] all = program.out()
                .lines()
                .filter(line -> line.startsWith("| all |"))
                .findFirst()
                .orElseThrow()
                .split(" \\| ", -1);
        assertThat(Double.parseDouble(all[4])).as("pulls with tails").isLessThan(2);
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThat(program.run("accuracy", "--count", "0")).isEqualTo(2);
        assertThat(program.err()).contains("--count 0");
        assertThat(program.run("accuracy", "--nights", "1", "--csv", "x.csv")).isEqualTo(2);
        assertThat(program.err()).contains("--csv does not go with --nights");
        assertThat(program.run("accuracy", "--nebula", "--stars", "types")).isEqualTo(2);
        assertThat(program.err()).contains("--stars does not go with --nebula");
        assertThat(program.run("accuracy", "--spectra", "3")).isEqualTo(2);
        assertThat(program.err()).contains("--spectra goes with --nights only");
        assertThat(program.run("accuracy", "--count", "1", "--references", "perhaps"))
                .isEqualTo(2);
        assertThat(program.err()).contains("--references perhaps");
        assertThat(program.run("accuracy", "--count", "1", "--filters", "XY9")).isEqualTo(2);
        assertThat(program.err()).contains("XY9");
        assertThat(program.run("accuracy", "--count", "1", "--dispersers", "XY8"))
                .isEqualTo(2);
        assertThat(program.err()).contains("XY8").contains("Thor300");
    }
}
