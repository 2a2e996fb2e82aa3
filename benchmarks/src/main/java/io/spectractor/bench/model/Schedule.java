package io.spectractor.bench.model;

import io.spectractor.bench.cost.Breakdown;
import io.spectractor.bench.cost.ImageSpan;
import java.util.List;

/**
 * What a run would do.
 *
 * @param workers images in progress at a time
 * @param wallSeconds from the start to the end of its last process
 * @param breakdown worker-seconds by phase
 * @param spans who worked on what and when, in the order of their ends
 * @param copies tasks that were started a second time on speculation
 * @param workSeconds of cores that the images ask for, on cores that are warm and alone
 */
public record Schedule(
        int workers, double wallSeconds, Breakdown breakdown, List<ImageSpan> spans, int copies, double workSeconds) {
    public Schedule {
        spans = List.copyOf(spans);
    }

    /** Core-hours as a cluster bills them: all workers for the whole time. */
    public double coreHours() {
        return workers * wallSeconds / 3600;
    }

    /** Share of the worker-seconds that the images would ask for on cores that never wait: what is paid and used. */
    public double efficiency() {
        return workSeconds / breakdown.total();
    }
}
