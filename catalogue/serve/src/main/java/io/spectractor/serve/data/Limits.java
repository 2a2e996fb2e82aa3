package io.spectractor.serve.data;

import java.time.Duration;

/**
 * What one who asks may have.
 *
 * @param time for a query that somebody waits for
 * @param asyncTime for one in the background
 * @param rows of a result unless MAXREC asks for another number
 * @param mostRows of a result at most
 * @param memoryMb of the engine, all queries together; what needs more goes to disk
 * @param diskMb of the engine's temporary files
 * @param queries at once; others wait
 * @param waiting how many may wait
 * @param jobs in the background that are kept
 * @param uploadMb of an uploaded table
 */
public record Limits(
        Duration time,
        Duration asyncTime,
        long rows,
        long mostRows,
        long memoryMb,
        long diskMb,
        int queries,
        int waiting,
        int jobs,
        int uploadMb) {
    /** What holds where nothing is said. */
    public static Limits usual() {
        return new Limits(
                Duration.ofSeconds(60),
                Duration.ofMinutes(60),
                100_000,
                10_000_000,
                2048,
                20_480,
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                200,
                100,
                50);
    }
}
