package io.spectractor.mpi.hub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of the port server inside {@code mpjrun}: each rank of MPJ Express 0.44 says on which ports it listens,
 * and once all have, each is told those of all. So the ranks meet without daemons and without ssh.
 *
 * <p>The protocol, as {@code mpjrun} speaks it: the text {@code Sending Info} and the three ints write port, read port,
 * rank come in; {@code #Peer Information;} and for every rank {@code ip@readport@writeport@rank@0}, joined by semicolons,
 * goes out.
 */
final class PortExchange {
    static final String GREETING = "Sending Info";

    private final @Nullable String[] peers;
    private final @Nullable Socket[] sockets;

    PortExchange(int size) {
        this.peers = new String[size];
        this.sockets = new Socket[size];
    }

    /** A rank came; its greeting has been read. Answers all when it was the last one. */
    void handle(Socket socket, DataInputStream in) throws IOException {
        int writePort = in.readInt();
        int readPort = in.readInt();
        int rank = in.readInt();
        if (rank < 0 || rank >= peers.length) {
            throw new IOException("rank " + rank + " of " + peers.length);
        }
        String host = socket.getInetAddress().getHostAddress();
        synchronized (this) {
            peers[rank] = host + "@" + readPort + "@" + writePort + "@" + rank + "@0";
            sockets[rank] = socket;
            if (Arrays.stream(peers).allMatch(Objects::nonNull)) {
                answer();
            }
        }
    }

    private void answer() throws IOException {
        String all = "#Peer Information;" + String.join(";", peers);
        for (Socket socket : sockets) {
            DataOutputStream out =
                    new DataOutputStream(Objects.requireNonNull(socket).getOutputStream());
            out.writeUTF(all);
            out.flush();
        }
    }

    synchronized void close() throws IOException {
        for (Socket socket : sockets) {
            if (socket != null) {
                socket.close();
            }
        }
    }
}
