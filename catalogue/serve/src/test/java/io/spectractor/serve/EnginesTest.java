package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Table;
import io.spectractor.sky.Box;
import io.spectractor.sky.Cone;
import io.spectractor.sky.PixelCoverage;
import io.spectractor.sky.Polygon;
import io.spectractor.sky.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** DuckDB, which answers queries, and our own reader, which the commands use, give the same rows to the last bit. */
class EnginesTest {
    @TempDir
    private Path temp;

    private static List<String> ofReader(Path folder, Region region) {
        HatsCatalogue points = HatsCatalogue.open(folder);
        PixelCoverage coverage = PixelCoverage.of(region, 11);
        List<String> rows = new ArrayList<>();
        for (var partition : points.partitions(coverage)) {
            Table table = points.read(partition, null, region, coverage);
            for (int i = 0; i < table.rows(); i++) {
                rows.add(String.join(
                        ",",
                        bits(table.doubles("ra")[i]),
                        bits(table.doubles("dec")[i]),
                        bits(table.doubles("Mag")[i]),
                        String.valueOf(table.value(i, "id"))));
            }
        }
        return rows.stream().sorted().toList();
    }

    private static String bits(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }

    static List<Arguments> regions() {
        double[][] cones = {{193.3, -18.5, 20}, {0, 0, 15}, {10, 89, 12}, {200, -90, 70}};
        List<Arguments> all = new ArrayList<>();
        for (double[] c : cones) {
            all.add(Arguments.of("CIRCLE(" + c[0] + ", " + c[1] + ", " + c[2] + ")", new Cone(c[0], c[1], c[2])));
        }
        all.add(Arguments.of(
                "POLYGON(340, -15, 20, -15, 25, 20, 335, 10)",
                new Polygon(new double[] {340, 20, 25, 335}, new double[] {-15, -15, 20, 10})));
        all.add(Arguments.of(
                "POLYGON(0, 70, 90, 75, 180, 70, 270, 75)",
                new Polygon(new double[] {0, 90, 180, 270}, new double[] {70, 75, 70, 75})));
        return all;
    }

    @ParameterizedTest
    @MethodSource("regions")
    void theirRowsAreTheSame(String shape, Region region) throws IOException, InterruptedException {
        same("1 = CONTAINS(POINT(ra, dec), " + shape + ")", region);
    }

    /** What region --ra 350 10 --dec -20 35 asks for, over 0h; a BOX of ADQL has great circles for its sides. */
    @Test
    void theirRowsOfABoxAreTheSame() throws IOException, InterruptedException {
        same("(ra >= 350 OR ra <= 10) AND dec BETWEEN -20 AND 35", new Box(350, 10, -20, 35));
    }

    private void same(String where, Region region) throws IOException, InterruptedException {
        Path catalogue = temp.resolve("catalogue");
        SmallCatalogue.write(catalogue);
        try (RunningServer server = new RunningServer(temp, null, "")) {
            List<String> rows = server.csv("SELECT ra, dec, \"Mag\", id FROM points WHERE " + where)
                    .lines()
                    .map(line -> {
                        String[] cells = line.strip().split(",", -1);
                        return String.join(
                                ",",
                                bits(Double.parseDouble(cells[0])),
                                bits(Double.parseDouble(cells[1])),
                                bits(Double.parseDouble(cells[2])),
                                cells[3]);
                    })
                    .sorted()
                    .toList();
            assertThat(rows)
                    .isEqualTo(ofReader(catalogue.resolve("points"), region))
                    .hasSizeGreaterThan(20);
        }
    }
}
