package io.spectractor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.Table;
import io.spectractor.sky.Cone;
import io.spectractor.sky.PixelCoverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DuckDB, which answers queries, and our own reader, which the commands use, give the same rows to the last bit. */
class EnginesTest {
    @TempDir
    private static Path temp;

    private static List<String> ofReader(Path folder, Cone cone) {
        HatsCatalogue points = HatsCatalogue.open(folder);
        PixelCoverage coverage = PixelCoverage.of(cone, 11);
        List<String> rows = new ArrayList<>();
        for (var partition : points.partitions(coverage)) {
            Table table = points.read(partition, null, cone, coverage);
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

    @ParameterizedTest
    @CsvSource({"193.3,-18.5,20", "0,0,15", "10,89,12", "200,-90,70"})
    void theirRowsAreTheSame(double ra, double dec, double radius) throws IOException, InterruptedException {
        Path catalogue = temp.resolve("c" + ra).resolve("catalogue");
        SmallCatalogue.write(catalogue);
        try (RunningServer server = new RunningServer(catalogue.getParent(), null, "")) {
            List<String> rows = server.csv("SELECT ra, dec, \"Mag\", id FROM points WHERE 1 = CONTAINS(POINT(ra, dec),"
                            + " CIRCLE(" + ra + ", " + dec + ", " + radius + "))")
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
                    .isEqualTo(ofReader(catalogue.resolve("points"), new Cone(ra, dec, radius)))
                    .hasSizeGreaterThan(20);
        }
    }
}
