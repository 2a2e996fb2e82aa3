package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Whether a standalone master, or the API server of Kubernetes, listens: Spark itself asks for a minute or more, and then says
 * something else.
 */
final class MasterCheck {
    private static final String SCHEME = "spark://";
    private static final int PATIENCE_MS = 3000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private MasterCheck() {}

    /**
     * Tries to reach one of the masters of {@code spark://host:port[,host:port...]}, or the server of
     * {@code k8s://https://host:port}; other masters are not looked at.
     *
     * @throws UsageException if none answers
     */
    static void requireAnswer(String master) {
        if (KubernetesSettings.isKubernetes(master)) {
            requireApiServer(master);
        }
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

    private static void requireApiServer(String master) {
        if (!apiServerAnswers(master)) {
            throw new UsageException(
                    "no API server of Kubernetes answers at " + master + "; 'kubectl cluster-info' prints its address");
        }
    }

    /** Whether the API server of {@code k8s://https://host:port} listens. */
    static boolean apiServerAnswers(String master) {
        String place = master.substring(KubernetesSettings.SCHEME.length());
        // Spark takes a bare address for one of https
        URI server = uri(master, place.contains("://") ? place : "https://" + place);
        int usual = "http".equals(server.getScheme()) ? HTTP : HTTPS;
        int port = server.getPort() < 0 ? usual : server.getPort();
        return answers(server.getHost(), Integer.toString(port));
    }

    private static URI uri(String master, String place) {
        try {
            URI server = new URI(place);
            if (server.getHost() != null) {
                return server;
            }
        } catch (URISyntaxException e) {
            // said below, as for what is no address of a host
        }
        throw new UsageException(
                "--master " + master + " is no address of an API server, such as k8s://https://api.example.org:6443");
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
