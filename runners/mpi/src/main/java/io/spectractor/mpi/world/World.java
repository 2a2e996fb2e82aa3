package io.spectractor.mpi.world;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The ranks of one MPI world as one of them sees it. Once a rank is lost the world is of no more use to any of the
 * others; who notices is not said here, because the libraries beneath may wait for ever: callers watch the peers by other
 * means and leave.
 */
public interface World extends AutoCloseable {
    /** Which rank this is, 0 to {@code size() - 1}. */
    int rank();

    /** How many ranks there are. */
    int size();

    /**
     * Sends the bytes of one rank to all; every rank calls it. May block for ever if a rank is lost.
     *
     * @param bytes what to send; looked at on the root only
     * @param root rank that sends
     * @return the bytes, on every rank
     * @throws WorldException if the library says that it failed
     */
    byte[] broadcast(byte[] bytes, int root) throws WorldException;

    /**
     * Sends bytes to one rank. Messages to the same rank arrive in their order. Safe for threads.
     *
     * @throws WorldException if the library says that it failed
     */
    void send(int rank, byte[] bytes) throws WorldException;

    /**
     * The next message from any rank, or null if none came in time. For one thread at a time.
     *
     * @throws WorldException if the library says that it failed
     */
    @Nullable
    Envelope receive(Duration limit) throws WorldException;

    /** Leaves; every rank calls it. May block for ever if a rank is lost. */
    @Override
    void close() throws WorldException;

    /**
     * A message that came.
     *
     * @param from rank that sent it
     * @param bytes not copied, nobody may change it
     */
    record Envelope(int from, byte[] bytes) {}
}
