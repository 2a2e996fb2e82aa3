package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsVerifier;
import io.spectractor.hats.HatsWriter;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddCommandTest {
    private static final double MJD = 60000.1;

    @TempDir
    private Path temp;

    private Path catalogue;
    private Path products;

    @BeforeEach
    void folders() throws IOException {
        catalogue = temp.resolve("catalogue");
        products = Files.createDirectories(temp.resolve("products"));
        assertThat(Program.run("create", catalogue).code()).isZero();
    }

    private HatsCatalogue table(String name) {
        return CatalogueFolder.open(catalogue).table(name);
    }

    private static Table all(HatsCatalogue table) {
        return Table.joined(table.partitions().stream()
                .map(partition -> table.read(partition, null, null))
                .toList());
    }

    private List<String> column(String table, String column) {
        Table rows = all(table(table));
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rows.rows(); i++) {
            values.add(String.valueOf(rows.value(i, column)));
        }
        return values.stream().sorted().toList();
    }

    /** Files of the data, by their names, with their i-node: the same one is a file that nobody wrote again. */
    private Map<String, Object> files(String table) throws IOException {
        Path data = table(table).folder().resolve("dataset");
        Map<String, Object> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(data)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                files.put(data.relativize(file).toString(), Files.getAttribute(file, "unix:ino"));
            }
        }
        return files;
    }

    @Test
    void spectraBecomeRowsAndStarsSeries() throws IOException {
        Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        Products.write(products, "b", "hd 111980", 193.3, -18.5, MJD + 0.01, 2e-12, 0);
        Products.write(products, "c", "Nobody", 10, 20, MJD, 1e-12, 0);
        Products.write(products, "d", null, 11, 21, MJD, 1e-12, 0);
        Program.Result result = Program.run("add", catalogue, products);
        assertThat(result.out()).contains("added 4 spectra of 2 stars", "spectra: 4, stars: 2");
        assertThat(result.code()).isZero();
        assertThat(column("spectra", "target")).containsExactly("HD111980", "HD111980", "NOBODY", "null");
        assertThat(column("objects", "name")).containsExactly("HD111980", "NOBODY");
        for (String name : List.of("spectra", "objects")) {
            assertThat(HatsVerifier.problems(table(name).folder())).isEmpty();
        }
        Table objects = all(table("objects"));
        int row = objects.value(0, "name").equals("HD111980") ? 0 : 1;
        Object bands = objects.value(row, "lc", "band", "list", "element");
        assertThat(((List<?>) bands).stream().map(String::valueOf).distinct())
                .containsExactly("u", "g", "r", "i", "z", "y", "BP", "G", "RP");
        double[] magnitudes = objects.list(row, "lc", "mag", "list", "element");
        assertThat(magnitudes[0] - magnitudes[magnitudes.length / 2])
                .as("twice the flux")
                .isEqualTo(2.5 * Math.log10(2), org.assertj.core.api.Assertions.within(1e-9));
        double[] mjd = objects.list(row, "lc", "mjd", "list", "element");
        assertThat(mjd).isSorted().startsWith(MJD).endsWith(MJD + 0.01);
    }

    /** What a run keeps of a product beside it. */
    private static void record(Path file, String digest) throws IOException {
        String name = file.getFileName().toString();
        ImageResult result = new ImageResult(
                name,
                name,
                ImageStatus.DONE,
                null,
                null,
                Collections.emptySortedSet(),
                1,
                false,
                1,
                StageTimings.none(),
                name,
                digest,
                "science",
                "input",
                "key",
                null);
        Path folder = Files.createDirectories(file.resolveSibling("_runs").resolve("_products"));
        Files.writeString(
                folder.resolve(name + ".json"), Json.pretty(new ProductRecord("c", result, "20300101T000000Z-a")));
    }

    @Test
    void everyRowSaysWhereItComesFrom() throws IOException {
        Path file = Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        record(file, Hashes.sha256(Files.readAllBytes(file)));
        // a record of another file of that name says nothing of this one
        record(Products.write(products, "b", "HD111980", 193.3, -18.5, MJD + 1, 1e-12, 0), "another");
        Program.run("add", catalogue, products);
        assertThat(column("spectra", "run")).containsExactly("20300101T000000Z-a", "null");
        Program.run("drop", "spectra", "--catalogue", catalogue);
        Program.run("add", catalogue, file);
        Table rows = all(table("spectra"));
        assertThat(rows.value(0, "run")).isEqualTo("20300101T000000Z-a");
        assertThat(rows.value(0, "science_sha256")).isEqualTo(io.spectractor.core.product.ScienceDigest.of(file));
        assertThat(rows.value(0, "config_sha256")).isEqualTo("config");
        assertThat(rows.value(0, "calibration_sha256")).isEqualTo("calibration");
        assertThat(rows.value(0, "input_sha256")).isEqualTo("input a");
        assertThat(rows.value(0, "file")).isEqualTo("a_spectrum.fits");
        assertThat(rows.value(0, "position_origin")).isEqualTo("catalogue");
    }

    @Test
    void aNightIsAFileAndAddingTwiceAddsOnce() throws IOException {
        Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        Products.write(products, "b", "HD111980", 193.3, -18.5, MJD + 0.02, 1e-12, 0);
        Program.run("add", catalogue, products);
        Map<String, Object> first = files("spectra");
        assertThat(first).hasSize(1);
        Path state = table("spectra").folder();
        assertThat(Program.run("add", catalogue, products).out()).contains("nothing new: 2 spectra");
        assertThat(table("spectra").folder()).isEqualTo(state);

        Path night = Files.createDirectories(temp.resolve("next"));
        Products.write(night, "a", "HD111980", 193.3, -18.5, MJD + 1, 1e-12, 0);
        assertThat(Program.run("add", catalogue, products, night).out())
                .contains("added 1 spectra of 1 stars; 2 were there already");
        assertThat(files("spectra")).hasSize(2).containsAllEntriesOf(first);
        assertThat(table("spectra").rows()).isEqualTo(3);
    }

    @Test
    void theLaterSpectrumOfAnExposureShowsInWhateverOrderTheyCome() throws IOException {
        Path late = Files.createDirectories(temp.resolve("late"));
        Path early = Files.createDirectories(temp.resolve("early"));
        Products.write(early, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        Products.write(early, "b", "HD111980", 193.3, -18.5, MJD + 0.1, 1e-12, 0);
        Products.write(late, "a", "HD 111980", 193.3, -18.5, MJD, 3e-12, 60);
        Path other = temp.resolve("other");
        Program.run("create", other);
        assertThat(Program.run("add", catalogue, early).code()).isZero();
        assertThat(Program.run("add", catalogue, late).out()).contains("1 do not show");
        assertThat(Program.run("add", other, late).code()).isZero();
        assertThat(Program.run("add", other, early).out()).contains("added 1 spectra", "1 do not show");
        List<String> shown = column("spectra", "science_sha256");
        assertThat(shown).hasSize(2);
        Path mine = catalogue;
        catalogue = other;
        assertThat(column("spectra", "science_sha256")).isEqualTo(shown);
        catalogue = mine;
        assertThat(all(table("objects")).value(0, "spectra")).isEqualTo(2);
        assertThat(Program.run("add", catalogue, early).out()).contains("nothing new: 2");
        for (Path folder : List.of(catalogue, other)) {
            assertThat(Program.run("verify", folder).code()).isZero();
        }
    }

    @Test
    void whatCannotBeTakenIsNamedAndTheRestIsAdded() throws IOException {
        Products.write(products, "good", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        Path cut = Products.write(products, "cut", "HD111980", 193.3, -18.5, MJD + 1, 1e-12, 0);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(cut) - 5000);
        }
        Products.write(products, "lost", "Lost Star", Double.NaN, Double.NaN, MJD, 1e-12, 0);
        Products.write(products, "timeless", "HD111980", 193.3, -18.5, Double.NaN, 1e-12, 0);
        Products.write(products, "swapped", "HD111980", 193.3, 118.5, MJD + 2, 1e-12, 0);
        Program.Result result = Program.run("add", catalogue, products);
        assertThat(result.code()).isOne();
        assertThat(result.out()).contains("added 1 spectra");
        assertThat(result.err().lines())
                .anyMatch(line -> line.startsWith("left out:") && line.contains("cut_spectrum.fits"))
                .anyMatch(line -> line.contains("lost_spectrum.fits: nobody knows where Lost Star is"))
                .anyMatch(line -> line.contains("timeless_spectrum.fits: it has no time"))
                .anyMatch(line -> line.contains("swapped_spectrum.fits: its position (193.3, 118.5)"))
                .anyMatch(line -> line.startsWith("4 left out"));

        Path positions = Files.writeString(temp.resolve("positions.csv"), "name,ra,dec\nlost star,12.5,-30\n");
        Program.Result again = Program.run("add", catalogue, products, "--positions", positions);
        assertThat(again.out()).contains("added 1 spectra of 1 stars; 1 were there already");
        assertThat(again.out()).doesNotContain("note:");
        assertThat(column("objects", "position_origin")).containsExactly("catalogue", "user");

        Files.writeString(positions, "name,ra,dec\nlost star,0.2182,-0.5236\n");
        assertThat(Program.run("add", catalogue, products, "--positions", positions)
                        .out())
                .contains("note: the positions of " + positions, "may be radians");
    }

    @Test
    void badPositionsAndPathsAreNamed() throws IOException {
        Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        Path positions = temp.resolve("positions.csv");
        for (String[] bad : new String[][] {
            {"name,ra,dec\nx,12:30:00,-30\n", "line 2: '12:30:00' is not a number"},
            {"name,ra,dec\nx,12,-100\n", "declination -100.0 is beyond 90 degrees"},
            {"name,ra,dec\nx,-12,10\n", "right ascension -12.0"},
            {"star,alpha,delta\nx,1,1\n", "must name the columns name,ra,dec"}
        }) {
            Files.writeString(positions, bad[0]);
            Program.Result result = Program.run("add", catalogue, products, "--positions", positions);
            assertThat(result.err()).contains("positions.csv", bad[1]);
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(Program.run("add", catalogue, temp.resolve("nothing")).err()).contains("nothing is not there");
        assertThat(Program.run("add", temp.resolve("none"), products).err()).contains("holds no catalogue");
        assertThat(Program.run("add", catalogue, Files.createDirectories(temp.resolve("empty")))
                        .err())
                .contains("holds no spectra");
    }

    @Test
    void twoWritersAtOnceAndAKillInTheMiddleLoseNothing() throws IOException {
        Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        try (FileChannel channel = FileChannel.open(
                        catalogue.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Program.Result result = Program.run("add", catalogue, products);
            assertThat(result.err()).contains("somebody else is writing", "Nothing was changed");
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(Program.run("add", catalogue, products).code()).isZero();
        Path before = table("spectra").folder();
        // what a kill in the middle leaves: new tables, half written, that no state names
        assertThatThrownBy(() -> CatalogueFolder.open(catalogue).change((tables, fresh) -> {
                    try {
                        Files.createDirectories(fresh.folder("spectra").resolve("dataset"));
                        Files.writeString(fresh.folder("spectra").resolve("dataset/half.parquet.part"), "PAR1");
                    } catch (IOException e) {
                        throw new CatalogueException("test", e);
                    }
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(table("spectra").folder()).isEqualTo(before);
        assertThat(Program.run("verify", catalogue).code()).isZero();
        Products.write(products, "b", "HD111980", 193.3, -18.5, MJD + 1, 1e-12, 0);
        assertThat(Program.run("add", catalogue, products).out()).contains("added 1 spectra");
        assertThat(table("spectra").rows()).isEqualTo(2);
        assertThat(Program.run("verify", catalogue).code()).isZero();
    }

    /** A process of its own, killed by the system as soon as it has begun to write, and a little later. */
    @Test
    void aProcessThatIsKilledWhileItWritesLosesNothing() throws IOException, InterruptedException {
        Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        assertThat(Program.run("add", catalogue, products).code()).isZero();
        for (int i = 0; i < 12; i++) {
            Products.write(products, "b" + i, "HD2811", 7.8, -43.6, MJD + 1 + i, 1e-12, 0);
        }
        for (long later : new long[] {0, 60}) {
            int before = count();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.spectractor.catalogue.Main",
                            "add",
                            catalogue.toString(),
                            products.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("add.out").toFile())
                    .start();
            while (process.isAlive() && count() == before) {
                Thread.sleep(2);
            }
            Thread.sleep(later);
            boolean killed = process.isAlive();
            process.destroyForcibly().waitFor();
            assertThat(killed || later > 0)
                    .as(Files.readString(temp.resolve("add.out")))
                    .isTrue();
            assertThat(table("spectra").rows()).isIn(1L, 13L);
            assertThat(Program.run("verify", catalogue).code()).isZero();
        }
        assertThat(Program.run("add", catalogue, products).code()).isZero();
        assertThat(table("spectra").rows()).isEqualTo(13);
        assertThat(Program.run("verify", catalogue).code()).isZero();
    }

    /** How many files and folders the catalogue has. */
    private int count() throws IOException {
        for (int attempt = 0; ; attempt++) {
            try (Stream<Path> all = Files.walk(catalogue)) {
                return (int) all.filter(path -> !path.endsWith(".lock")).count();
            } catch (java.io.UncheckedIOException e) {
                // something was renamed just now
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    /** Puts a table in place of {@code spectra} as another version would have written it. */
    private void rewrite(java.util.function.UnaryOperator<Table> other) {
        HatsCatalogue old = table("spectra");
        CatalogueFolder.open(catalogue).change((tables, fresh) -> {
            Path folder = fresh.folder("spectra");
            HatsWriter writer = new HatsWriter(folder, "spectra", "source", "ra", "dec", true);
            for (Partition partition : old.partitions()) {
                for (Path file : old.files(partition)) {
                    Table rows = ParquetTables.read(file, null, null);
                    writer.write(partition, file.getFileName().toString(), other.apply(rows));
                }
            }
            writer.finish(old.schema(), Map.of());
            try {
                Files.copy(old.folder().resolve("exposures.parquet"), folder.resolve("exposures.parquet"));
            } catch (IOException e) {
                throw new CatalogueException("test", e);
            }
            tables.put("spectra", folder);
            return true;
        });
    }

    @Test
    void columnsThatChangedBetweenNightsLoseNothing() throws IOException {
        Products.write(products, "a", "HD111980", 193.3, -18.5, MJD, 1e-12, 0);
        Program.run("add", catalogue, products);
        rewrite(rows -> {
            List<String> names = new ArrayList<>(rows.names());
            names.remove("humidity");
            Table older = new TableBuilder().add("seeing", new double[] {1.5}).build();
            return rows.columns(names).beside(older);
        });
        Path night = Files.createDirectories(temp.resolve("next"));
        Products.write(night, "b", "HD111980", 193.3, -18.5, MJD + 1, 1e-12, 0);
        assertThat(Program.run("add", catalogue, night).out()).contains("added 1 spectra");
        assertThat(column("spectra", "seeing")).containsExactly("1.5", "null");
        assertThat(column("spectra", "humidity")).containsExactly("30.0", "null");
        assertThat(Program.run("verify", catalogue).code()).isZero();
        assertThat(all(table("objects")).value(0, "spectra")).isEqualTo(2);

        rewrite(rows -> {
            List<String> names = new ArrayList<>(rows.names());
            names.remove("airmass");
            return rows.columns(names)
                    .beside(new TableBuilder()
                            .add("airmass", new String[rows.rows()])
                            .build());
        });
        Products.write(night, "c", "HD111980", 193.3, -18.5, MJD + 2, 1e-12, 0);
        Program.Result refused = Program.run("add", catalogue, night);
        assertThat(refused.err()).contains("columns of other types", "airmass", "nothing was added");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(table("spectra").rows()).isEqualTo(2);
    }
}
