package io.spectractor.mpi.start;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.run.Machine;
import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.rank.RankIdentity;
import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import io.spectractor.mpi.world.WorldFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The world that the MPI library's own starter made for this process. A process has one at most, as the library does, so
 * it is kept for all.
 */
public final class StartedWorld {
    private static final AtomicReference<@Nullable World> WORLD = new AtomicReference<>();
    private static final Pattern RANK = Pattern.compile("\\d+");
    private static final Set<String> DEVICES = Set.of("niodev", "smpdev", "hybdev", "mxdev", "native");
    private static final String THREADS = "smpdev";
    private static final int ARGS_BEFORE_OURS = 3;

    private StartedWorld() {}

    /**
     * Whether the arguments begin as {@code mpjrun} has them begin: rank, configuration, device.
     *
     * @throws UsageException if so, but ranks are threads of one process
     */
    public static boolean startsWith(List<String> args) {
        boolean started =
                args.size() >= ARGS_BEFORE_OURS && RANK.matcher(args.get(0)).matches() && DEVICES.contains(args.get(2));
        if (started && args.get(2).equals(THREADS)) {
            throw new UsageException("mpjrun without -dev niodev makes ranks of the threads of one process; for threads"
                    + " take --scheduler local, for processes mpjrun -dev niodev or no mpjrun at all");
        }
        return started;
    }

    /**
     * Joins the world, and keeps it.
     *
     * @return our arguments of the command line
     * @throws WorldException if it cannot be joined
     */
    public static List<String> join(WorldFactory factory, List<String> args) throws WorldException {
        WorldFactory.Started started = factory.join(args);
        WORLD.set(started.world());
        return started.args();
    }

    /** Which rank of it this process is, if there is such a world. */
    public static Optional<RankIdentity> identity() {
        return Optional.ofNullable(WORLD.get())
                .map(world -> new RankIdentity(world.rank(), world.size(), Machine.host()));
    }

    /**
     * The world itself.
     *
     * @throws IllegalStateException if there is none
     */
    static World world() {
        World world = WORLD.get();
        if (world == null) {
            throw new IllegalStateException("this process was not started by a launcher of the MPI library");
        }
        return world;
    }

    /**
     * Rank 0 tells all where its hub is; every rank calls it.
     *
     * @param hub looked at on rank 0 only
     * @throws IOException if it takes too long, or the world is broken
     */
    static HubAddress share(@Nullable HubAddress hub, Duration limit) throws IOException, InterruptedException {
        byte[] text = hub == null ? new byte[0] : hub.text().getBytes(StandardCharsets.UTF_8);
        CompletableFuture<byte[]> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(world().broadcast(text, 0));
                    } catch (WorldException | RuntimeException e) {
                        future.completeExceptionally(e);
                    }
                },
                "spectractor-hub-address");
        thread.setDaemon(true);
        thread.start();
        try {
            return HubAddress.parse(
                    new String(future.get(limit.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("rank 0 did not begin; its messages say why", e);
        }
    }
}
