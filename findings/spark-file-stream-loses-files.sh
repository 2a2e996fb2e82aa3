#!/usr/bin/env bash
# Spark's streaming file source passes over files that arrive with an old time, as rsync and cp -p leave them: what is more than a
# week older than the newest file that it has seen is never read, and no message says so. Neither is a file whose content was
# replaced under its name. (maxFileAge is documented; that it counts from the newest file, and that nothing is said, surprises.)
. "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/common.bash"
maven_packages org.apache.spark:spark-sql_2.13:4.2.0
cd -- "$work"
rm -rf in checkpoint
cat >Night.java <<'JAVA'
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

public class Night {
    private static final Path IN = Path.of("in").toAbsolutePath();

    public static void main(String[] args) throws Exception {
        Files.createDirectories(IN);
        SparkSession spark = SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1").getOrCreate();
        put("a.txt", "a of today", 0);
        System.out.println("first " + batch(spark));
        put("b.txt", "b of 8 days ago", 8);
        put("c.txt", "c of 6 days ago", 6);
        System.out.println("second " + batch(spark));
        put("a.txt", "a of today with other content", 0);
        System.out.println("third " + batch(spark));
        spark.stop();
    }

    private static void put(String name, String text, int days) throws Exception {
        Files.writeString(IN.resolve(name), text + "\n");
        Files.setLastModifiedTime(IN.resolve(name), FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private static List<String> batch(SparkSession spark) throws Exception {
        List<String> read = new ArrayList<>();
        spark.readStream().text(IN.toString()).writeStream().trigger(Trigger.AvailableNow())
                .option("checkpointLocation", Path.of("checkpoint").toAbsolutePath().toString())
                .foreachBatch((Dataset<Row> rows, Long id) -> rows.collectAsList().forEach(row -> read.add(row.getString(0))))
                .start().awaitTermination();
        return read;
    }
}
JAVA
javac -cp 'lib/*' Night.java 2>javac.txt || { cat javac.txt >&2; exit 2; }
opens=()
for package in sun.nio.ch java.nio java.util java.lang java.lang.invoke java.net java.util.concurrent sun.util.calendar; do
    opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
java "${opens[@]}" -cp 'lib/*:.' Night >night.txt 2>spark.log || { tail -n 20 spark.log >&2; exit 2; }
expect "a file of today" "[a of today]" "$(sed -n 's/^first //p' night.txt)"
expect "then one of 8 days ago and one of 6 days ago" "[c of 6 days ago]" "$(sed -n 's/^second //p' night.txt)"
expect "then the first with other content" "[]" "$(sed -n 's/^third //p' night.txt)"
expect "lines of Spark's log about the file of 8 days ago" "0" "$(grep -c 'b\.txt' spark.log || true)"
finish
