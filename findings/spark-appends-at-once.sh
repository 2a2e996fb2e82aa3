#!/usr/bin/env bash
# Two Spark jobs that append to one folder of Parquet files at once share its folder _temporary/0. The one that ends first moves all
# that is finished there into place, tasks of the other job too. Rows of a job that is still at work are then in the table, and they
# stay when that job fails. Run again, as one does with a job that failed, it doubles them.
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages org.apache.spark:spark-sql_2.13:4.2.0
cd -- "$work"
rm -rf table go
cat >Appends.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

class Appends {
    static void await(Callable<Boolean> what) throws Exception {
        for (int i = 0; i < 600 && !what.call(); i++) {
            Thread.sleep(100);
        }
    }

    static boolean taskIsCommitted() throws Exception {
        Path temporary = Path.of("table/_temporary/0");
        if (!Files.isDirectory(temporary)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.anyMatch(entry -> entry.getFileName().toString().startsWith("task_"));
        }
    }

    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder().master("local[3]").appName("appends").config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1").getOrCreate();
        // two tasks: the first is done at once, the second goes on until the other job is over, and fails
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> {
            try {
                spark.range(0, 2, 1, 2).map((MapFunction<Long, Long>) n -> {
                    if (n == 1) {
                        await(() -> Files.exists(Path.of("go")));
                        throw new IllegalStateException("bad input");
                    }
                    return n;
                }, Encoders.LONG()).toDF("id").write().mode("append").parquet("table");
                return "done";
            } catch (Exception e) {
                return "failed";
            }
        });
        await(Appends::taskIsCommitted);
        spark.range(100, 101, 1, 1).toDF("id").write().mode("append").parquet("table");
        System.out.println("after the quick one " + ids(spark));
        Files.createFile(Path.of("go"));
        System.out.println("slow " + slow.get());
        System.out.println("at the end " + ids(spark));
        spark.stop();
    }

    static List<Long> ids(SparkSession spark) {
        return spark.read().parquet("table").as(Encoders.LONG()).collectAsList().stream().sorted().toList();
    }
}
JAVA
javac -cp 'lib/*' Appends.java 2>javac.txt || { cat javac.txt >&2; exit 2; }
opens=(--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED
    --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED)
java "${opens[@]}" -cp 'lib/*:.' Appends >appends.txt 2>spark.log || { tail -n 20 spark.log >&2; exit 2; }
expect "the table when the job with row 100 is done, while the one with 0 and 1 goes on" "[0, 100]" "$(sed -n 's/^after the quick one //p' appends.txt)"
expect "the job with rows 0 and 1" "failed" "$(sed -n 's/^slow //p' appends.txt)"
expect "the table at the end" "[0, 100]" "$(sed -n 's/^at the end //p' appends.txt)"
finish
