package io.spectractor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.hats.HatsCatalogue;
import io.spectractor.hats.HatsLayout;
import io.spectractor.hats.ParquetTables;
import io.spectractor.hats.Partition;
import io.spectractor.hats.Table;
import io.spectractor.hats.TableBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark gives the rows that this process gives, in the same order, to the last bit. */
class SparkEngineTest {
    private static final int ROWS = 4000;
    private static final int STARS = 60;
    private static final int POINTS = 90;

    @TempDir
    private Path temp;

    private Path catalogue;

    private record Result(int code, String out, String err) {}

    private Result run(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                Arrays.stream(words).map(String::valueOf).toArray(String[]::new),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return new Result(code, out.toString(), err.toString());
    }

    @BeforeEach
    void tables() {
        catalogue = temp.resolve("catalogue");
        run("create", catalogue);
        SplittableRandom random = new SplittableRandom(21);
        double[] ra = random.doubles(ROWS, 0, 360).toArray();
        double[] dec = random.doubles(ROWS, -90, 90).toArray();
        double[] near = Arrays.stream(dec)
                .map(d -> Math.max(-90, Math.min(90, d + random.nextDouble(-1e-3, 1e-3))))
                .toArray();
        positions("one", ra, dec, 300);
        positions("two", ra, near, 500);
        double[][] mjd = new double[STARS][];
        double[][] mag = new double[STARS][];
        double[][] err = new double[STARS][];
        String[][] band = new String[STARS][];
        for (int i = 0; i < STARS; i++) {
            mjd[i] =
                    IntStream.range(0, POINTS).mapToDouble(k -> 58000 + 0.7 * k).toArray();
            double depth = i % 3;
            mag[i] = IntStream.range(0, POINTS)
                    .mapToDouble(k ->
                            15 + depth * Math.max(0, 1 - Math.abs(k - 40) / 9.0) + random.nextDouble(-0.03, 0.03))
                    .toArray();
            err[i] = random.doubles(POINTS, 0.01, 0.03).toArray();
            band[i] = IntStream.range(0, POINTS)
                    .mapToObj(k -> k % 2 == 0 ? "g" : "r")
                    .toArray(String[]::new);
        }
        Path file = temp.resolve("curves.parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("ra", Arrays.copyOf(ra, STARS))
                        .add("dec", Arrays.copyOf(dec, STARS))
                        .addStruct(
                                "lc",
                                new TableBuilder()
                                        .addLists("mjd", mjd)
                                        .addLists("mag", mag)
                                        .addLists("mag_err", err)
                                        .addLists("band", band))
                        .build(),
                file);
        assertThat(run("import", catalogue, "--from", file, "--name", "curves", "--rows-per-pixel", 10)
                        .code())
                .isZero();
    }

    private void positions(String name, double[] ra, double[] dec, int rowsPerPixel) {
        Path file = temp.resolve(name + ".parquet");
        ParquetTables.write(
                new TableBuilder()
                        .add("id", IntStream.range(0, ra.length).asLongStream().toArray())
                        .add("ra", ra)
                        .add("dec", dec)
                        .build(),
                file);
        assertThat(run("import", catalogue, "--from", file, "--name", name, "--rows-per-pixel", rowsPerPixel)
                        .code())
                .isZero();
    }

    /** Bit patterns count: a NaN of other bits or -0.0 for 0.0 would be another value. */
    private static String bits(Object value) {
        if (value instanceof Double number) {
            return Long.toHexString(Double.doubleToRawLongBits(number));
        }
        return value instanceof List<?> list
                ? list.stream().map(SparkEngineTest::bits).toList().toString()
                : String.valueOf(value);
    }

    private List<String> rows(String name) {
        HatsCatalogue table = CatalogueFolder.open(catalogue).table(name);
        List<String> rows = new ArrayList<>();
        for (Partition partition : table.partitions()) {
            Table part = table.read(partition, null, null);
            List<ColumnDescriptor> columns = part.schema().getColumns();
            for (int i = 0; i < part.rows(); i++) {
                int row = i;
                rows.add(partition
                        + columns.stream()
                                .map(column -> bits(part.value(row, column.getPath())))
                                .toList()
                                .toString());
            }
        }
        return rows;
    }

    private void sameRows(String one, String other) {
        CatalogueFolder folder = CatalogueFolder.open(catalogue);
        assertThat(folder.table(one).schema()).isEqualTo(folder.table(other).schema());
        assertThat(rows(one)).isEqualTo(rows(other)).hasSizeGreaterThan(5);
    }

    private void both(String name, Object... words) {
        for (String engine : List.of("local", "spark")) {
            Object[] more = {"--save", name + engine, "--engine", engine, "--catalogue", catalogue};
            Result result =
                    run(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray());
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).contains("partitions, ", " at a time; they take up to ");
        }
        sameRows(name + "local", name + "spark");
        HatsCatalogue table = CatalogueFolder.open(catalogue).table(name + "spark");
        assertThat(table.rows()).isPositive();
        assertThat(table.schema().containsField(HatsLayout.PIXEL)).isTrue();
        assertThat(run("verify", catalogue).code()).isZero();
    }

    @Test
    void theRowsAreThoseOfOneProcess() {
        both("pairs", "match", "one", "two", "--radius", "3", "--nearest", "2");
        both("dips", "dips", "curves", "--min-significance", "1");
        both("deep", "apply", "curves", "--expression", "deep = sum(value > 15.2)", "--keep", "deep > 3");
    }

    /** Spark's own reader needs nothing of ours: the folder of a table is a table of Parquet files. */
    @Test
    void sparkSqlReadsATableWithoutUs() throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.warehouse.dir", temp.resolve("warehouse").toString())
                .getOrCreate()) {
            spark.read().parquet(catalogue.resolve("curves/dataset").toString()).createOrReplaceTempView("curves");
            Row row = spark.sql("SELECT count(*), sum(size(lc.mag)), max(array_max(lc.mag)) FROM curves WHERE dec < 91")
                    .first();
            assertThat(row.getLong(0)).isEqualTo(STARS);
            assertThat(row.getLong(1)).isEqualTo((long) STARS * POINTS);
            assertThat(row.getDouble(2)).isBetween(16.9, 17.1);
        }
    }

    @Test
    void whatIsWrongIsSaidAsInOneProcess() throws IOException {
        HatsCatalogue two = CatalogueFolder.open(catalogue).table("two");
        Path cut = two.files(two.partitions().get(0)).get(0);
        Files.write(cut, new byte[] {1, 2, 3});
        Result result =
                run("match", "one", "two", "--radius", 3, "--save", "p", "--engine", "spark", "--catalogue", catalogue);
        assertThat(result.err()).contains(cut.getFileName().toString(), "not a whole Parquet file");
        assertThat(result.code()).isEqualTo(2);
        assertThat(run("dips", "curves", "--engine", "spark", "--conf", "a=b", "--catalogue", catalogue)
                        .err())
                .contains("properties of Spark begin with spark.");
        assertThat(run("dips", "curves", "--engine", "flink", "--catalogue", catalogue)
                        .err())
                .contains("it is local or spark");
        assertThat(run("dips", "curves", "--master", "local", "--catalogue", catalogue)
                        .err())
                .contains("are for --engine spark");
    }
}
