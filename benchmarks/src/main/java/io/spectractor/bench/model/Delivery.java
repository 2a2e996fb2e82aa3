package io.spectractor.bench.model;

/**
 * How calibration data come to the workers.
 *
 * @param way what is done
 * @param bytes size of the data
 * @param openSeconds that a worker needs to read and check them once it has the bytes
 * @param bytesPerSecond of the web server (remote) or of one hop between nodes (broadcast); unused otherwise
 */
public record Delivery(Way way, double bytes, double openSeconds, double bytesPerSecond) {
    /** The ways. */
    public enum Way {
        /** Inside the program: nothing is transferred. */
        EMBEDDED,
        /** Each worker reads a file of the shared file system. */
        LOCAL,
        /** From the driver along a binary tree of nodes: as many hops as the tree is high. */
        BROADCAST,
        /** Each node fetches them once from one web server, whose bandwidth they share. */
        REMOTE
    }

    /** Nothing to deliver. */
    public static Delivery none() {
        return new Delivery(Way.EMBEDDED, 0, 0, Double.POSITIVE_INFINITY);
    }
}
