package io.spectractor.remote;

import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
    Scheduler create(RunSettings settings, Supplier<WorkerSpec> order, SchedulerOptions options);

    /**
     * For a scheduler whose starter runs the same command in many processes, such as {@code srun} or {@code mpjrun}: does
     * the work of this process, if it is one of those that only help the first.
     *
     * @param outputFolder of the run, seen by all processes
     * @param options what the command line says
     * @return the exit code, or nothing if this process is the one that runs the command
     */
    default OptionalInt help(Path outputFolder, SchedulerOptions options) throws Exception {
        return OptionalInt.empty();
    }

    /**
     * The arguments of the command without those that the scheduler's starter put before them.
     *
     * @return nothing if this scheduler's starter did not start this process
     */
    default Optional<List<String>> startedWith(List<String> args) {
        return Optional.empty();
    }
}
