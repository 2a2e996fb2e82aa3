package io.spectractor.mpi;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.resources.OomKillDetector;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.RunSettings;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.rank.OpenPorts;
import io.spectractor.mpi.rank.Rank;
import io.spectractor.mpi.rank.RankIdentity;
import io.spectractor.mpi.rank.RankMain;
import io.spectractor.mpi.start.JavaCommand;
import io.spectractor.mpi.start.LocalStarter;
import io.spectractor.mpi.start.RankStarter;
import io.spectractor.mpi.start.SrunStarter;
import io.spectractor.mpi.start.StartedWorld;
import io.spectractor.mpi.start.StepStarter;
import io.spectractor.mpi.world.WorldException;
import io.spectractor.remote.SchedulerFactory;
import io.spectractor.remote.SchedulerOptions;
import io.spectractor.remote.WorkerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Makes the MPI scheduler. */
public final class MpiSchedulerFactory implements SchedulerFactory {
    static final String NAME = "mpi";
    /** Rank 0 opens calibration data and looks at all inputs before it calls the others. */
    private static final Duration RANK_ZERO_PLANS_WITHIN = Duration.ofMinutes(15);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Scheduler create(RunSettings settings, Supplier<WorkerSpec> order, SchedulerOptions given) {
        Map<String, String> environment = System.getenv();
        MpiOptions options = MpiOptions.of(given, environment);
        RankMain.requireLibrary();
        OpenPorts.require(options.openPorts());
        double imageSeconds = settings.config().extraction().timeLimitS();
        Timeouts limits = Timeouts.of(options.ranks(), imageSeconds);
        Map<String, String> forRanks = Map.of(
                RankMain.IMAGE_LIMIT_VARIABLE,
                Double.toString(imageSeconds),
                OpenPorts.VARIABLE,
                options.openPorts() ? "yes" : "no");
        JavaCommand command = new JavaCommand(RankMain.class.getName(), options.heapMb());
        // says now if MPJ Express is missing, and not after the run has begun
        command.arguments();
        RunFolder run = RunFolder.of(settings.outputFolder(), settings.runId());
        RankStarter starter = switch (options.launcher()) {
            case LOCAL ->
                PathResolver.isLocal(settings.outputFolder())
                        ? new LocalStarter(command, forRanks).withLogs(run.logs())
                        : new LocalStarter(command, forRanks);
            case SRUN -> new SrunStarter(command, forRanks, environment);
            case STARTED -> started(settings.outputFolder(), limits, environment);
        };
        return new MpiScheduler(
                options,
                limits,
                starter,
                () -> order.get().toBytes(),
                (host, pid) -> OomKillDetector.of(run.path(), host, pid));
    }

    private static RankStarter started(Path outputFolder, Timeouts limits, Map<String, String> environment) {
        RankIdentity identity = StepStarter.identity(environment).orElseThrow();
        try {
            return new StepStarter(
                    new Rank(identity, limits, StepStarter.worlds(), RankMain.workers(identity)),
                    StepStarter.file(outputFolder, environment),
                    StepStarter.ownAddress(environment));
        } catch (IOException e) {
            throw new UsageException("the address of this node cannot be determined: " + e.getMessage(), e);
        }
    }

    @Override
    public OptionalInt help(Path outputFolder, SchedulerOptions given) throws Exception {
        Map<String, String> environment = System.getenv();
        Optional<RankIdentity> identity = StepStarter.identity(environment);
        if (identity.isEmpty() || identity.get().rank() == 0) {
            return OptionalInt.empty();
        }
        MpiOptions options = MpiOptions.of(given, environment);
        RankMain.requireLibrary();
        OpenPorts.require(options.openPorts());
        HubAddress hub = StepStarter.await(StepStarter.file(outputFolder, environment), RANK_ZERO_PLANS_WITHIN);
        Timeouts limits = Timeouts.of(identity.get().size(), 0);
        return OptionalInt.of(RankMain.help(
                new Rank(identity.get(), limits, StepStarter.worlds(), RankMain.workers(identity.get())), hub));
    }

    @Override
    public Optional<List<String>> startedWith(List<String> args) {
        if (!StartedWorld.startsWith(args)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StartedWorld.join(RankMain.factory(), args));
        } catch (WorldException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }
}
