package io.spectractor.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.jspecify.annotations.Nullable;

/** Listens to Spark's events about tasks and executors; called on Spark's thread. */
final class TaskListener extends SparkListener {
    private static final long POLL_MS = 50;

    private final Map<String, Executor> executors = new HashMap<>();
    private final Set<String> reportedLost = new HashSet<>();
    private final AtomicInteger mostCores = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private @Nullable Callback callback;

    /** Who wants to know of tasks. */
    interface Callback {
        /** A task was started on a worker. */
        void started(int partition, int attempt, String worker);

        /** A task ended without a report, e.g. with its executor. */
        void failed(Failed task);

        /** An executor that had no task was lost, and nobody had asked it to go. */
        void lostIdle(String executor, String host, String said);
    }

    /** An executor that is there, and how many tasks it has. */
    private record Executor(String host, int cores, int tasks) {
        Executor withTasks(int more) {
            return new Executor(host, cores, tasks + more);
        }
    }

    /**
     * A task without a report.
     *
     * @param partition its number
     * @param executor where it ran
     * @param host of the executor
     * @param reason what Spark says
     */
    record Failed(int partition, String executor, String host, TaskEndReason reason) {}

    /** From now on tasks are those of this pass, or of none of ours. */
    synchronized void listenTo(@Nullable Callback next) {
        callback = next;
    }

    /** Cores of all executors together, at their most. */
    int mostCores() {
        return mostCores.get();
    }

    /** Whether there were executors and none of them is there now. */
    synchronized boolean allExecutorsGone() {
        return mostCores.get() > 0 && executors.isEmpty();
    }

    /** Whether there is no executor now, be it that none has come yet. */
    synchronized boolean hasNoExecutor() {
        return executors.isEmpty();
    }

    @Override
    public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
        executors.put(
                added.executorId(),
                new Executor(
                        added.executorInfo().executorHost(),
                        added.executorInfo().totalCores(),
                        0));
        int all = executors.values().stream().mapToInt(Executor::cores).sum();
        mostCores.accumulateAndGet(all, Math::max);
    }

    /** Of an executor with tasks we hear by these, before or after it is removed. */
    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        Executor gone = executors.remove(removed.executorId());
        Callback now = callback;
        boolean idle = gone != null && gone.tasks() == 0 && !reportedLost.contains(removed.executorId());
        if (now != null && idle && !LossReason.wasAskedFor(removed.reason())) {
            now.lostIdle(removed.executorId(), gone.host(), removed.reason());
        }
    }

    /**
     * Waits until no task runs any more. When a job is over, attempts that nobody needs may still be at work: they end by
     * themselves, and their temporary files with them.
     */
    void awaitIdle(long patienceMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        while (running.get() > 0 && !allExecutorsGone() && System.nanoTime() < end) {
            Thread.sleep(POLL_MS);
        }
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        running.incrementAndGet();
        executors.computeIfPresent(start.taskInfo().executorId(), (id, executor) -> executor.withTasks(1));
        Callback now = callback;
        if (now != null) {
            TaskInfo task = start.taskInfo();
            String worker = "executor " + task.executorId() + " on " + task.host()
                    + (task.speculative() ? ", speculative" : "");
            now.started(task.partitionId(), task.attemptNumber(), worker);
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        running.decrementAndGet();
        if (end.taskInfo() != null) {
            executors.computeIfPresent(end.taskInfo().executorId(), (id, executor) -> executor.withTasks(-1));
        }
        if (end.reason() instanceof ExecutorLostFailure lost) {
            reportedLost.add(lost.execId());
        }
        Callback now = callback;
        boolean harmless = end.reason() == Success$.MODULE$ || end.reason() instanceof TaskKilled;
        if (now != null && !harmless && end.taskInfo() != null) {
            TaskInfo task = end.taskInfo();
            now.failed(new Failed(task.partitionId(), task.executorId(), task.host(), end.reason()));
        }
    }
}
