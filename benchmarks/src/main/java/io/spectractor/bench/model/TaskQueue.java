package io.spectractor.bench.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left to be handed out, cut into tasks as a policy wants it. */
final class TaskQueue {
    private final List<Deque<List<Integer>>> queues = new ArrayList<>();
    private final boolean shared;
    private final int tasks;

    /**
     * Cuts up the work.
     *
     * @param images their number
     * @param workers their number
     */
    TaskQueue(Policy policy, int images, int workers) {
        shared = !(policy instanceof Policy.StaticStride);
        int lanes = shared ? 1 : workers;
        for (int i = 0; i < lanes; i++) {
            queues.add(new ArrayDeque<>());
        }
        int size = policy instanceof Policy.Spark spark ? spark.filesPerTask() : 1;
        int count = 0;
        for (int from = 0; from < images; from += size) {
            List<Integer> task = new ArrayList<>();
            for (int i = from; i < Math.min(images, from + size); i++) {
                task.add(i);
            }
            queues.get(shared ? 0 : from % workers).add(task);
            count++;
        }
        tasks = count;
    }

    /** Number of tasks at the beginning. */
    int tasks() {
        return tasks;
    }

    /** The next task for a worker, by the numbers of its images; null if there is none any more. */
    @Nullable
    List<Integer> next(int worker) {
        return queues.get(shared ? 0 : worker).poll();
    }
}
