package io.spectractor.mpi.hub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rank's end of its line to the hub. The world counts as broken from the moment that the hub says so, or the line is
 * cut. Safe for threads.
 */
public final class HubClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubClient.class);
    private static final long RETRY_MS = 200;
    private static final int CONNECT_MS = 5000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final CompletableFuture<byte[]> order = new CompletableFuture<>();
    private volatile boolean stop;
    private volatile boolean closed;
    private volatile @Nullable String broken;

    private HubClient(Socket socket, int rank, HubAddress hub, String host, Timeouts limits) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) limits.silence().toMillis());
        out.writeUTF(HubFrame.GREETING);
        out.writeUTF(hub.token());
        out.writeInt(rank);
        out.writeLong(ProcessHandle.current().pid());
        out.writeUTF(host);
        out.flush();
        HubFrame.read(in);
        daemon("spectractor-lifeline", this::listen);
        daemon("spectractor-lifeline-ping", () -> ping(limits.pingEvery()));
    }

    /**
     * Connects, again and again until the limit for joining.
     *
     * @param host name of this host, for people
     * @throws IOException if the hub is not to be reached, or does not want this rank
     */
    public static HubClient connect(HubAddress hub, int rank, String host, Timeouts limits)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limits.join().toNanos();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(hub.host(), hub.port()), CONNECT_MS);
                return new HubClient(socket, rank, hub, host, limits);
            } catch (IOException e) {
                socket.close();
                if (System.nanoTime() > end) {
                    throw new IOException("rank " + rank + " cannot reach the hub at " + hub + ": " + e, e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    private void listen() {
        try {
            while (true) {
                HubFrame frame = HubFrame.read(in);
                switch (frame.type()) {
                    case ORDER -> order.complete(frame.content());
                    case STOP -> stop = true;
                    case LOST -> markLost(frame.text());
                    default -> {
                        // it lives
                    }
                }
            }
        } catch (IOException e) {
            if (!closed) {
                markLost("the hub is gone (" + e + ")");
            }
        }
    }

    private void ping(Duration every) {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(every.toMillis());
                send(HubFrame.of(HubFrame.Type.PING, ""));
            }
        } catch (InterruptedException e) {
            LOG.debug("no more pings", e);
        }
    }

    private void markLost(String why) {
        if (broken == null) {
            broken = why;
        }
    }

    /** Why the world is broken, or null while it is not. */
    public @Nullable String broken() {
        return broken;
    }

    /** Whether no more images are to be started. */
    public boolean stopRequested() {
        return stop;
    }

    /**
     * What the world has to do; for rank 0.
     *
     * @throws IOException if it does not come
     */
    public byte[] order(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return order.get(RETRY_MS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new IOException(e);
            } catch (TimeoutException e) {
                if (broken != null || System.nanoTime() > end) {
                    throw new IOException("no order came from the hub: " + (broken == null ? "too late" : broken), e);
                }
            }
        }
    }

    /** Reports to the hub; returns whether the line took it. */
    public boolean report(byte[] content) {
        return send(new HubFrame(HubFrame.Type.REPORT, content));
    }

    /** Says that this process was told to end. */
    public void signalled() {
        send(HubFrame.of(HubFrame.Type.SIGNALLED, ""));
    }

    /** Says that this rank cannot go on. */
    public void fault(String why) {
        send(HubFrame.of(HubFrame.Type.FAULT, why));
    }

    /** Says that this rank leaves in order. */
    public void leave() {
        send(HubFrame.of(HubFrame.Type.BYE, ""));
    }

    private synchronized boolean send(HubFrame frame) {
        try {
            frame.write(out);
            return true;
        } catch (IOException e) {
            if (!closed) {
                markLost("the hub is gone (" + e + ")");
            }
            return false;
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the connection to the hub", e);
        }
    }
}
