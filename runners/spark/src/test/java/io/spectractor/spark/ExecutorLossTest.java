package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of Spark 4.2, its YARN and its Kubernetes. */
class ExecutorLossTest {
    @TempDir
    private Path run;

    private String describe(String reason) {
        return new ExecutorLoss(run).describe("2", "n1", reason, "reduc_134.fits");
    }

    @Test
    void limitOfYarn() {
        assertThat(describe(
                        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container"
                                + " killed by YARN for exceeding physical memory limits. 1.6 GB of 1.5 GB physical memory used."
                                + " Consider boosting spark.executor.memoryOverhead."))
                .isEqualTo("executor 2 on n1 was killed for memory, by YARN, at 1.6 GB of 1.5 GB while working on"
                        + " reduc_134.fits; spark.executor.memoryOverhead gives it more");
    }

    @Test
    void signalNine() {
        String expected = "executor 2 on n1 was killed (signal 9), perhaps for memory, while working on reduc_134.fits";
        assertThat(describe("ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Command"
                        + " exited with code 137"))
                .isEqualTo(expected);
        assertThat(describe("Container from a bad node: container_1_0001_01_000002 on host: n1. Exit status: 137."))
                .isEqualTo(expected);
        assertThat(describe("The executor with id 2 exited with exit code 137(SIGKILL, possible container OOM)."))
                .isEqualTo(expected);
    }

    @Test
    void otherCauses() {
        assertThat(describe("ExecutorLostFailure (executor 2 exited unrelated to the running tasks) Reason: Executor"
                        + " heartbeat timed out after 121337 ms\nmore"))
                .isEqualTo(
                        "executor 2 on n1 was lost while working on reduc_134.fits: Executor heartbeat timed out after"
                                + " 121337 ms");
        assertThat(describe("Command exited with code 1370")).contains("was lost");
    }
}
