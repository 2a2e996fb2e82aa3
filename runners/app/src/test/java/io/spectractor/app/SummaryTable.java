package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.batch.result.ImageResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The table that a run over Spark leaves beside {@code summary.csv}, as its users read it. */
final class SummaryTable {
    private SummaryTable() {}

    /** Partition columns, types, pruning. */
    static void assertReadBySparkSql(Path table, List<ImageResult> images) throws IOException {
        try (SparkSession session = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate()) {
            Dataset<Row> all = session.read().parquet(table.toString());
            assertThat(all.columns()).contains("image", "status", "message", "distance_mm", "night", "disperser");
            assertThat(all.count()).isEqualTo(images.size());
            Row done =
                    all.where("night = '2017-05-30' and disperser = 'HoloAmAg'").first();
            assertThat(done.<String>getAs("status")).isEqualTo("done");
            assertThat(done.<Double>getAs("distance_mm")).isBetween(50.0, 60.0);
            assertThat(all.where("status = 'failed' and disperser is null").count())
                    .isEqualTo(4);
        }
    }
}
