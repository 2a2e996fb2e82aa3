package io.spectractor.catalogue.engine;

import io.spectractor.hats.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The engine of one process: a thread for each core, fewer where memory does not do for that. */
public final class LocalEngine implements PartitionEngine {
    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<Long> run(PartitionWork work, List<Partition> partitions, Consumer<String> says) {
        Runtime machine = Runtime.getRuntime();
        MemoryPlan plan = MemoryPlan.of(work, partitions, machine.maxMemory(), machine.availableProcessors());
        says.accept(plan.line(partitions.size()));
        List<Callable<Long>> tasks = new ArrayList<>();
        for (Partition partition : partitions) {
            tasks.add(() -> work.run(partition, plan.allowed()));
        }
        return Threads.run(plan.atATime(), tasks);
    }
}
