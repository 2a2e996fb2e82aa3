package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskResultLost$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

class ExecutorLossTest {
    @TempDir
    private Path run;

    private String describe(TaskEndReason reason) {
        return new ExecutorLoss(run).describe(new TaskListener.Failed(0, "2", "n1", reason), "reduc_134.fits");
    }

    private static TaskEndReason lost(String said) {
        return new ExecutorLostFailure("2", true, Option.apply(said));
    }

    @Test
    void imageIsNamed() {
        assertThat(describe(lost("Command exited with code 137")))
                .startsWith("executor 2 on n1 was killed (exit code 137), which may have been for memory")
                .endsWith(" (while working on reduc_134.fits)");
        assertThat(describe(
                        lost("Container killed by YARN for exceeding physical memory limits. 1.6 GB of 1.5 GB physical"
                                + " memory used. Consider boosting spark.executor.memoryOverhead.")))
                .startsWith("executor 2 on n1 was killed for memory: 1.6 GB of 1.5 GB physical memory used");
        assertThat(describe(new ExecutorLostFailure("2", true, Option.empty())))
                .isEqualTo("executor 2 on n1 was lost (while working on reduc_134.fits)");
        assertThat(describe(TaskResultLost$.MODULE$)).isEqualTo("TaskResultLost");
    }

    @Test
    void idleOnesAreNamedToo() {
        assertThat(new ExecutorLoss(run).describeIdle("1", "n1", "exit code: 137, reason OOMKilled"))
                .startsWith("executor 1 on n1 was killed for memory: its container reached the limit")
                .endsWith(" (it had no image in work)");
    }

    /** The last of its files counts: an executor of an earlier part of the run may have had the same name. */
    @Test
    void lastSampleTellsStageAndMemory() throws IOException {
        Path samples = Files.createDirectory(run.resolve("resources"));
        write(samples.resolve("n1-7-1.tsv"), 7, 1000, "read:reduc_1.fits", 1L << 29);
        write(samples.resolve("n1-8-2.tsv"), 8, 2000, "extract:reduc_134.fits", 3L << 29);
        assertThat(describe(lost("Command exited with code 137")))
                .endsWith(" (while fitting reduc_134.fits, with 1.5 GB of memory)");
    }

    private static void write(Path file, long pid, long timeMs, String stage, long rss) throws IOException {
        Files.writeString(
                file,
                "spectractor-resources-1\tn1\t" + pid + "\texecutor-2\t\n" + timeMs + "\t" + stage + "\t1.0\t90.0\t"
                        + rss + "\t-1\t1\t1\t1\t0.1\t1\t1\t0.5\t1\t2\t-1\t-1\t-1\t-1\n");
    }
}
