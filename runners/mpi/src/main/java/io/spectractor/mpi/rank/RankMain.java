package io.spectractor.mpi.rank;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.logs.ProcessLog;
import io.spectractor.batch.run.Machine;
import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import io.spectractor.mpi.world.WorldFactory;
import io.spectractor.remote.WorkerRuntime;
import io.spectractor.remote.WorkerSpec;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the process of a rank starts. Ends by halting, whatever happened: threads of the MPI library would keep a process
 * alive for ever, and a rank that stays makes all others wait.
 */
public final class RankMain {
    /** Exit code of a rank that could not go on. */
    private static final int FAULT = 13;

    /** Environment variable with the time limit of an image, s. */
    public static final String IMAGE_LIMIT_VARIABLE = "SPECTRACTOR_MPI_IMAGE_LIMIT";

    private RankMain() {}

    public static void main(String[] args) {
        runAndHalt((identity, limits) -> new Rank(identity, limits, RankMain::join, workers(identity)));
    }

    /** Makes the worker of a rank from the work order that was broadcast. */
    public static WorkerFactory workers(RankIdentity identity) {
        String role = "rank-" + identity.rank();
        return work -> WorkerRuntime.of(WorkerSpec.fromBytes(work), role).worker();
    }

    /** Makes the rank that this process is. */
    @FunctionalInterface
    interface RankFactory {
        Rank make(RankIdentity identity, Timeouts limits);
    }

    /** Does what a rank does, and ends the process. */
    static void runAndHalt(RankFactory maker) {
        // what a library prints must not look like a result of the run
        System.setOut(System.err);
        int code = FAULT;
        try {
            code = run(System.getenv(), maker);
        } catch (Throwable e) {
            System.err.println("spectractor: a rank cannot continue: " + e);
            e.printStackTrace();
        } finally {
            System.err.flush();
            ProcessLog.flush();
            Runtime.getRuntime().halt(code);
        }
    }

    private static int run(Map<String, String> environment, RankFactory maker) throws Exception {
        RankIdentity identity = RankIdentity.of(environment, Machine.host())
                .orElseThrow(() -> new IllegalStateException("this is started by the launcher, srun or mpjrun only"));
        String hub = environment.get(HubAddress.VARIABLE);
        if (hub == null) {
            throw new IllegalStateException("environment variable " + HubAddress.VARIABLE + " is missing");
        }
        OpenPorts.require(OpenPorts.allowed(environment));
        double imageSeconds = Double.parseDouble(environment.getOrDefault(IMAGE_LIMIT_VARIABLE, "0"));
        Rank rank = maker.make(identity, Timeouts.of(identity.size(), imageSeconds));
        return help(rank, HubAddress.parse(hub));
    }

    /**
     * Does what a rank does; a signal that comes meanwhile is passed on to the hub.
     *
     * @return the exit code
     */
    public static int help(Rank rank, HubAddress hub) throws IOException, WorldException, InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger(FAULT);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(rank, over, code), "spectractor-rank-shutdown"));
        try {
            rank.run(hub);
            code.set(0);
        } finally {
            over.countDown();
        }
        return code.get();
    }

    /** A signal ends the process only after the images in progress are committed. */
    private static void onSignal(Rank rank, CountDownLatch over, AtomicInteger code) {
        if (over.getCount() == 0) {
            return;
        }
        rank.signalled();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code.get());
    }

    /** Joins with the MPI library that is there. */
    public static World join(RankIdentity identity, HubAddress hub) throws WorldException {
        return factory().join(identity.rank(), identity.size(), hub.host(), hub.port());
    }

    /**
     * Looks whether the program has what joins worlds; the MPI library itself is not loaded.
     *
     * @throws UsageException if it has not
     */
    public static void requireLibrary() {
        if (ServiceLoader.load(WorldFactory.class, RankMain.class.getClassLoader()).stream()
                .findAny()
                .isEmpty()) {
            throw withoutLibrary();
        }
    }

    private static UsageException withoutLibrary() {
        return new UsageException("this program was built without MPJ Express; install Debian's libmpj-java"
                + " (apt-get install --no-install-recommends libmpj-java) and start it again by ./spectractor");
    }

    /**
     * The MPI library that is there.
     *
     * @throws UsageException if there is none
     */
    public static WorldFactory factory() {
        return ServiceLoader.load(WorldFactory.class, RankMain.class.getClassLoader())
                .findFirst()
                .orElseThrow(RankMain::withoutLibrary);
    }
}
