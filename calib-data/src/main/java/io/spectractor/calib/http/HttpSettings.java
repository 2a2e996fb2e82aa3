package io.spectractor.calib.http;

import java.time.Duration;

/**
 * How patient a fetch is.
 *
 * @param connect longest wait for a connection
 * @param attempt longest time of one attempt, the body included
 * @param attempts how often it is tried, at least 1
 * @param firstDelay wait after the first failure, doubled after each further one
 * @param longestDelay the doubling ends here
 * @param longestTotalDelay longest sum of the waits; a server that asks for more is given up
 */
public record HttpSettings(
        Duration connect,
        Duration attempt,
        int attempts,
        Duration firstDelay,
        Duration longestDelay,
        Duration longestTotalDelay) {
    public HttpSettings {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, got " + attempts);
        }
    }

    /** For calibration files, without which a run cannot start. */
    public static HttpSettings patient() {
        return new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                6,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofMinutes(3));
    }

    /** For services that a run can do without. */
    public static HttpSettings brief() {
        return new HttpSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                2,
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }
}
