package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import io.spectractor.sky.Sphere;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anybody's tables come in whole, or are refused with a reason. */
class ImportCommandTest {
    private static final int ROWS = 3000;

    @TempDir
    private Path temp;

    private Path catalogue;

    @BeforeEach
    void create() {
        catalogue = temp.resolve("catalogue");
        assertThat(Program.run("create", catalogue).code()).isZero();
    }

    private static double[] random(long seed, double from, double to) {
        return new SplittableRandom(seed).doubles(ROWS, from, to).toArray();
    }

    private Path file(String name, double[] ra, double[] dec) {
        Path file = temp.resolve(name + ".parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("id", IntStream.range(0, ra.length).asLongStream().toArray())
                        .add("ra", ra)
                        .add("dec", dec)
                        .add("mag", random(9, 10, 20))
                        .build(),
                file);
        return file;
    }

    private Program.Result importOf(Path file, Object... more) {
        List<Object> words = new ArrayList<>(List.of("import", catalogue, "--from", file, "--name", "t"));
        words.addAll(Arrays.asList(more));
        return Program.run(words.toArray());
    }

    private static double[] with(double[] values, int row, double value) {
        double[] copy = values.clone();
        copy[row] = value;
        return copy;
    }

    @Test
    void rowsAreFoundAgainByConeRegionAndCondition() throws IOException {
        double[] ra = random(1, 0, 360);
        double[] dec = random(2, -90, 90);
        assertThat(importOf(file("good", ra, dec), "--rows-per-pixel", "200").out())
                .contains("3000 rows go to", "imported as t");
        Path to = temp.resolve("found.csv");
        assertThat(Program.run("cone", "t", "10", "-85", "12", "--catalogue", catalogue, "--columns", "id", "--to", to)
                        .code())
                .isZero();
        assertThat(Files.readAllLines(to).stream()
                        .skip(1)
                        .map(Integer::parseInt)
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, ROWS)
                        .filter(i -> Sphere.separation(10, -85, ra[i], dec[i]) <= 12)
                        .boxed()
                        .toList())
                .isNotEmpty();
        double[] mag = random(9, 10, 20);
        Program.run(
                "region",
                "t",
                "--ra",
                "350",
                "20",
                "--dec",
                "-30",
                "40",
                "--where",
                "mag < 15",
                "--catalogue",
                catalogue,
                "--columns",
                "id",
                "--to",
                to);
        assertThat(Files.readAllLines(to).stream()
                        .skip(1)
                        .map(Integer::parseInt)
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, ROWS)
                        .filter(i -> (ra[i] >= 350 || ra[i] <= 20) && dec[i] >= -30 && dec[i] <= 40 && mag[i] < 15)
                        .boxed()
                        .toList())
                .isNotEmpty();
        assertThat(Program.run("verify", catalogue).code()).isZero();
        assertThat(Program.run("list", "--catalogue", catalogue).out()).contains("3000 rows");
        assertThat(Program.run("show", "t", "--catalogue", catalogue).out())
                .contains("catalogue import", "mag  double");
        assertThat(Program.run("drop", "t", "--catalogue", catalogue).code()).isZero();
        assertThat(Program.run("cone", "t", "1", "1", "1", "--catalogue", catalogue)
                        .err())
                .contains("has no table t");
    }

    /** Another program's folder has no .current: a catalogue alone, or several beside a collection.properties. */
    @Test
    void foreignCataloguesAreReadInPlaceAndNotChanged() throws IOException {
        importOf(file("good", random(1, 0, 360), random(2, -90, 90)), "--rows-per-pixel", "500");
        Path folder = CatalogueFolder.open(catalogue).table("t").folder();
        Path collection = Files.createDirectories(temp.resolve("collection"));
        Files.createSymbolicLink(collection.resolve("stars"), folder);
        Files.createSymbolicLink(collection.resolve("again"), folder);
        assertThat(Program.run("list", "--catalogue", collection).err()).contains("holds no catalogue");
        Files.writeString(collection.resolve("collection.properties"), "hats_primary_table_url=stars\n");
        String rows =
                Program.run("cone", "t", 10, -85, 12, "--catalogue", catalogue).out();
        assertThat(rows).containsPattern("[1-9]\\d* rows");
        for (Path of : List.of(collection, collection.resolve("stars"))) {
            assertThat(Program.run("cone", "stars", 10, -85, 12, "--catalogue", of)
                            .out())
                    .isEqualTo(rows);
            assertThat(Program.run("match", "stars", "stars", "--radius", 1, "--catalogue", of)
                            .out())
                    .contains("3000 pairs");
            assertThat(Program.run("verify", of).code()).isZero();
            for (Object[] change : new Object[][] {
                {"drop", "stars", "--catalogue", of},
                {"match", "stars", "stars", "--radius", 1, "--save", "new", "--catalogue", of},
                {"import", of, "--from", temp.resolve("good.parquet"), "--name", "new"}
            }) {
                Program.Result refused = Program.run(change);
                assertThat(refused.err()).contains(of + " is a HATS catalogue of another program and is only read");
                assertThat(refused.code()).isEqualTo(2);
            }
        }
        assertThat(Program.run("list", "--catalogue", collection).out())
                .contains("again", "stars")
                .hasLineCount(2);
    }

    @Test
    void matchesAreThoseOfBruteForce() {
        double[] ra = random(3, 0, 360);
        double[] dec = random(4, -90, 90);
        SplittableRandom random = new SplittableRandom(5);
        double[] otherDec = Arrays.stream(dec)
                .map(d -> Math.max(-90, Math.min(90, d + random.nextDouble(-2e-3, 2e-3))))
                .toArray();
        importOf(file("one", ra, dec), "--rows-per-pixel", "300");
        Path other = file("two", ra, otherDec);
        Program.run("import", catalogue, "--from", other, "--name", "u", "--rows-per-pixel", "150");
        double radius = 4 / 3600.0;
        long pairs = IntStream.range(0, ROWS)
                .filter(i -> IntStream.range(0, ROWS)
                        .anyMatch(k -> Math.abs(otherDec[k] - dec[i]) <= radius
                                && Sphere.separation(ra[i], dec[i], ra[k], otherDec[k]) <= radius))
                .count();
        assertThat(pairs).isBetween(1000L, 2900L);
        assertThat(Program.run("match", "t", "u", "--radius", "4", "--save", "both", "--catalogue", catalogue)
                        .out())
                .contains(pairs + " pairs", "saved as both");
        HatsCatalogue both = CatalogueFolder.open(catalogue).table("both");
        assertThat(both.rows()).isEqualTo(pairs);
        for (var partition : both.partitions()) {
            Table rows = both.read(partition, null, null);
            assertThat(DoubleStream.of(rows.doubles("_dist_arcsec"))).allMatch(d -> d <= 4);
        }
        assertThat(Program.run("match", "t", "u", "--radius", "4", "--save", "both", "--catalogue", catalogue)
                        .err())
                .contains("there is a table both");
    }

    @Test
    void positionsThatAreNoneAreRefusedAndNothingIsLost() {
        double[] ra = random(1, 0, 360);
        double[] dec = random(2, -90, 90);
        importOf(file("good", ra, dec));
        String[][] refused = {
            {"nan", "row 7: the position (NaN"},
            {"infinite", "row 8: the position"},
            {"beyond", "declination 90.5 is beyond 90 degrees"},
            {"swapped", "are ra and dec swapped?"},
            {"large", "right ascension 400.0 is not within 0 to 360"},
            {"radians", "look like radians"}
        };
        List<Path> files = List.of(
                file("nan", with(ra, 7, Double.NaN), dec),
                file("infinite", ra, with(dec, 8, Double.POSITIVE_INFINITY)),
                file("beyond", ra, with(dec, 9, 90.5)),
                file("swapped", dec, ra),
                file("large", with(ra, 3, 400), dec),
                file("radians", random(1, 0, 2 * Math.PI), random(2, -1.5, 1.5)));
        for (int i = 0; i < refused.length; i++) {
            Program.Result result = Program.run("import", catalogue, "--from", files.get(i), "--name", "bad");
            assertThat(result.err()).as(refused[i][0]).contains(refused[i][1]).startsWith("spectractor: ");
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(Program.run("list", "--catalogue", catalogue).out())
                .contains("3000 rows")
                .doesNotContain("bad");
        assertThat(importOf(files.get(5), "--degrees").err()).contains("there is a table t");
    }

    @Test
    void aFewPositionsThatMayBeRadiansAreTakenWithANote() {
        Path few = temp.resolve("few.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("ra", new double[] {0.3, 3.4, 6.1})
                        .add("dec", new double[] {-0.5, 0.1, 1.5})
                        .build(),
                few);
        assertThat(importOf(few).out())
                .contains("note:", "3 positions", "may be radians", "--degrees", "imported as t");
        assertThat(Program.run("import", catalogue, "--from", few, "--name", "u", "--degrees")
                        .out())
                .doesNotContain("note:")
                .contains("imported as u");
        Path good = file("good", random(1, 0, 360), random(2, -90, 90));
        assertThat(Program.run("import", catalogue, "--from", good, "--name", "v")
                        .out())
                .doesNotContain("note:");
    }

    @Test
    void aPositionThatIsNullIsNamed() {
        Table known = new TableBuilder()
                .add("ra", random(1, 0, 360))
                .add("dec", random(2, -90, 90))
                .build();
        // without the column the rows get null there
        Table none = known.columns(List.of("ra")).fitted(known.schema());
        Path file = temp.resolve("null.parquet");
        ParquetTables.write(Table.joined(List.of(known, none)), file);
        Program.Result result = importOf(file);
        assertThat(result.err())
                .contains("row 3000: the position (", "NaN) is null or no number", "leave such rows out");
        assertThat(result.code()).isEqualTo(2);
        assertThat(Program.run("list", "--catalogue", catalogue).out()).doesNotContain("rows");
    }

    @Test
    void textsOtherColumnsAndCutFilesAreNamed() throws IOException {
        Path texts = temp.resolve("texts.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("ra", new String[] {"12:30:00.0"})
                        .add("dec", new String[] {"-30:00:00"})
                        .build(),
                texts);
        assertThat(importOf(texts).err()).contains("column ra holds texts (sexagesimal?)");
        Path good = file("good", random(1, 0, 360), random(2, -90, 90));
        assertThat(importOf(good, "--ra", "alpha").err()).contains("has no column alpha", "id, ra, dec, mag");
        Path other = temp.resolve("other.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("ra", new double[] {1})
                        .add("dec", new double[] {1})
                        .build(),
                other);
        assertThat(Program.run("import", catalogue, "--from", good, other, "--name", "t")
                        .err())
                .contains("other.parquet has other columns than");
        try (FileChannel channel = FileChannel.open(good, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(good) / 2);
        }
        assertThat(importOf(good).err())
                .contains("good.parquet is not a whole Parquet file")
                .doesNotContain("@");
        Path csv = Files.writeString(temp.resolve("stars.csv"), "ra,dec\n1,2\n");
        assertThat(importOf(csv).err()).contains("stars.csv is not a whole Parquet file: it does not begin as one");
        assertThat(importOf(temp.resolve("none.parquet")).err()).contains("is not there");
    }

    @Test
    void aPartitionCutShortIsNamedByVerifyAndByWhoReadsIt() throws IOException {
        importOf(file("good", random(1, 0, 360), random(2, -90, 90)), "--rows-per-pixel", "500");
        HatsCatalogue table = CatalogueFolder.open(catalogue).table("t");
        Path cut = table.files(table.partitions().get(0)).get(0);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(cut) - 100);
        }
        Program.Result verified = Program.run("verify", catalogue);
        assertThat(verified.code()).isOne();
        assertThat(verified.out()).contains(cut.getFileName().toString(), "not a whole Parquet file", "problems");
        Program.Result cone = Program.run("cone", "t", "0", "0", "180", "--catalogue", catalogue);
        assertThat(cone.err()).contains(cut.getFileName().toString());
        assertThat(cone.code()).isEqualTo(2);
    }
}
