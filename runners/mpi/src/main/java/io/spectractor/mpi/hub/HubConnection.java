package io.spectractor.mpi.hub;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

/** The hub's end of the control connection of one rank. */
final class HubConnection {
    private final int rank;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Consumer<HubEvent> events;

    HubConnection(int rank, Socket socket, DataInputStream in, Consumer<HubEvent> events) throws IOException {
        this.rank = rank;
        this.socket = socket;
        this.in = in;
        this.out = new DataOutputStream(socket.getOutputStream());
        this.events = events;
    }

    /** Sends; a line that is cut shows at its reading end. */
    synchronized void send(HubFrame frame) {
        try {
            frame.write(out);
        } catch (IOException e) {
            close();
        }
    }

    /** Listens until the line ends, and says how it ended. */
    void listen() {
        try {
            while (true) {
                HubFrame frame = HubFrame.read(in);
                switch (frame.type()) {
                    case REPORT -> events.accept(new HubEvent.Reported(rank, frame.content()));
                    case SIGNALLED -> events.accept(new HubEvent.Signalled(rank));
                    case FAULT -> {
                        events.accept(new HubEvent.Lost(rank, frame.text()));
                        return;
                    }
                    case BYE -> {
                        events.accept(new HubEvent.Left(rank));
                        return;
                    }
                    default -> {
                        // it lives
                    }
                }
            }
        } catch (java.net.SocketTimeoutException e) {
            events.accept(new HubEvent.Lost(rank, "no sign of life"));
        } catch (IOException e) {
            events.accept(new HubEvent.Lost(rank, "its process is gone"));
        } finally {
            close();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as good as closed
        }
    }
}
