package io.spectractor.batch.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The control group whose limit counts for the memory of a process: version 2 of the kernel's interface, or the older one.
 * Nothing is known where there is none; then every number is -1.
 *
 * @param folder of the group, empty for none
 */
record ControlGroup(String folder) {
    private static final ControlGroup NONE = new ControlGroup("");
    /** Version 1 says "no limit" by a number that no machine has. */
    private static final long NO_LIMIT = 1L << 60;

    /** That of this process. */
    static ControlGroup ofThisProcess() {
        try {
            return of(
                    Files.readAllLines(Path.of("/proc/self/cgroup")),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")));
        } catch (IOException | RuntimeException e) {
            return NONE;
        }
    }

    /**
     * That of a process.
     *
     * @param groups lines of its {@code /proc/PID/cgroup}
     * @param mounts lines of {@code /proc/PID/mountinfo}
     */
    static ControlGroup of(List<String> groups, List<String> mounts) {
        for (String line : groups) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                return mounted(mounts, "cgroup", "memory", parts[2])
                        .map(ControlGroup::tightest)
                        .orElse(NONE);
            }
        }
        return groups.stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .flatMap(line -> mounted(mounts, "cgroup2", "", line.substring(3)))
                .map(ControlGroup::tightest)
                .orElse(NONE);
    }

    /** Where a group is mounted, and where its hierarchy begins. */
    private record Place(Path top, Path folder) {}

    private static Optional<Place> mounted(List<String> mounts, String type, String option, String group) {
        for (String line : mounts) {
            String[] halves = line.split(" - ", 2);
            String[] left = halves[0].split(" ", -1);
            String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
            boolean fits = right.length >= 3
                    && left.length >= 5
                    && right[0].equals(type)
                    && (option.isEmpty() || List.of(right[2].split(",")).contains(option));
            if (fits) {
                Path top = Path.of(left[4]);
                String root = left[3];
                String below = root.length() > 1 && group.startsWith(root) ? group.substring(root.length()) : group;
                Path folder = top.resolve(below.replaceFirst("^/+", "")).normalize();
                return Optional.of(new Place(top, folder.startsWith(top) && Files.isDirectory(folder) ? folder : top));
            }
        }
        return Optional.empty();
    }

    /** The group or the one above it with the smallest limit: that is where the kernel counts its victims. */
    private static ControlGroup tightest(Place place) {
        ProcText text = new ProcText();
        ControlGroup tightest = new ControlGroup(place.folder().toString());
        long smallest = Long.MAX_VALUE;
        for (Path at = place.folder(); at != null && at.startsWith(place.top()); at = at.getParent()) {
            ControlGroup group = new ControlGroup(at.toString());
            long limit = group.limitBytes(text);
            if (limit >= 0 && limit < smallest) {
                smallest = limit;
                tightest = group;
            }
        }
        return tightest;
    }

    /** The limit of its memory, -1 for none. */
    long limitBytes(ProcText text) {
        long newer = text.number(folder + "/memory.max");
        long limit = newer >= 0 ? newer : text.number(folder + "/memory.limit_in_bytes");
        return limit >= NO_LIMIT ? -1 : limit;
    }

    /** The memory that it has. */
    long usedBytes(ProcText text) {
        long newer = text.number(folder + "/memory.current");
        return newer >= 0 ? newer : text.number(folder + "/memory.usage_in_bytes");
    }

    /** The most memory that it ever had; -1 where the kernel does not tell. */
    long peakBytes(ProcText text) {
        long newer = text.number(folder + "/memory.peak");
        return newer >= 0 ? newer : text.number(folder + "/memory.max_usage_in_bytes");
    }

    /** How many of its processes the kernel killed for memory. */
    long oomKills(ProcText text) {
        long newer = ProcText.number(text.read(folder + "/memory.events"), "oom_kill ");
        return newer >= 0 ? newer : ProcText.number(text.read(folder + "/memory.oom_control"), "oom_kill ");
    }
}
