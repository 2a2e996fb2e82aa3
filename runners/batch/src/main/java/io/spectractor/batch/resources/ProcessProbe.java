package io.spectractor.batch.resources;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks at this process and its machine. Heap and collections are asked of Java, the rest of Linux; elsewhere that rest is
 * unknown. For one thread.
 *
 * <p>Processor time, load and memory are in Java's {@code OperatingSystemMXBean} too. They are read from {@code /proc} all the
 * same: the bean takes a while to be set up, which a short run would pay for, the files that have them are read anyway for
 * resident and available memory, which it has not, and in a container its total memory is that of the container, not that of
 * the machine.
 */
final class ProcessProbe {
    /** Clock ticks in a second of processor time, the same on every Linux that Java runs on. */
    private static final double TICKS = 100;

    private static final long KILO = 1024;
    /** Java's own instruments take a while to be set up: only in runs that last. */
    private static final int INSTRUMENTS_FROM = 10;

    private final ProcText text = new ProcText();
    private final String host;
    private final long pid = ProcessHandle.current().pid();
    private final String role;
    private final Activity activity;
    private final LongSupplier clockMs;
    private final ControlGroup group = ControlGroup.ofThisProcess();
    private List<GarbageCollectorMXBean> collectors = List.of();
    private int samples;
    private long pss = -1;
    private long hostOomKills = -1;
    private double cpuBefore = Double.NaN;
    private long nanosBefore;
    private long timeMs = Long.MIN_VALUE;

    ProcessProbe(String host, String role, Activity activity, LongSupplier clockMs) {
        this.host = host;
        this.role = role;
        this.activity = activity;
        this.clockMs = clockMs;
    }

    /** The control group of this process. */
    ControlGroup group() {
        return group;
    }

    /** Looks at what takes long: proportional memory, for which the kernel walks over all pages. */
    void lookCloser() {
        pss = kilobytes(text.read("/proc/self/smaps_rollup"), "Pss:");
        hostOomKills = ProcText.number(text.read("/proc/vmstat"), "oom_kill ");
    }

    /** Looks at all that is quick. */
    ResourceSample look() {
        if (++samples == INSTRUMENTS_FROM) {
            collectors = ManagementFactory.getGarbageCollectorMXBeans();
        }
        String status = text.read("/proc/self/status");
        String memory = text.read("/proc/meminfo");
        String io = text.read("/proc/self/io");
        Runtime java = Runtime.getRuntime();
        double cpu = cpuSeconds(text.read("/proc/self/stat"));
        long nanos = System.nanoTime();
        double percent = 100 * (cpu - cpuBefore) / ((nanos - nanosBefore) / 1e9);
        cpuBefore = cpu;
        timeMs = time(timeMs, (nanos - nanosBefore) / 1_000_000, clockMs.getAsLong());
        nanosBefore = nanos;
        ResourceSample sample = new ResourceSample(
                timeMs,
                host,
                pid,
                role,
                activity.text(),
                cpu,
                percent,
                kilobytes(status, "VmRSS:"),
                pss,
                java.totalMemory() - java.freeMemory(),
                java.totalMemory(),
                collections(),
                collectionSeconds(),
                ProcText.number(io, "read_bytes: "),
                ProcText.number(io, "write_bytes: "),
                load(text.read("/proc/loadavg")),
                kilobytes(memory, "MemAvailable:"),
                kilobytes(memory, "MemTotal:"),
                group.limitBytes(text),
                group.usedBytes(text),
                group.oomKills(text),
                hostOomKills);
        pss = -1;
        return sample;
    }

    /** The clock's, unless it was set back: the samples of a process keep their order and their distances. */
    private static long time(long beforeMs, long sinceMs, long clockMs) {
        return clockMs >= beforeMs ? clockMs : beforeMs + sinceMs;
    }

    /** Processor time that this thread has taken, ns; 0 where Linux does not tell. */
    long ownCpuNs() {
        String times = text.read("/proc/thread-self/schedstat");
        int blank = times.indexOf(' ');
        return blank < 0 ? 0 : Math.max(0, ProcText.parse(times.substring(0, blank)));
    }

    private long collections() {
        return collectors.isEmpty()
                ? -1
                : collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum();
    }

    private double collectionSeconds() {
        return collectors.isEmpty()
                ? Double.NaN
                : collectors.stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .sum()
                        / 1e3;
    }

    private static long kilobytes(String text, String name) {
        long number = ProcText.number(text, name);
        return number < 0 ? -1 : number * KILO;
    }

    /** User and system time, fields 14 and 15; the command in parentheses before them may hold blanks. */
    private static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 15);
        return fields.length < 14 ? Double.NaN : (ProcText.parse(fields[11]) + ProcText.parse(fields[12])) / TICKS;
    }

    private static double load(String loadavg) {
        try {
            return Double.parseDouble(loadavg.substring(0, Math.max(0, loadavg.indexOf(' '))));
        } catch (NumberFormatException e) {
            return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        }
    }
}
