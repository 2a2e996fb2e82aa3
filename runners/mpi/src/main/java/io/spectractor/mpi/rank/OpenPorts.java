package io.spectractor.mpi.rank;

import io.spectractor.batch.UsageException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a rank may listen on this host. MPJ Express binds its ports on all addresses and asks nobody who connects for a name
 * or a secret; no property changes that. Where an address of the host is a public one, somebody has to say that this is known.
 */
public final class OpenPorts {
    /** The option of the command line, without its dashes. */
    public static final String OPTION = "mpi-open-ports";

    /** The same as an environment variable, which also tells the ranks. */
    public static final String VARIABLE = "SPECTRACTOR_MPI_OPEN_PORTS";

    /** What MPJ Express 0.44 takes: the first of these that is free, two for each rank. */
    public static final String RANGE = "25000 to 40000";

    /** Not globally reachable: the special-purpose address registries of IANA (RFC 6890). */
    private static final List<Block> NOT_PUBLIC = List.of(
            new Block(new int[] {0}, 8),
            new Block(new int[] {10}, 8),
            new Block(new int[] {100, 64}, 10),
            new Block(new int[] {127}, 8),
            new Block(new int[] {169, 254}, 16),
            new Block(new int[] {172, 16}, 12),
            new Block(new int[] {192, 0, 0}, 24),
            new Block(new int[] {192, 0, 2}, 24),
            new Block(new int[] {192, 168}, 16),
            new Block(new int[] {198, 18}, 15),
            new Block(new int[] {198, 51, 100}, 24),
            new Block(new int[] {203, 0, 113}, 24),
            new Block(new int[] {224}, 3));

    private OpenPorts() {}

    /** The first bits of an IPv4 address. */
    private record Block(int[] start, int bits) {
        boolean contains(byte[] address) {
            int left = bits;
            for (int i = 0; left > 0; i++) {
                int mask = left >= 8 ? 0xff : 0xff << (8 - left) & 0xff;
                if ((address[i] & mask) != (start[i] & mask)) {
                    return false;
                }
                left -= 8;
            }
            return true;
        }
    }

    /** Whether a host that is not in the same network can have a way to this address. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC.stream().noneMatch(block -> block.contains(bytes));
        }
        // global unicast addresses are 2000::/3, and 2001:db8::/32 in them is for documents
        boolean document = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == (byte) 0xb8;
        return (bytes[0] & 0xe0) == 0x20 && !document;
    }

    /**
     * Refuses a host that can be reached from everywhere.
     *
     * @param allowed whether the user knows that the ports are open
     * @throws UsageException if an address of this host is public and nobody said that it may be
     */
    public static void require(boolean allowed) {
        if (!allowed) {
            require(addresses());
        }
    }

    static void require(Collection<InetAddress> addresses) {
        List<String> reachable = addresses.stream()
                .filter(OpenPorts::isPublic)
                .map(InetAddress::getHostAddress)
                .sorted()
                .toList();
        if (!reachable.isEmpty()) {
            throw new UsageException("--scheduler mpi: MPJ Express listens on every address of a host, on ports "
                    + RANGE
                    + ", and lets everybody in; this host has the public address " + String.join(", ", reachable)
                    + ". Run in a private network or a network namespace, or close these ports by a firewall to all but"
                    + " the hosts of the run and use --" + OPTION + " yes (" + VARIABLE + "=yes); see docs/mpi.md");
        }
    }

    private static List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(OpenPorts::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            throw new UncheckedIOException("the addresses of this host cannot be listed", e);
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return true; // it is going or coming: rather ask once too often
        }
    }

    /** Whether the environment says that open ports are known. */
    static boolean allowed(Map<String, String> environment) {
        return allowed(environment.getOrDefault(VARIABLE, "no"), VARIABLE);
    }

    /**
     * Reads a yes or no.
     *
     * @param name what the text was given for
     * @throws UsageException if it is neither
     */
    public static boolean allowed(String text, String name) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no", "" -> false;
            default -> throw new UsageException(name + " " + text + ": expected yes or no");
        };
    }
}
