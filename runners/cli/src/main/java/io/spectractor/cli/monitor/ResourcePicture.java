package io.spectractor.cli.monitor;

import io.spectractor.batch.resources.ResourceSample;
import io.spectractor.plot.ResourcePlot;
import io.spectractor.plot.ResourcePlot.Line;
import io.spectractor.plot.ResourcePlot.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The four panels of what a run took, from its samples. */
public final class ResourcePicture {
    /** Processes with lines of their own at most: those that took most. */
    private static final int LINES = 12;
    /** Between two samples further apart nothing is known of what was in progress, ms. */
    private static final double GAP_MS = 30_000;

    private ResourcePicture() {}

    /**
     * A PNG.
     *
     * @param title above all
     * @param samples in the order of their times, at least one
     * @param window what is shown
     * @throws IOException if it can't be encoded
     */
    public static byte[] png(String title, List<ResourceSample> samples, TimeWindow window) throws IOException {
        Map<String, List<ResourceSample>> processes = by(samples, ResourceSample::process);
        List<String> largest = largest(processes);
        Map<String, List<ResourceSample>> hosts = by(samples, ResourceSample::host);
        List<Line> load = lines(hosts, ResourceSample::load1);
        List<Line> unused = lines(hosts, ResourcePicture::unused);
        List<Line> cpu = new ArrayList<>();
        List<Line> memory = new ArrayList<>();
        for (String name : largest) {
            cpu.add(line(name, processes.getOrDefault(name, List.of()), ResourceSample::cpuPercent));
            memory.add(line(name, processes.getOrDefault(name, List.of()), s -> known(s.rssBytes())));
        }
        TreeSet<Double> limits = new TreeSet<>();
        samples.stream()
                .filter(s -> s.cgroupLimitBytes() > 0 && s.memoryLimitBytes() == s.cgroupLimitBytes())
                .forEach(s -> limits.add((double) s.cgroupLimitBytes()));
        return ResourcePlot.png(new ResourcePlot.Data(
                title,
                load,
                cpu,
                unused,
                memory,
                List.copyOf(limits),
                stages(largest, processes),
                window.fromMs(),
                window.toMs()));
    }

    private static double known(long bytes) {
        return bytes < 0 ? Double.NaN : bytes;
    }

    /** What the machine has left, or the control group if that is less. */
    private static double unused(ResourceSample s) {
        double machine = known(s.availableBytes());
        if (s.cgroupLimitBytes() < 0 || s.cgroupUsedBytes() < 0) {
            return machine;
        }
        double group = Math.max(0, s.cgroupLimitBytes() - s.cgroupUsedBytes());
        return Double.isNaN(machine) ? group : Math.min(machine, group);
    }

    private static Map<String, List<ResourceSample>> by(
            List<ResourceSample> samples, Function<ResourceSample, String> key) {
        Map<String, List<ResourceSample>> groups = new LinkedHashMap<>();
        samples.forEach(s ->
                groups.computeIfAbsent(key.apply(s), k -> new ArrayList<>()).add(s));
        return groups;
    }

    private static List<String> largest(Map<String, List<ResourceSample>> processes) {
        Comparator<Map.Entry<String, List<ResourceSample>>> byWork =
                Comparator.comparingDouble(e -> -e.getValue().stream()
                        .mapToDouble(s -> Double.isNaN(s.cpuPercent()) ? 0 : s.cpuPercent())
                        .sum());
        return processes.entrySet().stream()
                .sorted(byWork)
                .limit(LINES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Line> lines(Map<String, List<ResourceSample>> groups, ToDoubleFunction<ResourceSample> value) {
        return groups.entrySet().stream()
                .map(e -> line(e.getKey(), e.getValue(), value))
                .toList();
    }

    private static Line line(String name, List<ResourceSample> samples, ToDoubleFunction<ResourceSample> value) {
        return new Line(
                name,
                samples.stream().mapToDouble(ResourceSample::timeMs).toArray(),
                samples.stream().mapToDouble(value).toArray());
    }

    /** The stage at a sample is taken for the time since the one before; of several images the first counts. */
    private static List<Stretch> stages(List<String> names, Map<String, List<ResourceSample>> processes) {
        List<Stretch> stretches = new ArrayList<>();
        int row = 0;
        for (String name : names) {
            List<ResourceSample> samples = processes.getOrDefault(name, List.of());
            boolean tagged = samples.stream().anyMatch(s -> !s.stage().isEmpty());
            for (int i = 1; tagged && i < samples.size(); i++) {
                ResourceSample s = samples.get(i);
                double before = samples.get(i - 1).timeMs();
                if (!s.stage().isEmpty() && s.timeMs() - before < GAP_MS) {
                    stretches.add(new Stretch(row, s.stage().replaceFirst(":.*", ""), before, s.timeMs()));
                }
            }
            row += tagged ? 1 : 0;
        }
        return stretches;
    }
}
