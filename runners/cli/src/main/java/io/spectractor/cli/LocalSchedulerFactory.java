package io.spectractor.cli;

import io.spectractor.batch.run.Machine;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.local.LocalScheduler;
import io.spectractor.remote.SchedulerFactory;
import io.spectractor.remote.SchedulerOptions;
import io.spectractor.remote.WorkerSpec;
import java.io.PrintStream;
import java.util.function.Supplier;

/** Makes the scheduler of this process. */
final class LocalSchedulerFactory implements SchedulerFactory {
    static final String NAME = "local";

    private final PrintStream err;

    LocalSchedulerFactory(PrintStream err) {
        this.err = err;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Scheduler create(RunSettings settings, Supplier<WorkerSpec> order, SchedulerOptions options) {
        int workers = options.workers() == null ? Machine.defaultWorkers() : options.workers();
        long needed = workers * Machine.BYTES_PER_WORKER;
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > heap) {
            err.println("note: " + workers + " workers need about " + (needed >> 20) + " MB, Java has "
                    + (heap >> 20) + " MB; give it more (SPECTRACTOR_JAVA_OPTS=-Xmx" + (needed >> 20)
                    + "m) or use fewer workers");
        }
        return new LocalScheduler(workers);
    }
}
