package io.spectractor.mpi.hub;

import java.time.Duration;

/**
 * How long anything may take that involves another process. Nothing waits without a limit.
 *
 * @param join until all ranks of a world have come
 * @param order from joining until a rank has the world's order
 * @param answer until the coordinator answers a rank
 * @param pingEvery how often both ends of a control connection say that they are there
 * @param silence after which an end of a control connection counts as lost
 * @param leave for the last steps of a rank that has nothing in progress
 * @param image for one image, from its start to its result; zero for no limit
 */
public record Timeouts(
        Duration join,
        Duration order,
        Duration answer,
        Duration pingEvery,
        Duration silence,
        Duration leave,
        Duration image) {
    private static final Duration PER_RANK = Duration.ofMillis(200);
    /** An image that overran its own limit twice over will not come back. */
    private static final int IMAGE_FACTOR = 2;

    private static final Duration IMAGE_SLACK = Duration.ofSeconds(60);

    /**
     * The usual ones.
     *
     * @param ranks how many
     * @param imageSeconds time limit of an image, s, 0 for none
     */
    public static Timeouts of(int ranks, double imageSeconds) {
        Duration image = imageSeconds <= 0
                ? Duration.ZERO
                : Duration.ofMillis((long) (imageSeconds * IMAGE_FACTOR * 1e3)).plus(IMAGE_SLACK);
        return new Timeouts(
                Duration.ofSeconds(60).plus(PER_RANK.multipliedBy(ranks)),
                Duration.ofSeconds(120).plus(PER_RANK.multipliedBy(ranks)),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                image);
    }
}
