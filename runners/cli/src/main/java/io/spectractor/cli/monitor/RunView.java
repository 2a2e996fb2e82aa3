package io.spectractor.cli.monitor;

import io.spectractor.batch.resources.ResourceLog;
import io.spectractor.batch.resources.ResourceSample;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.RunState;
import io.spectractor.batch.result.RunSummary;
import io.spectractor.batch.run.JournalEvent;
import io.spectractor.batch.run.RunFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What there is to see of a run now, as lines of text. */
final class RunView {
    /** A process that has not been sampled for so long is no longer shown as at work, ms. */
    private static final long STALE_MS = 20_000;
    /** Images whose rate counts as that of now. */
    private static final int RECENT = 20;

    private final RunFolder folder;
    private final RunSummary summary;
    private final Instant now;

    RunView(RunFolder folder, Instant now) throws IOException {
        this.folder = folder;
        this.summary = folder.summary();
        this.now = now;
    }

    /** Whether a process works on the run. */
    boolean isRunning() {
        return summary.state() == RunState.RUNNING;
    }

    /** Everything, without colours. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("run " + summary.info().runId() + " " + summary.state().name().toLowerCase(Locale.ROOT) + ": "
                + summary.counts().line());
        folder.causeOfDeath().ifPresent(cause -> lines.add("its process " + cause));
        List<JournalEvent> events = folder.journal();
        pace(events, lines);
        processes(lines);
        inWork(events, lines);
        slowest(lines);
        failures(lines);
        return lines;
    }

    private void pace(List<JournalEvent> events, List<String> lines) {
        List<Instant> ends = events.stream()
                .filter(e -> e.event() == JournalEvent.Type.IMAGE_FINISHED
                        && e.result() != null
                        && e.result().attempts() > 0
                        && !e.result().reused())
                .map(e -> Instant.parse(e.time()))
                .toList();
        int left = summary.counts().notRun();
        String rate = "rate: not known yet";
        if (ends.size() > 1) {
            int images = Math.min(RECENT, ends.size() - 1);
            List<Instant> times = new ArrayList<>(ends.subList(ends.size() - 1 - images, ends.size()));
            if (isRunning()) {
                times.add(now);
            }
            double seconds = Math.max(0.001, secondsThrough(times));
            rate = String.format(Locale.ROOT, "rate: %.1f images per minute", 60 * images / seconds);
            if (isRunning() && left > 0) {
                rate += ", about " + duration(seconds / images * left) + " left for " + left + " images";
            }
        }
        lines.add(rate + ", at work for " + duration(summary.seconds()));
    }

    /** From the first to the last; where the clock was set back no time counts as gone. */
    private static double secondsThrough(List<Instant> times) {
        double seconds = 0;
        for (int i = 1; i < times.size(); i++) {
            seconds += secondsBetween(times.get(i - 1), times.get(i));
        }
        return seconds;
    }

    private static double secondsBetween(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
    }

    private void processes(List<String> lines) throws IOException {
        Map<String, ResourceSample> last = new TreeMap<>();
        Map<String, Double> peak = new HashMap<>();
        for (ResourceSample s : ResourceLog.read(folder.path())) {
            last.put(s.process(), s);
            peak.merge(s.process(), (double) s.rssBytes(), Math::max);
        }
        if (last.isEmpty()) {
            lines.add("nothing has been sampled");
            return;
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%-34s %6s %9s %9s %9s %8s", "PROCESS", "CPU %", "MEMORY", "PEAK", "HEAP", "OF LIMIT"));
        long newest =
                last.values().stream().mapToLong(ResourceSample::timeMs).max().orElse(0);
        for (Map.Entry<String, ResourceSample> entry : last.entrySet()) {
            ResourceSample s = entry.getValue();
            boolean stale = isRunning() && newest - s.timeMs() > STALE_MS;
            lines.add(String.format(
                    Locale.ROOT,
                    "%-34s %6s %9s %9s %9s %8s%s",
                    entry.getKey(),
                    Double.isNaN(s.cpuPercent()) ? "-" : String.format(Locale.ROOT, "%.0f", s.cpuPercent()),
                    size((double) s.rssBytes()),
                    size(peak.getOrDefault(entry.getKey(), -1.0)),
                    size((double) s.heapUsedBytes()),
                    s.memoryLimitBytes() <= 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.0f %%", 100.0 * s.rssBytes() / s.memoryLimitBytes()),
                    stale ? "  gone" : ""));
        }
        machines(last, lines);
    }

    private static void machines(Map<String, ResourceSample> last, List<String> lines) {
        Map<String, ResourceSample> hosts = new LinkedHashMap<>();
        last.values().forEach(s -> hosts.merge(s.host(), s, (a, b) -> a.timeMs() >= b.timeMs() ? a : b));
        hosts.forEach((host, s) -> {
            String limit = s.cgroupLimitBytes() > 0
                    ? ", control group " + size((double) s.cgroupUsedBytes()) + " of "
                            + size((double) s.cgroupLimitBytes()) + ", killed for" + " memory: "
                            + Math.max(0, s.oomKills())
                    : "";
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: load %.2f, unused memory %s of %s%s",
                    host,
                    s.load1(),
                    size((double) s.availableBytes()),
                    size((double) s.totalBytes()),
                    limit));
        });
    }

    private void inWork(List<JournalEvent> events, List<String> lines) throws IOException {
        if (!isRunning()) {
            return;
        }
        Set<String> names = folder.inWork();
        Map<String, JournalEvent> starts = new TreeMap<>();
        for (JournalEvent e : events) {
            if (e.event() == JournalEvent.Type.IMAGE_STARTED && names.contains(String.valueOf(e.image()))) {
                starts.put(String.valueOf(e.image()), e);
            }
        }
        if (!starts.isEmpty()) {
            lines.add("");
        }
        starts.forEach((name, e) -> lines.add("in progress: " + name + " for "
                + duration(secondsBetween(Instant.parse(e.time()), now)) + ", " + e.worker()));
    }

    private void slowest(List<String> lines) {
        summary.images().stream()
                .filter(i -> i.wallSeconds() > 0)
                .max(Comparator.comparingDouble(ImageResult::wallSeconds))
                .ifPresent(i -> {
                    lines.add("");
                    lines.add(String.format(Locale.ROOT, "slowest: %s, %.1f s", i.name(), i.wallSeconds()));
                });
    }

    private void failures(List<String> lines) {
        Map<String, List<String>> causes = new TreeMap<>();
        for (ImageResult image : summary.images()) {
            if (image.failure() != null) {
                String cause =
                        (image.failure().kind() + " in " + image.failure().stage()).toLowerCase(Locale.ROOT);
                causes.computeIfAbsent(cause, k -> new ArrayList<>()).add(image.name());
            }
        }
        causes.forEach((cause, names) ->
                lines.add("failed: " + names.size() + " " + cause + ", the last one " + names.get(names.size() - 1)));
    }

    private static String size(double bytes) {
        if (bytes < 0) {
            return "-";
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.0f MB", bytes / (1 << 20))
                : String.format(Locale.ROOT, "%.2f GB", bytes / (1L << 30));
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 100) {
            return s + " s";
        }
        return s < 6000
                ? Math.round(s / 60.0) + " min"
                : String.format(Locale.ROOT, "%d h %02d min", s / 3600, s / 60 % 60);
    }
}
