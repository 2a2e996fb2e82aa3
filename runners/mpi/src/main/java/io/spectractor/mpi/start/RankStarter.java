package io.spectractor.mpi.start;

import io.spectractor.mpi.hub.HubAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Starts the processes of a world. */
public interface RankStarter {
    /** The address of this host that all ranks can reach. */
    InetAddress hubAddress() throws IOException;

    /** Whether it can start a second world when the first is broken. */
    boolean startsAgain();

    /**
     * Starts the ranks of a world; does not wait for them.
     *
     * @param ranks how many
     * @param hub where they find the hub
     * @throws IOException if a process cannot be started; none is left behind then
     */
    RankGroup start(int ranks, HubAddress hub) throws IOException;

    /** The processes of a world. */
    interface RankGroup {
        /** Whether all have ended; never true of processes that are not ours. */
        boolean ended();

        /** Whether the processes are ours, so that we wait for their end after they said goodbye. */
        boolean ours();

        /** What is known of those that ended by themselves before they came to the hub, for people; may be empty. */
        List<String> deaths();

        /** Ends all that are left, by force, and waits until they have. */
        void kill();
    }
}
