package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every committed table is small, says what it is, and is physically possible. */
class TableHygieneTest {
    private static final CalibrationContent CONTENT = EmbeddedCalibration.content();

    static SortedSet<String> names() {
        return CONTENT.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void statesItsProvenance(String name) {
        Table table = CONTENT.table(name);

        for (String key : List.of("quantity", "units", "source", "licence", "date")) {
            assertThat(table.header().get(key)).as(key).isNotBlank();
        }
        assertThat(CONTENT.bytes(name).length).isLessThan(100_000);
    }

    @ParameterizedTest
    @MethodSource("names")
    void wavelengthsIncreaseAndFractionsAreFractions(String name) {
        Table table = CONTENT.table(name);
        if (!table.columns().contains("lambda_nm") || name.equals("lines.csv")) {
            return;
        }
        double[] lambda = table.numbers("lambda_nm");
        for (int i = 1; i < lambda.length; i++) {
            assertThat(lambda[i]).isGreaterThan(lambda[i - 1]);
        }
        assertThat(lambda[0]).isBetween(200.0, 1000.0);
        assertThat(lambda[lambda.length - 1]).isBetween(600.0, 2000.0);
        for (String column : List.of("transmission", "throughput", "transmission_err", "throughput_err")) {
            if (table.columns().contains(column)) {
                for (double value : table.numbers(column)) {
                    assertThat(value).isBetween(0.0, 1.0);
                }
            }
        }
    }

    /**
     * What stands in the resources and what the list of contents says must be the same. The sources are looked at: among
     * the compiled classes a table that was removed stays until they are cleaned.
     */
    @Test
    void contentsAreComplete() throws IOException {
        Path root = Path.of("src/main/resources/io/spectractor/calib");
        SortedSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".csv"))
                    .forEach(file -> found.add(root.relativize(file).toString().replace('\\', '/')));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        assertThat(CONTENT.names()).isEqualTo(found);
    }
}
