package io.spectractor.mpi.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes of the allocation that a process is in. */
final class SlurmHosts {
    private static final int ANY_PORT = 9;

    private SlurmHosts() {}

    /**
     * The address of this node that the other nodes can reach: on several nodes the one from which packets to the others
     * go out, on a single one the loopback address.
     *
     * @param environment of a process inside the allocation
     */
    static InetAddress ownAddress(Map<String, String> environment) throws IOException {
        String own = environment.getOrDefault("SLURMD_NODENAME", "");
        for (String host : hosts(environment.getOrDefault("SLURM_JOB_NODELIST", ""))) {
            if (!host.equals(own)) {
                Optional<InetAddress> address = towards(host);
                if (address.isPresent()) {
                    return address.get();
                }
            }
        }
        return InetAddress.getLoopbackAddress();
    }

    /** The address that packets to a host would carry; none is sent. */
    private static Optional<InetAddress> towards(String host) throws IOException {
        InetSocketAddress there = new InetSocketAddress(host, ANY_PORT);
        if (there.isUnresolved()) {
            return Optional.empty();
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(there);
            return Optional.of(socket.getLocalAddress());
        }
    }

    private static List<String> hosts(String nodeList) throws IOException {
        if (!nodeList.contains("[")) {
            return nodeList.isEmpty() ? List.of() : Arrays.asList(nodeList.split(",", -1));
        }
        Process process = new ProcessBuilder("scontrol", "show", "hostnames", nodeList)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
        }
    }
}
