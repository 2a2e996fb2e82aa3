package io.spectractor.bench.model;

import io.spectractor.bench.cost.Breakdown;
import io.spectractor.bench.cost.ImageSpan;
import java.util.List;

/**
 * What a run would do.
 *
 * @param workers images in work at a time
 * @param wallSeconds from the start to the end of its last process
 * @param breakdown worker-seconds by phase
 * @param spans who worked on what and when, in the order of their ends
 * @param copies tasks that were started a second time on speculation
 */
public record Schedule(int workers, double wallSeconds, Breakdown breakdown, List<ImageSpan> spans, int copies) {
    public Schedule {
        spans = List.copyOf(spans);
    }

    /** Core-hours as a cluster bills them: all workers for the whole time. */
    public double coreHours() {
        return workers * wallSeconds / 3600;
    }

    /** Share of the worker-seconds in which images were read, extracted and written. */
    public double efficiency() {
        double useful = breakdown.of(io.spectractor.bench.cost.Phase.READ)
                + breakdown.of(io.spectractor.bench.cost.Phase.COMPUTE)
                + breakdown.of(io.spectractor.bench.cost.Phase.WRITE);
        return useful / breakdown.total();
    }
}
