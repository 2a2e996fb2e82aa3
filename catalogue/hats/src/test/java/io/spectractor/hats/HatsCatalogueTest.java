package io.spectractor.hats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.sky.Cone;
import io.spectractor.sky.PixelCoverage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HatsCatalogueTest {
    private static Table table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] ra = random.doubles(rows, 0, 360).toArray();
        double[] dec = random.doubles(rows, -90, 90).toArray();
        double[][] mjd = new double[rows][];
        String[][] band = new String[rows][];
        String[] names = new String[rows];
        for (int i = 0; i < rows; i++) {
            int n = i % 4;
            mjd[i] = random.doubles(n).toArray();
            band[i] =
                    IntStream.range(0, n).mapToObj(k -> k % 2 == 0 ? "g" : "r").toArray(String[]::new);
            names[i] = i % 7 == 0 ? null : "star " + i;
        }
        return new TableBuilder()
                .addPixels(ra, dec)
                .add("id", IntStream.range(0, rows).asLongStream().toArray())
                .add("ra", ra)
                .add("dec", dec)
                .add("name", names)
                .addStruct("lc", new TableBuilder().addLists("mjd", mjd).addLists("band", band))
                .build();
    }

    static HatsCatalogue write(Path folder, Table table, boolean folders) {
        HatsWriter writer = new HatsWriter(folder, "stars", "object", "ra", "dec", folders);
        HatsWriter.divided(table.longs(HatsLayout.PIXEL), 1)
                .forEach((partition, rows) -> writer.write(partition, "a.parquet", table.rows(rows)));
        writer.finish(table.schema(), Map.of());
        return HatsCatalogue.open(folder);
    }

    @Test
    void rowsComeBackAsTheyWere(@TempDir Path folder) {
        Table table = table(5000, 1);
        HatsCatalogue catalogue = write(folder.resolve("stars"), table, false);
        assertThat(catalogue.rows()).isEqualTo(5000);
        assertThat(catalogue.partitions()).hasSize(48);
        assertThat(catalogue.schema()).isEqualTo(table.schema());
        long seen = 0;
        for (Partition partition : catalogue.partitions()) {
            Table part = catalogue.read(partition, null, null);
            assertThat(part.longs(HatsLayout.PIXEL)).isSorted();
            long[] ids = part.longs("id");
            for (int i = 0; i < part.rows(); i++) {
                int id = (int) ids[i];
                assertThat(part.value(i, "name")).isEqualTo(table.value(id, "name"));
                assertThat(part.doubles("ra")[i]).isEqualTo(table.doubles("ra")[id]);
                assertThat(part.list(i, "lc", "mjd", "list", "element"))
                        .containsExactly(table.list(id, "lc", "mjd", "list", "element"))
                        .hasSize(id % 4);
                assertThat(part.value(i, "lc", "band", "list", "element"))
                        .isEqualTo(table.value(id, "lc", "band", "list", "element"));
            }
            seen += part.rows();
        }
        assertThat(seen).isEqualTo(5000);
        assertThat(HatsVerifier.problems(catalogue.folder())).isEmpty();
    }

    @Test
    void coneReadsWhatLiesInIt(@TempDir Path folder) {
        Table table = table(5000, 2);
        HatsCatalogue catalogue = write(folder.resolve("stars"), table, true);
        Cone cone = new Cone(5, 88, 9);
        PixelCoverage coverage = PixelCoverage.of(cone, 8);
        List<Long> ids = catalogue.partitions(coverage).stream()
                .map(partition -> catalogue.read(partition, List.of("id"), cone, coverage))
                .flatMap(part -> IntStream.range(0, part.rows()).mapToObj(i -> part.longs("id")[i]))
                .sorted()
                .toList();
        double[] ra = table.doubles("ra");
        double[] dec = table.doubles("dec");
        assertThat(ids)
                .isEqualTo(IntStream.range(0, 5000)
                        .filter(i -> cone.contains(ra[i], dec[i]))
                        .mapToObj(i -> (long) i)
                        .toList())
                .isNotEmpty();
    }

    @Test
    void damageIsNamed(@TempDir Path folder) throws IOException {
        Path stars = folder.resolve("stars");
        HatsCatalogue catalogue = write(stars, table(500, 3), false);
        Path first = catalogue.files(catalogue.partitions().get(0)).get(0);
        Path second = catalogue.files(catalogue.partitions().get(1)).get(0);
        try (FileChannel channel = FileChannel.open(first, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(first) / 2);
        }
        Path third = catalogue.files(catalogue.partitions().get(2)).get(0);
        Files.move(third, second, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(HatsVerifier.problems(stars))
                .anyMatch(line ->
                        line.contains(first.getFileName().toString()) && line.contains("not a whole Parquet file"))
                .anyMatch(line -> line.contains(second.getFileName().toString()) && line.contains("lie outside"))
                .anyMatch(line -> line.contains(third.getFileName().toString()) && line.contains("is not there"))
                .anyMatch(line -> line.contains("hats_nrows"));
        assertThatThrownBy(() -> catalogue.read(catalogue.partitions().get(0), null, null))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(first.toString());
        assertThatThrownBy(() -> HatsCatalogue.open(folder)).hasMessageContaining("not a HATS catalogue");
    }
}
