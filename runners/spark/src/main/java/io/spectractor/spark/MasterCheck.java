package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether a standalone master listens: Spark itself asks for a minute, and then says something else. */
final class MasterCheck {
    private static final String SCHEME = "spark://";
    private static final int PATIENCE_MS = 3000;

    private MasterCheck() {}

    /**
     * Tries to reach one of the masters of {@code spark://host:port[,host:port...]}; other masters are not looked at.
     *
     * @throws UsageException if none answers
     */
    static void requireAnswer(String master) {
        if (!master.startsWith(SCHEME)) {
            return;
        }
        for (String place : master.substring(SCHEME.length()).split(",", -1)) {
            int colon = place.lastIndexOf(':');
            if (colon < 0 || answers(place.substring(0, colon), place.substring(colon + 1))) {
                // what cannot be read as host and port is Spark's to refuse
                return;
            }
        }
        throw new UsageException("no Spark master answers at " + master + "; is it running?");
    }

    private static boolean answers(String host, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), PATIENCE_MS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
