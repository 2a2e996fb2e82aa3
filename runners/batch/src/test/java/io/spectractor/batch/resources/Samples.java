package io.spectractor.batch.resources;

/** Samples for tests. */
final class Samples {
    private Samples() {}

    /** One in which nothing is unknown but the proportional memory and what concerns the control group's limit. */
    static ResourceSample at(long timeMs, String role, long pid, double cpuPercent, long rss) {
        return new ResourceSample(
                timeMs,
                "n1",
                pid,
                role,
                "extract:a.fits",
                12.5,
                cpuPercent,
                rss,
                -1,
                100,
                200,
                3,
                0.25,
                4096,
                8192,
                1.5,
                1L << 33,
                1L << 34,
                -1,
                77,
                0,
                2);
    }
}
