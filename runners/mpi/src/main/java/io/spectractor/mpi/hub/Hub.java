package io.spectractor.mpi.hub;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the ranks of one world come together, and from where they are watched. Each rank keeps a line to it as long as it
 * lives; the operating system cuts it when the process is gone, however it went. MPI itself does not tell.
 *
 * <p>Safe for threads. One world has one hub.
 */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final int GREETING_WITHIN_MS = 10_000;
    private static final int TOKEN_BYTES = 16;
    private static final int BACKLOG = 2048;

    private final ServerSocket server;
    private final HubAddress address;
    private final int size;
    private final Timeouts limits;
    private final PortExchange exchange;
    private final BlockingQueue<HubEvent> events = new LinkedBlockingQueue<>();
    private final Map<Integer, HubConnection> lines = new ConcurrentHashMap<>();
    private final Thread pinger;
    private volatile boolean stopped;
    private volatile @Nullable String broken;

    /**
     * Opens a hub on a free port.
     *
     * @param bind address to listen at, which is also what ranks are told
     * @param size how many ranks the world has
     * @throws IOException if it cannot listen there
     */
    public Hub(InetAddress bind, int size, Timeouts limits) throws IOException {
        this.server = new ServerSocket(0, BACKLOG, bind);
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        this.address = new HubAddress(
                bind.getHostAddress(), server.getLocalPort(), HexFormat.of().formatHex(secret));
        this.size = size;
        this.limits = limits;
        this.exchange = new PortExchange(size);
        daemon("spectractor-hub", this::accept);
        this.pinger = daemon("spectractor-hub-ping", this::ping);
    }

    /** Where ranks find it. */
    public HubAddress address() {
        return address;
    }

    /** The next event, or null if there is none in time. */
    public @Nullable HubEvent next(Duration limit) throws InterruptedException {
        return events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells rank 0 what the world has to do. */
    public void order(byte[] order) {
        send(0, new HubFrame(HubFrame.Type.ORDER, order));
    }

    /** Tells all ranks, those that come later too, to start no more images. */
    public void stop() {
        stopped = true;
        lines.keySet().forEach(rank -> send(rank, HubFrame.of(HubFrame.Type.STOP, "")));
    }

    /** Tells all ranks, those that come later too, that the world is broken. */
    public void lost(String why) {
        broken = why;
        lines.keySet().forEach(rank -> send(rank, HubFrame.of(HubFrame.Type.LOST, why)));
    }

    private void send(int rank, HubFrame frame) {
        HubConnection line = lines.get(rank);
        if (line != null) {
            line.send(frame);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                daemon("spectractor-hub-line", () -> handshake(socket));
            }
        } catch (IOException e) {
            LOG.debug("the hub at {} is closed", address, e);
        }
    }

    private void handshake(Socket socket) {
        boolean kept = false;
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(GREETING_WITHIN_MS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String greeting = in.readUTF();
            if (greeting.equals(PortExchange.GREETING)) {
                exchange.handle(socket, in);
                kept = true;
            } else if (greeting.equals(HubFrame.GREETING) && in.readUTF().equals(address.token())) {
                kept = true;
                line(socket, in);
            } else {
                LOG.warn("a connection without the token of this hub from {}", socket.getRemoteSocketAddress());
            }
        } catch (IOException e) {
            LOG.debug("a connection that failed before its handshake", e);
        } finally {
            if (!kept) {
                closeQuietly(socket);
            }
        }
    }

    private void line(Socket socket, DataInputStream in) throws IOException {
        int rank = in.readInt();
        long pid = in.readLong();
        String host = in.readUTF();
        HubConnection line = new HubConnection(rank, socket, in, events::add);
        if (rank < 0 || rank >= size || lines.putIfAbsent(rank, line) != null) {
            LOG.warn("rank {} of {} came twice or does not belong here", rank, size);
            line.close();
            return;
        }
        socket.setSoTimeout((int) limits.silence().toMillis());
        // a first sign of life, by which the rank knows that it was let in
        line.send(HubFrame.of(HubFrame.Type.PING, ""));
        String why = broken;
        if (why != null) {
            line.send(HubFrame.of(HubFrame.Type.LOST, why));
        } else if (stopped) {
            line.send(HubFrame.of(HubFrame.Type.STOP, ""));
        }
        events.add(new HubEvent.Joined(rank, pid, host));
        line.listen();
        lines.remove(rank);
    }

    private void ping() {
        try {
            while (!server.isClosed()) {
                TimeUnit.MILLISECONDS.sleep(limits.pingEvery().toMillis());
                lines.keySet().forEach(rank -> send(rank, HubFrame.of(HubFrame.Type.PING, "")));
            }
        } catch (InterruptedException e) {
            LOG.debug("no more pings", e);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 1 << 18);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket", e);
        }
    }

    @Override
    public void close() throws IOException {
        pinger.interrupt();
        server.close();
        exchange.close();
        lines.values().forEach(HubConnection::close);
    }
}
