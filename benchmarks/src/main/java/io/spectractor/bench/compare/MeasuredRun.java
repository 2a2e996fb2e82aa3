package io.spectractor.bench.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.spectractor.bench.cost.Breakdown;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import io.spectractor.bench.model.ImageWork;
import java.util.List;

/**
 * One run of the program, taken apart.
 *
 * @param variant scheduler and distribution
 * @param delivery of the calibration data
 * @param cold whether the images had to come from the disk
 * @param round from 1
 * @param fault what was done to it; empty for nothing
 * @param workers images in progress at a time
 * @param wallSeconds from the start of the command to its end
 * @param cpuSeconds of all its processes, user and system; NaN where a cluster starts them and nobody here knows
 * @param exitCode of the command
 * @param failed images without a product
 * @param overheads what it took besides its images
 * @param breakdown worker-seconds by phase
 * @param lanes names of the workers
 * @param spans who worked on what and when
 * @param images what each image cost
 * @param command its words
 */
public record MeasuredRun(
        String variant,
        String delivery,
        boolean cold,
        int round,
        String fault,
        int workers,
        double wallSeconds,
        double cpuSeconds,
        int exitCode,
        int failed,
        Overheads overheads,
        Breakdown breakdown,
        List<String> lanes,
        List<ImageSpan> spans,
        List<ImageWork> images,
        List<String> command) {
    public MeasuredRun {
        lanes = List.copyOf(lanes);
        spans = List.copyOf(spans);
        images = List.copyOf(images);
        command = List.copyOf(command);
    }

    /** Core-hours as a cluster bills them: all workers for the whole time. */
    @JsonIgnore
    public double coreHours() {
        return workers * wallSeconds / 3600;
    }

    /** Images that were done per such core-hour. */
    @JsonIgnore
    public double imagesPerCoreHour() {
        return images.size() / coreHours();
    }

    /** Share of the worker-seconds in which images were read, extracted and written. */
    @JsonIgnore
    public double efficiency() {
        return (breakdown.of(Phase.READ) + breakdown.of(Phase.COMPUTE) + breakdown.of(Phase.WRITE)) / breakdown.total();
    }

    /** Cold or warm, for people. */
    @JsonIgnore
    public String temperature() {
        return cold ? "cold" : "warm";
    }
}
