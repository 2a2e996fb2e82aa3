package io.spectractor.mpi;

import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.mpi.hub.Limits;
import io.spectractor.mpi.rank.RankMain;
import io.spectractor.mpi.start.JavaCommand;
import io.spectractor.mpi.start.LocalStarter;
import io.spectractor.mpi.start.RankStarter;
import io.spectractor.mpi.start.SrunStarter;
import io.spectractor.remote.SchedulerFactory;
import io.spectractor.remote.SchedulerOptions;
import io.spectractor.remote.WorkOrder;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the MPI scheduler. */
public final class MpiSchedulerFactory implements SchedulerFactory {
    static final String NAME = "mpi";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Scheduler create(RunSettings settings, Supplier<WorkOrder> order, SchedulerOptions words) {
        Map<String, String> environment = System.getenv();
        MpiOptions options = MpiOptions.of(words, environment);
        RankMain.requireLibrary();
        double imageSeconds = settings.config().extraction().timeLimitS();
        Map<String, String> forRanks = Map.of(RankMain.IMAGE_LIMIT_VARIABLE, Double.toString(imageSeconds));
        JavaCommand command = new JavaCommand(RankMain.class.getName(), options.heapMb());
        // says now if MPJ Express is missing, and not after the run has begun
        command.words();
        RankStarter starter = switch (options.launcher()) {
            case LOCAL -> new LocalStarter(command, forRanks);
            case SRUN -> new SrunStarter(command, forRanks, environment);
        };
        return new MpiScheduler(
                options,
                Limits.of(options.ranks(), imageSeconds),
                starter,
                () -> order.get().toBytes());
    }
}
