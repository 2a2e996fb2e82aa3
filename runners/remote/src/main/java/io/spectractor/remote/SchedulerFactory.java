package io.spectractor.remote;

import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import java.util.function.Supplier;

/**
 * Makes a scheduler. Those of modules that the command line does not depend on are found by
 * {@link java.util.ServiceLoader}, so that a program without Spark or MPI starts without their libraries.
 */
public interface SchedulerFactory {
    /** Name on the command line. */
    String name();

    /**
     * A scheduler for one run.
     *
     * @param settings the run
     * @param order what workers elsewhere need, made when it is asked for: it may hold all calibration data
     * @param options what the command line says; checked here
     * @throws io.spectractor.batch.UsageException if the options make no sense, or something is missing on this machine
     */
    Scheduler create(RunSettings settings, Supplier<WorkOrder> order, SchedulerOptions options);
}
