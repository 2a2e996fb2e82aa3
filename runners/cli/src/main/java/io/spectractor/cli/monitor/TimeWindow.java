package io.spectractor.cli.monitor;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.resources.ResourceSample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * The stretch of time that a picture shows.
 *
 * @param fromMs ms since 1970 UTC
 * @param toMs the same, later
 */
public record TimeWindow(double fromMs, double toMs) {
    private static final long DAY_MS = 86_400_000;

    /** All of the samples. */
    public static TimeWindow of(List<ResourceSample> samples) {
        double from = samples.get(0).timeMs();
        double to = samples.get(samples.size() - 1).timeMs();
        return new TimeWindow(from, Math.max(to, from + 1000));
    }

    /**
     * Between two times of day, UTC: the first such stretch in which there are samples; one that ends before it begins goes
     * over midnight.
     *
     * @param between two words, {@code HH:MM} or {@code HH:MM:SS}; none for all
     * @throws UsageException if they are not times, or nothing was sampled between them
     */
    public static TimeWindow of(List<ResourceSample> samples, List<String> between) {
        TimeWindow all = of(samples);
        if (between.isEmpty()) {
            return all;
        }
        long from = time(between.get(0));
        long to = time(between.get(1));
        to += to <= from ? DAY_MS : 0;
        LocalDate first = Instant.ofEpochMilli((long) all.fromMs())
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
        for (long day = first.toEpochDay() - 1; day * DAY_MS <= all.toMs(); day++) {
            double a = day * DAY_MS + from;
            double b = day * DAY_MS + to;
            if (samples.stream().anyMatch(s -> s.timeMs() >= a && s.timeMs() <= b)) {
                return new TimeWindow(a, b);
            }
        }
        throw new UsageException(
                "--between " + between.get(0) + " " + between.get(1) + ": nothing was sampled then; there"
                        + " are samples from " + Instant.ofEpochMilli((long) all.fromMs()) + " to "
                        + Instant.ofEpochMilli((long) all.toMs()) + " (times are UTC)");
    }

    private static long time(String word) {
        try {
            return LocalTime.parse(word).toSecondOfDay() * 1000L;
        } catch (DateTimeParseException e) {
            throw new UsageException("--between " + word + ": expected a time of day such as 21:30 (UTC)", e);
        }
    }
}
