package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables larger than the heap of the process: the memory is stated beforehand, and is enough. */
@Tag("slow")
class BoundedMemoryTest {
    private static final int ROWS = 1_200_000;
    private static final int HEAP_MB = 96;
    private static final Pattern STATED = Pattern.compile("they take up to (\\d+) MB");

    @TempDir
    private Path temp;

    /** A program of its own with a small heap; what it says. */
    private String run(int heapMb, Object... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.spectractor.catalogue.Main"));
        Stream.of(words).map(String::valueOf).forEach(command::add);
        Path out = temp.resolve("out.txt");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        return code + "\n" + Files.readString(out);
    }

    private Path positions(String name, long seed, double shift) {
        SplittableRandom random = new SplittableRandom(1);
        double[] ra = random.doubles(ROWS, 10, 60).toArray();
        double[] dec = random.doubles(ROWS, -30, 30).toArray();
        double[] moved = Arrays.stream(dec).map(d -> d + shift).toArray();
        TableBuilder table = new TableBuilder()
                .add("id", IntStream.range(0, ROWS).asLongStream().toArray())
                .add("ra", ra)
                .add("dec", moved);
        SplittableRandom more = new SplittableRandom(seed);
        for (int k = 0; k < 5; k++) {
            table.add("c" + k, more.doubles(ROWS).toArray());
        }
        Path file = temp.resolve(name + ".parquet");
        ParquetTables.write(table.build(), file);
        return file;
    }

    private static int stated(String said) {
        Matcher line = STATED.matcher(said);
        assertThat(line.find()).as(said).isTrue();
        return Integer.parseInt(line.group(1));
    }

    @Test
    void tablesLargerThanMemoryAreMatched() throws IOException, InterruptedException {
        Path catalogue = temp.resolve("catalogue");
        Program.run("create", catalogue);
        for (String name : List.of("one", "two")) {
            Path file = positions(name, name.hashCode(), name.equals("two") ? 0.2 / 3600 : 0);
            // one partition of all rows, as others may have written it
            assertThat(Program.run("import", catalogue, "--from", file, "--name", name, "--rows-per-pixel", ROWS)
                            .code())
                    .isZero();
        }
        long bytes = 0;
        var table = CatalogueFolder.open(catalogue).table("one");
        for (var partition : table.partitions()) {
            Table rows = table.read(partition, null, null);
            bytes += rows.bytes();
        }
        assertThat((2 * bytes) >> 20).as("MB of both tables").isGreaterThan(HEAP_MB * 3 / 2);
        String said = run(HEAP_MB, "match", "one", "two", "--radius", 1, "--save", "both", "--catalogue", catalogue);
        assertThat(said).startsWith("0\n").contains("saved as both");
        assertThat(stated(said)).isLessThanOrEqualTo(HEAP_MB / 2);
        assertThat(Program.run("match", "one", "two", "--radius", 1, "--catalogue", catalogue)
                        .out())
                .contains(CatalogueFolder.open(catalogue).table("both").rows() + " pairs");
    }

    /** A search holds what it finds: what is too much is refused beforehand, and what a condition leaves over fits. */
    @Test
    void searchesStateTheirMemoryAndKeepIt() throws IOException, InterruptedException {
        Path catalogue = temp.resolve("catalogue");
        Program.run("create", catalogue);
        Path file = positions("one", 1, 0);
        Program.run("import", catalogue, "--from", file, "--name", "one", "--rows-per-pixel", 50_000);
        Path csv = temp.resolve("found.csv");
        String refused = run(HEAP_MB, "cone", "one", 30, 0, 60, "--to", csv, "--catalogue", catalogue);
        assertThat(refused)
                .startsWith("2\n")
                .containsPattern("the rows of this part of the sky take up to \\d+ MB")
                .contains("need about", "half of the heap of", "fewer --columns");
        assertThat(csv).doesNotExist();
        Matcher more = Pattern.compile("-Xmx(\\d+)m").matcher(refused);
        assertThat(more.find()).isTrue();
        assertThat(run(Integer.parseInt(more.group(1)), "cone", "one", 30, 0, 60, "--catalogue", catalogue))
                .startsWith("0\n");
        assertThat(run(HEAP_MB, "cone", "one", 30, 0, 60, "--where", "c0 < 0.001", "--catalogue", catalogue))
                .startsWith("0\n")
                .contains(" rows, the first 20 shown");
        assertThat(run(HEAP_MB, "cone", "one", 30, 0, 60, "--where", "c0 < 0.9", "--catalogue", catalogue))
                .startsWith("2\n")
                .contains("the rows that are asked for need about");
    }

    @Test
    void whatDoesNotFitIsSaidBeforeTheWorkBegins() throws IOException, InterruptedException {
        Path catalogue = temp.resolve("catalogue");
        Program.run("create", catalogue);
        int points = 60_000;
        int stars = 40;
        double[][] mjd = new double[stars][];
        double[][] mag = new double[stars][];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < stars; i++) {
            mjd[i] = random.doubles(points, 58000, 59000).toArray();
            mag[i] = random.doubles(points, 14, 15).toArray();
        }
        Path file = temp.resolve("curves.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("ra", random.doubles(stars, 10, 11).toArray())
                        .add("dec", random.doubles(stars, 10, 11).toArray())
                        .addStruct("lc", new TableBuilder().addLists("mjd", mjd).addLists("mag", mag))
                        .build(),
                file);
        Program.run("import", catalogue, "--from", file, "--name", "curves");
        String refused = run(
                HEAP_MB, "apply", "curves", "--expression", "n=count(value)", "--save", "n", "--catalogue", catalogue);
        assertThat(refused).startsWith("2\n").contains("needs about", "-Xmx", "--rows-per-pixel");
        Matcher more = Pattern.compile("-Xmx(\\d+)m").matcher(refused);
        assertThat(more.find()).isTrue();
        String done = run(
                Integer.parseInt(more.group(1)),
                "apply",
                "curves",
                "--expression",
                "n=count(value)",
                "--save",
                "n",
                "--catalogue",
                catalogue);
        assertThat(done).startsWith("0\n").contains("40 of 40 rows saved as n");
    }

    /** Rows of what is added come in parts where they do not fit at once; readers see one change all the same. */
    @Test
    void spectraAreAddedInParts() throws IOException, InterruptedException {
        Path catalogue = temp.resolve("catalogue");
        Path products = Files.createDirectories(temp.resolve("products"));
        Program.run("create", catalogue);
        for (int i = 0; i < 300; i++) {
            Products.write(products, "s" + i, "HD111980", 193.3, -18.5, 60000.1 + i, 1e-12, 0);
        }
        String said = run(64, "add", catalogue, products);
        assertThat(said).startsWith("0\n").contains("300 files in 2 parts", "added 300 spectra of 1 stars");
        assertThat(stated(said)).isLessThanOrEqualTo(16);
        assertThat(CatalogueFolder.open(catalogue).table("spectra").rows()).isEqualTo(300);
        assertThat(Program.run("verify", catalogue).code()).isZero();
        try (Stream<Path> tables = Files.list(catalogue.resolve(".tables"))) {
            assertThat(tables.filter(
                            table -> String.valueOf(table.getFileName()).startsWith("spectra")))
                    .hasSize(1);
        }
    }
}
