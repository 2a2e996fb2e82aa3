package io.spectractor.mpi.start;

import io.spectractor.batch.run.Machine;
import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.rank.Rank;
import io.spectractor.mpi.rank.RankIdentity;
import io.spectractor.mpi.rank.RankMain;
import io.spectractor.mpi.world.WorldException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ranks that somebody else has started: the user with {@code srun}, or {@code mpjrun}. All run the same command; rank 0
 * runs it as if it was alone, with a thread of its own for what a rank does. Tasks of {@code srun} find it by a file in
 * the output folder, which only the user can read; those of {@code mpjrun} are told over MPI. There is no second world.
 */
public final class StepStarter implements RankStarter {
    private static final Logger LOG = LoggerFactory.getLogger(StepStarter.class);
    private static final long LOOK_EVERY_MS = 100;
    private static final Duration SHARE_WITHIN = Duration.ofSeconds(60);

    private final Rank own;
    private final Path file;
    private final InetAddress address;

    /**
     * For rank 0.
     *
     * @param own the rank that this process is
     * @param file by which the others find this process
     * @param address of this host that all ranks can reach
     */
    public StepStarter(Rank own, Path file, InetAddress address) {
        this.own = own;
        this.file = file;
        this.address = address;
    }

    /**
     * Which rank of how many this process is, if somebody else started it as one of several.
     *
     * @param environment of this process
     */
    public static Optional<RankIdentity> identity(Map<String, String> environment) {
        Optional<RankIdentity> ofStarter = StartedWorld.identity();
        if (ofStarter.isPresent() || environment.containsKey(HubAddress.VARIABLE)) {
            return ofStarter;
        }
        return RankIdentity.of(environment, Machine.host()).filter(identity -> identity.size() > 1);
    }

    /** How the ranks of such a group join their world. */
    public static Rank.WorldSupplier worlds() {
        return StartedWorld.identity().isPresent() ? (identity, hub) -> StartedWorld.world() : RankMain::join;
    }

    /**
     * The file by which the ranks find rank 0.
     *
     * @param outputFolder of the run
     * @param environment of this process
     */
    public static Path file(Path outputFolder, Map<String, String> environment) {
        return outputFolder
                .resolve("_runs")
                .resolve(".ranks-" + environment.get("SLURM_JOB_ID") + "." + environment.get("SLURM_STEP_ID"));
    }

    /** The address at which rank 0 of a job step is to be reached. */
    public static InetAddress ownAddress(Map<String, String> environment) throws IOException {
        return SlurmHosts.ownAddress(environment);
    }

    /**
     * For the other ranks: waits for rank 0 to appear.
     *
     * @throws IOException if it does not
     */
    public static HubAddress await(Path file, Duration limit) throws IOException, InterruptedException {
        if (StartedWorld.identity().isPresent()) {
            return StartedWorld.share(null, limit);
        }
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try {
                return HubAddress.parse(Files.readString(file));
            } catch (NoSuchFileException e) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
        }
        throw new IOException("rank 0 did not begin: there is no " + file + " after " + limit.toSeconds()
                + " s; its messages say why, or the folder is not shared between the nodes");
    }

    @Override
    public InetAddress hubAddress() {
        return address;
    }

    @Override
    public boolean startsAgain() {
        return false;
    }

    @Override
    public RankGroup start(int ranks, HubAddress hub) throws IOException {
        if (StartedWorld.identity().isPresent()) {
            share(hub);
        } else {
            write(hub);
        }
        StepGroup group = new StepGroup(file);
        Thread thread = new Thread(() -> group.run(own, hub), "spectractor-own-rank");
        thread.setDaemon(true);
        thread.start();
        return group;
    }

    private static void share(HubAddress hub) throws IOException {
        try {
            StartedWorld.share(hub, SHARE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void write(HubAddress hub) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, hub.text());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static final class StepGroup implements RankGroup {
        private final Path file;
        private final AtomicReference<@Nullable String> death = new AtomicReference<>();

        StepGroup(Path file) {
            this.file = file;
        }

        void run(Rank own, HubAddress hub) {
            try {
                own.run(hub);
            } catch (IOException | WorldException | RuntimeException e) {
                LOG.debug("rank 0", e);
                death.set("rank 0: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public boolean ours() {
            return false;
        }

        @Override
        public List<String> deaths() {
            String why = death.get();
            return why == null ? List.of() : List.of(why);
        }

        /** Nothing to end: the others leave when the hub is closed. */
        @Override
        public void kill() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("cannot remove {}", file, e);
            }
        }
    }
}
