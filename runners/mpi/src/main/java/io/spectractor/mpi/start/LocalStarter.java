package io.spectractor.mpi.start;

import io.spectractor.mpi.hub.HubAddress;
import io.spectractor.mpi.rank.RankIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Starts the ranks as child processes on this machine. */
public final class LocalStarter implements RankStarter {
    private final JavaCommand command;
    private final Map<String, String> environment;
    private final InetAddress address;
    private final IntFunction<List<String>> prefix;
    private final @Nullable Path logs;

    /** Ranks that meet at the loopback address. */
    public LocalStarter(JavaCommand command, Map<String, String> environment) {
        this(command, environment, InetAddress.getLoopbackAddress(), rank -> List.of());
    }

    /**
     * Ranks that are started by way of another command.
     *
     * @param command the command of a rank
     * @param environment further variables for the ranks
     * @param address address of this host that all ranks can reach
     * @param prefix arguments before the command of each rank
     */
    public LocalStarter(
            JavaCommand command,
            Map<String, String> environment,
            InetAddress address,
            IntFunction<List<String>> prefix) {
        this(command, environment, address, prefix, null);
    }

    private LocalStarter(
            JavaCommand command,
            Map<String, String> environment,
            InetAddress address,
            IntFunction<List<String>> prefix,
            @Nullable Path logs) {
        this.logs = logs;
        this.command = command;
        this.environment = Map.copyOf(environment);
        this.address = address;
        this.prefix = prefix;
    }

    /** The same, with the standard output and error of each rank in files of a folder, {@code rank-3.out} and so on. */
    public LocalStarter withLogs(Path folder) {
        return new LocalStarter(command, environment, address, prefix, folder);
    }

    @Override
    public InetAddress hubAddress() {
        return address;
    }

    @Override
    public boolean startsAgain() {
        return true;
    }

    @Override
    public RankGroup start(int ranks, HubAddress hub) throws IOException {
        ProcessGroup group = new ProcessGroup(0);
        try {
            for (int rank = 0; rank < ranks; rank++) {
                group.add("rank " + rank, start(rank, ranks, hub));
            }
        } catch (IOException e) {
            group.kill();
            throw e;
        }
        return group;
    }

    private Process start(int rank, int ranks, HubAddress hub) throws IOException {
        List<String> arguments = new ArrayList<>(prefix.apply(rank));
        arguments.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (logs != null) {
            Files.createDirectories(logs);
            String name = "rank-" + rank;
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                            logs.resolve(name + ".out").toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            logs.resolve(name + ".err").toFile()));
        }
        builder.environment().putAll(JavaCommand.environment());
        builder.environment().putAll(environment);
        builder.environment().put(HubAddress.VARIABLE, hub.text());
        builder.environment().put(RankIdentity.RANK_VARIABLE, Integer.toString(rank));
        builder.environment().put(RankIdentity.SIZE_VARIABLE, Integer.toString(ranks));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
