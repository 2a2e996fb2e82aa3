package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.Map$;

class TaskListenerTest {
    private final List<String> said = new ArrayList<>();
    private final TaskListener listener = new TaskListener();

    @BeforeEach
    void listen() {
        listener.listenTo(new TaskListener.Callback() {
            @Override
            public void started(int partition, int attempt, String worker) {}

            @Override
            public void failed(TaskListener.Failed task) {
                said.add("task on " + task.executor());
            }

            @Override
            public void lostIdle(String executor, String host, String reason) {
                said.add(executor + " on " + host + ": " + reason);
            }
        });
        for (String id : List.of("1", "2")) {
            listener.onExecutorAdded(
                    new SparkListenerExecutorAdded(0, id, new ExecutorInfo("n" + id, 1, Map$.MODULE$.empty())));
        }
    }

    private static TaskInfo task() {
        return new TaskInfo(0, 0, 0, 0, 0, "1", "n1", TaskLocality.ANY(), false);
    }

    private void end(TaskEndReason reason) {
        listener.onTaskEnd(new SparkListenerTaskEnd(0, 0, "ResultTask", reason, task(), null, null));
    }

    private void remove(String id, String reason) {
        listener.onExecutorRemoved(new SparkListenerExecutorRemoved(0, id, reason));
    }

    @Test
    void idleExecutorsThatAreLostAreTold() {
        listener.onTaskStart(new SparkListenerTaskStart(0, 0, task()));
        end(Success$.MODULE$);
        remove("1", "OOMKilled");
        remove("1", "OOMKilled");
        assertThat(said).containsExactly("1 on n1: OOMKilled");
        assertThat(listener.hasNoExecutor()).isFalse();
    }

    @Test
    void executorsThatSparkLetsGoAreNot() {
        remove("1", "Executor killed by driver.");
        remove("2", "Container container_1 exited from explicit termination request.");
        assertThat(said).isEmpty();
        assertThat(listener.allExecutorsGone()).isTrue();
    }

    @Test
    void losingOneWithTasksIsToldOnceWhicheverIsHeardFirst() {
        listener.onTaskStart(new SparkListenerTaskStart(0, 0, task()));
        remove("1", "OOMKilled");
        end(new ExecutorLostFailure("1", true, Option.apply("OOMKilled")));
        assertThat(said).containsExactly("task on 1");
    }

    @Test
    void losingOneWithTasksIsToldOnceIfTheTaskIsHeardFirst() {
        listener.onTaskStart(new SparkListenerTaskStart(0, 0, task()));
        end(new ExecutorLostFailure("1", true, Option.apply("OOMKilled")));
        remove("1", "OOMKilled");
        assertThat(said).containsExactly("task on 1");
    }
}
