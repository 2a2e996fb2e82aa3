package io.spectractor.app;

import static io.spectractor.app.LocalProgram.images;
import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.SummaryCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outcomes of a run by the name of a table, through Spark's Hive support and a metastore in Derby. */
@Tag("cluster")
@Tag("long")
class HiveTableTest {
    private static final long PATIENCE_S = 240;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void outcomesByName() throws IOException {
        Path night = folder.resolve("night");
        LocalProgram.simulate(folder.resolve("simulate.log"), 2, night.toString());
        Files.writeString(night.resolve("broken.fits"), "not FITS");
        // an apostrophe, which ends texts in SQL
        Path out = folder.resolve("it's done");
        runOnSpark(night, out);
        List<ImageResult> images = images(out);
        assertThat(images).hasSize(3);

        try (SparkSession hive = session()) {
            statements(out.resolve("_runs/r1/outcomes.sql")).forEach(hive::sql);
            assertThat(hive.sql("SHOW PARTITIONS outcomes").count()).isEqualTo(2);
            assertRows(hive, images, "");
            assertThat(hive.sql("SELECT image FROM outcomes WHERE night IS NULL")
                            .first()
                            .getString(0))
                    .isEqualTo("broken.fits");
            // the way of Hive's own readers, which Spark passes over otherwise
            hive.sql("SET spark.sql.hive.convertMetastoreParquet=false");
            assertRows(hive, images, "__HIVE_DEFAULT_PARTITION__");
            hive.sql("DROP TABLE outcomes");
        }
        assertThat(out.resolve("_runs/r1/summary.parquet")).isDirectory();
    }

    /** Each cell of the table is that of the summary; what is not there is null, except for names of folders in Hive's readers. */
    private static void assertRows(SparkSession hive, List<ImageResult> images, String unknownFolder) {
        Dataset<Row> all = hive.sql("SELECT * FROM outcomes");
        assertThat(all.columns()).containsExactlyInAnyOrder(columns());
        for (ImageResult image : images) {
            Row row = all.where("image = '" + image.name() + "'").first();
            Map<String, String> cells = SummaryCsv.row(image);
            SummaryCsv.types().keySet().forEach(column -> {
                Object value = row.getAs(column);
                assertThat(value == null ? "" : value.toString())
                        .as("%s of %s", column, image.name())
                        .isEqualTo(unknown(column, cells) ? unknownFolder : cells.getOrDefault(column, ""));
            });
        }
        Row counted = hive.sql("SELECT count(*), avg(distance_mm), max(`order`) FROM outcomes"
                        + " WHERE status = 'done' AND night = '2017-05-30' AND disperser = 'HoloAmAg'")
                .first();
        assertThat(counted.getLong(0)).isEqualTo(2);
        assertThat(counted.getDouble(1)).isBetween(50.0, 60.0);
        assertThat(counted.getInt(2)).isOne();
    }

    private static boolean unknown(String column, Map<String, String> cells) {
        return column.equals("disperser") && cells.getOrDefault(column, "").isEmpty();
    }

    private static String[] columns() {
        List<String> columns = new ArrayList<>(SummaryCsv.columns());
        columns.add("night");
        return columns.toArray(String[]::new);
    }

    private SparkSession session() {
        // Derby would write into the working folder
        System.setProperty(
                "derby.stream.error.file", folder.resolve("derby.log").toString());
        String metastore = "jdbc:derby:;databaseName=" + folder.resolve("metastore") + ";create=true";
        return SparkSession.builder()
                .master("local[1]")
                .enableHiveSupport()
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.hadoop.javax.jdo.option.ConnectionURL", metastore)
                .getOrCreate();
    }

    private static List<String> statements(Path file) throws IOException {
        String text = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(text.split(";\n", -1)).filter(s -> !s.isBlank()).toList();
    }

    private void runOnSpark(Path night, Path out) {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java(), "-Xmx1g"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(
                List.of("-cp", ClusterPaths.sparkClassPath(ClusterPaths.jar().toString())));
        command.addAll(List.of("io.spectractor.cli.Main", "run", night.toString(), "--out", out.toString()));
        command.addAll(List.of("--logbook", night.resolve("logbook.csv").toString(), "--run-id", "r1"));
        command.addAll(List.of("--scheduler", "spark", "--workers", "1"));
        command.addAll(List.of("--set", "ccd.rebin=2", "--extraction", "psf1d"));
        Map<String, String> environment = Map.of("SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.13");
        try (Daemon program = Daemon.start(folder.resolve("run.log"), environment, command)) {
            // one image failed, as it should
            assertThat(program.exit(PATIENCE_S)).as(program.said()).isEqualTo(ExitCode.SOME_FAILED.code());
        }
    }
}
