package io.spectractor.mpi.mpj;

import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mpi.MPI;
import mpi.Status;
import org.jspecify.annotations.Nullable;

/**
 * The world of MPJ Express. A process has one, ever: the library keeps it in statics and cannot begin anew.
 *
 * <p>Messages are received by a thread that waits in {@code Recv}: {@code Probe}, which would tell the size beforehand,
 * sleeps between looks. So a message goes out in pieces that fit into the receiver's buffer, and that are below the eager
 * limit, where a send does not wait for its receiver.
 */
final class MpjWorld implements World {
    private static final int TAG = 7;
    private static final int PIECE = 65_536;
    /** First byte of a piece. */
    private static final byte MORE = 1;

    private static final byte LAST = 0;
    /** Each piece costs a round through the tree of ranks; the whole at once would need as much room again in each. */
    private static final int BROADCAST_CHUNK = 4 << 20;

    private final int rank;
    private final int size;
    private final BlockingQueue<Object> inbox = new LinkedBlockingQueue<>();
    private boolean receiving;

    MpjWorld(int rank, int size) {
        this.rank = rank;
        this.size = size;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] broadcast(byte[] bytes, int root) throws WorldException {
        try {
            int[] length = {bytes.length};
            MPI.COMM_WORLD.Bcast(length, 0, 1, MPI.INT, root);
            byte[] all = rank == root ? bytes : new byte[length[0]];
            for (int from = 0; from < all.length; from += BROADCAST_CHUNK) {
                MPI.COMM_WORLD.Bcast(all, from, Math.min(BROADCAST_CHUNK, all.length - from), MPI.BYTE, root);
            }
            return all;
        } catch (RuntimeException e) {
            throw failed("broadcast", e);
        }
    }

    @Override
    public synchronized void send(int to, byte[] bytes) throws WorldException {
        try {
            int from = 0;
            do {
                int length = Math.min(PIECE - 1, bytes.length - from);
                byte[] piece = new byte[length + 1];
                piece[0] = from + length < bytes.length ? MORE : LAST;
                System.arraycopy(bytes, from, piece, 1, length);
                MPI.COMM_WORLD.Send(piece, 0, piece.length, MPI.BYTE, to, TAG);
                from += length;
            } while (from < bytes.length);
        } catch (RuntimeException e) {
            throw failed("sending to rank " + to, e);
        }
    }

    @Override
    public @Nullable Envelope receive(Duration limit) throws WorldException {
        startReceiver();
        try {
            Object next = inbox.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (next instanceof WorldException e) {
                inbox.add(e);
                throw new WorldException(e.getMessage(), e);
            }
            return (Envelope) next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("interrupted while waiting for a message", e);
        }
    }

    private synchronized void startReceiver() {
        if (!receiving) {
            receiving = true;
            Thread thread = new Thread(this::receiveAll, "spectractor-mpj-receiver");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void receiveAll() {
        Map<Integer, ByteArrayOutputStream> parts = new HashMap<>();
        byte[] buffer = new byte[PIECE];
        try {
            while (true) {
                Status status = MPI.COMM_WORLD.Recv(buffer, 0, buffer.length, MPI.BYTE, MPI.ANY_SOURCE, TAG);
                int count = status.Get_count(MPI.BYTE);
                ByteArrayOutputStream part = parts.remove(status.source);
                if (buffer[0] == LAST && part == null) {
                    inbox.add(new Envelope(status.source, Arrays.copyOfRange(buffer, 1, count)));
                    continue;
                }
                ByteArrayOutputStream whole = part == null ? new ByteArrayOutputStream() : part;
                whole.write(buffer, 1, count - 1);
                if (buffer[0] == LAST) {
                    inbox.add(new Envelope(status.source, whole.toByteArray()));
                } else {
                    parts.put(status.source, whole);
                }
            }
        } catch (RuntimeException e) {
            inbox.add(failed("receiving", e));
        }
    }

    @Override
    public void close() throws WorldException {
        try {
            MPI.Finalize();
        } catch (RuntimeException e) {
            throw failed("leaving", e);
        }
    }

    private WorldException failed(String what, Exception e) {
        return new WorldException("MPI, rank " + rank + ": " + what + " failed: " + e, e);
    }
}
