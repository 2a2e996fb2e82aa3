package io.spectractor.bench.model;

import java.util.List;

/**
 * A machine and its surroundings.
 *
 * @param workers images in progress at a time
 * @param workersPerNode of them on one node
 * @param files the shared file system
 * @param service the outside service that images ask
 * @param overhead what a run costs besides its images
 * @param delivery of the calibration data
 * @param unevenness of the workers
 * @param warmUpSeconds more for the first, second, ... image of each worker: a virtual machine that has not yet compiled
 *     its hot loops
 */
public record Scenario(
        int workers,
        int workersPerNode,
        FileSystem files,
        Service service,
        Overhead overhead,
        Delivery delivery,
        Unevenness unevenness,
        List<Double> warmUpSeconds) {

    /**
     * A file system that all workers share.
     *
     * @param bytesPerSecond of all together
     * @param streamBytesPerSecond of one of them
     */
    public record FileSystem(double bytesPerSecond, double streamBytesPerSecond) {
        public FileSystem {
            if (!(bytesPerSecond > 0 && streamBytesPerSecond > 0)) {
                throw new IllegalArgumentException("bandwidths must be above 0");
            }
        }

        /** One that costs nothing. */
        public static FileSystem free() {
            return new FileSystem(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * A service that answers one query after the other.
     *
     * @param seconds that it works on a query
     * @param latencySeconds of a query besides
     */
    public record Service(double seconds, double latencySeconds) {}

    /**
     * What a run costs besides its images.
     *
     * @param startSeconds until the scheduler is there
     * @param perWorkerSeconds of something that all workers need at once and share evenly, so that all wait for as many
     *     times this as there are workers: metadata of a shared file system from which they load their programs
     * @param planSeconds of the coordinator
     * @param shutdownSeconds after the last image
     */
    public record Overhead(double startSeconds, double perWorkerSeconds, double planSeconds, double shutdownSeconds) {
        /** Nothing. */
        public static Overhead none() {
            return new Overhead(0, 0, 0, 0);
        }
    }

    /**
     * How workers differ.
     *
     * @param slowShare share of them that are slow; which ones, the seed decides
     * @param slowFactor by how much those are slower
     * @param spread sigma of the logarithm of a factor on each image's compute time, of mean 1: neighbours that disturb
     *     each other
     */
    public record Unevenness(double slowShare, double slowFactor, double spread) {
        /** All alike. */
        public static Unevenness none() {
            return new Unevenness(0, 1, 0);
        }
    }

    public Scenario {
        if (workers < 1 || workersPerNode < 1) {
            throw new IllegalArgumentException("workers " + workers + ", per node " + workersPerNode);
        }
        warmUpSeconds = List.copyOf(warmUpSeconds);
    }

    /** A machine that costs nothing but the work itself. */
    public static Scenario ideal(int workers) {
        return new Scenario(
                workers,
                workers,
                FileSystem.free(),
                new Service(0, 0),
                Overhead.none(),
                Delivery.none(),
                Unevenness.none(),
                List.of());
    }

    /** Number of nodes. */
    public int nodes() {
        return (workers + workersPerNode - 1) / workersPerNode;
    }

    public Scenario withWorkers(int number) {
        return new Scenario(number, workersPerNode, files, service, overhead, delivery, unevenness, warmUpSeconds);
    }

    public Scenario withWorkersPerNode(int number) {
        return new Scenario(workers, number, files, service, overhead, delivery, unevenness, warmUpSeconds);
    }

    public Scenario with(FileSystem other) {
        return new Scenario(workers, workersPerNode, other, service, overhead, delivery, unevenness, warmUpSeconds);
    }

    public Scenario with(Service other) {
        return new Scenario(workers, workersPerNode, files, other, overhead, delivery, unevenness, warmUpSeconds);
    }

    public Scenario with(Overhead other) {
        return new Scenario(workers, workersPerNode, files, service, other, delivery, unevenness, warmUpSeconds);
    }

    public Scenario with(Delivery other) {
        return new Scenario(workers, workersPerNode, files, service, overhead, other, unevenness, warmUpSeconds);
    }

    public Scenario with(Unevenness other) {
        return new Scenario(workers, workersPerNode, files, service, overhead, delivery, other, warmUpSeconds);
    }

    /** The same with other seconds for the first images of a worker. */
    public Scenario withWarmUp(List<Double> seconds) {
        return new Scenario(workers, workersPerNode, files, service, overhead, delivery, unevenness, seconds);
    }
}
