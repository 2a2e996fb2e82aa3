package io.spectractor.bench.model;

import io.spectractor.bench.cost.Phase;

/**
 * What one image asks of a machine.
 *
 * @param name of the image
 * @param readBytes through the shared file system
 * @param decodeSeconds of a core, from bytes to pixels; counted as {@link Phase#READ}
 * @param queries to the outside service
 * @param computeSeconds of a core
 * @param writeSeconds of a core and its disk; counted as {@link Phase#WRITE}
 * @param writeBytes through the shared file system
 */
public record ImageWork(
        String name,
        double readBytes,
        double decodeSeconds,
        int queries,
        double computeSeconds,
        double writeSeconds,
        double writeBytes) {

    /** An image that computes and does nothing else. */
    public static ImageWork computing(String name, double seconds) {
        return new ImageWork(name, 0, 0, 0, seconds, 0, 0);
    }

    /** Seconds of a core. */
    public double coreSeconds() {
        return decodeSeconds + computeSeconds + writeSeconds;
    }

    /** The same with more to compute, s. */
    public ImageWork longer(double seconds) {
        return new ImageWork(
                name, readBytes, decodeSeconds, queries, computeSeconds + seconds, writeSeconds, writeBytes);
    }

    /** The same on cores that are slower by a factor. */
    public ImageWork slower(double factor) {
        return new ImageWork(
                name,
                readBytes,
                decodeSeconds * factor,
                queries,
                computeSeconds * factor,
                writeSeconds * factor,
                writeBytes);
    }
}
