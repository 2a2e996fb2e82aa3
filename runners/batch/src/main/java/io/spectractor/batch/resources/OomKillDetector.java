package io.spectractor.batch.resources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Finds out whether a process of a run that is gone was killed by the kernel for want of memory: its last sample tells what
 * it had, and the kernel's count of victims, which is asked here or was sampled by another process there, has grown since.
 */
public final class OomKillDetector {
    private OomKillDetector() {}

    /**
     * What killed a process, for people: "was killed for memory at 98.7 of 100.0 GB while fitting reduc_134.fits".
     *
     * @param runFolder the run's folder
     * @param host where the process was
     * @param pid its number there
     * @return nothing if it did not die of memory, or nobody can tell
     */
    public static Optional<String> of(Path runFolder, String host, long pid) {
        return find(runFolder, last -> last.host().equals(host) && last.pid() == pid, OomKillDetector::verdict);
    }

    /**
     * The same of the process that had a role last.
     *
     * @param runFolder the run's folder
     * @param role such as executor-2
     */
    public static Optional<String> of(Path runFolder, String role) {
        return find(runFolder, last -> last.role().equals(role), OomKillDetector::verdict);
    }

    /**
     * What the process that had a role last was seen doing, for people: "fitting reduc_134.fits, with 1.2 GB of memory".
     *
     * @return nothing if it was not sampled, or had no image in work
     */
    public static Optional<String> lastSeen(Path runFolder, String role) {
        return find(runFolder, last -> last.role().equals(role), (dead, all) -> Optional.of(last(dead)))
                .filter(last -> !last.stage().isEmpty())
                .map(last -> doing(last.stage()) + ", with " + size(last.rssBytes()) + " of memory");
    }

    private static <T> Optional<T> find(
            Path runFolder,
            Predicate<ResourceSample> isIt,
            BiFunction<SampleFile.Content, List<SampleFile.Content>, Optional<T>> judge) {
        try {
            List<SampleFile.Content> files = SampleFile.readAll(runFolder);
            return files.stream()
                    .filter(f -> !f.samples().isEmpty() && isIt.test(last(f)))
                    .max(Comparator.comparingLong(f -> last(f).timeMs()))
                    .flatMap(dead -> judge.apply(dead, files));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static ResourceSample last(SampleFile.Content file) {
        return file.samples().get(file.samples().size() - 1);
    }

    private static Optional<String> verdict(SampleFile.Content dead, List<SampleFile.Content> all) {
        ResourceSample last = last(dead);
        ProcText text = new ProcText();
        boolean here = last.host().equals(text.read("/proc/sys/kernel/hostname").strip());
        ControlGroup group = new ControlGroup(dead.groupFolder());
        long victims = here ? group.oomKills(text) : -1;
        long hostVictims = here ? ProcText.number(text.read("/proc/vmstat"), "oom_kill ") : -1;
        for (SampleFile.Content other : all) {
            ResourceSample seen = other.samples().isEmpty() ? last : last(other);
            if (seen.host().equals(last.host()) && seen.timeMs() > last.timeMs()) {
                hostVictims = Math.max(hostVictims, seen.hostOomKills());
                victims = other.groupFolder().equals(dead.groupFolder()) ? Math.max(victims, seen.oomKills()) : victims;
            }
        }
        if (last.oomKills() >= 0 && victims > last.oomKills()) {
            long peak = here ? group.peakBytes(text) : -1;
            long had = Math.max(Math.max(peak, last.cgroupUsedBytes()), last.rssBytes());
            long limit = here ? group.limitBytes(text) : -1;
            return Optional.of(sentence(had, limit < 0 ? last.cgroupLimitBytes() : limit, last));
        }
        long hadBefore = dead.samples().stream()
                .mapToLong(ResourceSample::hostOomKills)
                .max()
                .orElse(-1);
        if (hadBefore >= 0 && hostVictims > hadBefore && last.cgroupLimitBytes() < 0) {
            return Optional.of(sentence(last.totalBytes() - last.availableBytes(), last.totalBytes(), last));
        }
        return Optional.empty();
    }

    private static String sentence(long had, long limit, ResourceSample last) {
        String stage = last.stage().isEmpty() ? "" : " while " + doing(last.stage());
        return "was killed for memory at " + ofLimit(had, limit) + " (itself " + size(last.rssBytes())
                + " a moment before)" + stage;
    }

    private static String ofLimit(long had, long limit) {
        if (limit <= 0) {
            return size(had);
        }
        String unit = unit(limit);
        return String.format(Locale.ROOT, "%.1f of %.1f %s", had / scale(unit), limit / scale(unit), unit);
    }

    /** {@code extract:a.fits model:b.fits} as words. */
    static String doing(String stage) {
        StringBuilder words = new StringBuilder();
        for (String work : stage.split(" ", -1)) {
            int colon = work.indexOf(':');
            words.append(words.isEmpty() ? "" : ", ").append(verb(work.substring(0, Math.max(0, colon))));
            words.append(' ').append(work.substring(colon + 1));
        }
        return words.toString();
    }

    private static String verb(String stage) {
        return switch (stage) {
            case "read" -> "reading";
            case "locate" -> "finding the target of";
            case "rotate" -> "finding the angle of";
            case "background" -> "subtracting the background of";
            case "extract", "model" -> "fitting";
            case "calibrate" -> "calibrating";
            case "assemble" -> "assembling the product of";
            case "write" -> "writing the product of";
            default -> "working on";
        };
    }

    private static String size(long bytes) {
        String unit = unit(bytes);
        return String.format(Locale.ROOT, "%.1f %s", bytes / scale(unit), unit);
    }

    private static String unit(long bytes) {
        return bytes >= 1L << 30 ? "GB" : "MB";
    }

    private static double scale(String unit) {
        return unit.equals("GB") ? 1L << 30 : 1L << 20;
    }
}
