package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskResultLost$;
import org.junit.jupiter.api.Test;
import scala.Option;

/** The texts are those of Spark 4.2 on Kubernetes, on YARN and of a standalone worker. */
class LossReasonTest {
    private static final String POD = """

            The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).

            The API gave the following container statuses:

                 container name: spectractor
                 container image: spectractor:0.1.0
                 container state: terminated
                 container started at: 2026-11-29T22:00:00Z
                 container finished at: 2026-11-29T22:01:00Z
                 exit code: 137
                 termination reason: %s
            """;

    @Test
    void memoryIsCalledByItsName() {
        assertThat(LossReason.of(new ExecutorLostFailure("3", true, Option.apply(POD.formatted("OOMKilled")))))
                .startsWith("executor 3 was killed for memory: its container reached the limit of its pod");
        assertThat(LossReason.words(
                        "The API gave the following brief reason: Evicted\nThe API gave the following message:"
                                + " The node was low on resource: memory. Threshold quantity: 100Mi"))
                .startsWith("was killed for memory: its node had too little");
        assertThat(LossReason.words("Container killed by YARN for exceeding physical memory limits. 1.9 GB of 1.8 GB"
                        + " physical memory used. Consider boosting spark.executor.memoryOverhead."))
                .isEqualTo("was killed for memory: 1.9 GB of 1.8 GB physical memory used; raise"
                        + " spark.executor.memoryOverhead");
    }

    @Test
    void aSignalThatNobodyExplainsIsNotBlamedOnMemory() {
        assertThat(LossReason.words(POD.formatted("Error")))
                .startsWith("was killed (exit code 137), which may have been for memory: The executor with id 3");
        assertThat(LossReason.words("Command exited with code 137")).contains("may have been for memory");
        assertThat(LossReason.words("Command exited with code 1"))
                .isEqualTo("ended with exit code 1: Command exited with code 1");
        assertThat(LossReason.words("Command exited with code 52")).startsWith("ran out of heap");
    }

    @Test
    void allElseIsOnOneLine() {
        assertThat(LossReason.words("The executor with id 1 was deleted by a user or the framework."))
                .isEqualTo("was lost: its pod was deleted");
        assertThat(LossReason.words("Remote RPC client\n disassociated."))
                .isEqualTo("was lost: Remote RPC client disassociated.");
        assertThat(LossReason.of(new ExecutorLostFailure("7", true, Option.empty())))
                .isEqualTo("executor 7 was lost");
        assertThat(LossReason.of(TaskResultLost$.MODULE$)).isEqualTo("TaskResultLost");
        assertThat(LossReason.words("x".repeat(1000))).hasSizeLessThan(320);
    }
}
