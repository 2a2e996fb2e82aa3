package io.spectractor.mpi.mpj;

import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import io.spectractor.mpi.world.WorldFactory;
import java.util.Arrays;
import java.util.List;
import mpi.MPI;

/** Joins worlds of MPJ Express over its device niodev. */
public final class MpjWorldFactory implements WorldFactory {
    /** Messages up to this size are sent without asking whether somebody waits for them, bytes. */
    static final int EAGER_LIMIT = 131_072;

    private static final String DEVICE = "niodev";

    @Override
    public World join(int rank, int size, String exchangeHost, int exchangePort) throws WorldException {
        // what mpjrun hands to a rank in place of the name of a file
        String configuration = "#Number of Processes;" + size + ";#Protocol Switch Limit;" + EAGER_LIMIT
                + ";#Server Name;" + exchangeHost + ";#Server Port;" + exchangePort;
        return started(new String[] {Integer.toString(rank), configuration, DEVICE})
                .world();
    }

    @Override
    public Started join(List<String> args) throws WorldException {
        return started(args.toArray(String[]::new));
    }

    private static Started started(String[] args) throws WorldException {
        try {
            ErrorStream.install();
            String[] ours = MPI.Init(args);
            return new Started(
                    new MpjWorld(MPI.COMM_WORLD.Rank(), MPI.COMM_WORLD.Size()),
                    ours == null ? List.of() : Arrays.asList(ours));
        } catch (RuntimeException e) {
            throw new WorldException(
                    "MPJ Express cannot join the world: " + e
                            + "; is the name of this host in /etc/hosts, and are TCP ports 25000 to 40000 open?",
                    e);
        }
    }
}
