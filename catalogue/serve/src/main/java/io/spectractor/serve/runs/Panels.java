package io.spectractor.serve.runs;

import io.spectractor.batch.resources.ResourceLog;
import io.spectractor.batch.resources.ResourceSample;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.serve.page.SvgPlot;
import io.spectractor.serve.page.SvgPlot.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a run takes of its machines: the four panels of {@code monitor}, from the samples as they are now. */
final class Panels {
    private static final double GIGA = 1L << 30;
    /** Points of a line at most: more don't show. */
    private static final int POINTS = 600;
    /** Lines of a panel at most. */
    private static final int LINES = 12;

    private Panels() {}

    static String of(RunFolder folder) throws IOException {
        List<ResourceSample> samples = ResourceLog.read(folder.path());
        if (samples.size() < 2) {
            return "<p class=\"note\">Nothing has been sampled yet.</p>\n";
        }
        return "<div class=\"panels\">"
                + panel("Load of the system", "load", samples, ResourceSample::host, ResourceSample::load1)
                + panel("CPU of a process", "%", samples, ResourceSample::process, ResourceSample::cpuPercent)
                + panel("Unused memory", "GB", samples, ResourceSample::host, s -> giga(s.availableBytes()))
                + panel("Memory per process", "GB", samples, ResourceSample::process, s -> giga(s.rssBytes()))
                + "</div>\n";
    }

    private static double giga(long bytes) {
        return bytes < 0 ? Double.NaN : bytes / GIGA;
    }

    private static String panel(
            String title,
            String unit,
            List<ResourceSample> samples,
            Function<ResourceSample, String> name,
            ToDoubleFunction<ResourceSample> value) {
        long begin = samples.get(0).timeMs();
        Map<String, List<ResourceSample>> lines = new LinkedHashMap<>();
        for (ResourceSample sample : samples) {
            List<ResourceSample> line = lines.get(name.apply(sample));
            if (line == null && lines.size() < LINES) {
                line = new ArrayList<>();
                lines.put(name.apply(sample), line);
            }
            if (line != null) {
                line.add(sample);
            }
        }
        SvgPlot plot = new SvgPlot("minutes since the first sample", unit, false)
                .narrow()
                .withHeight(200);
        lines.forEach((label, all) -> {
            List<ResourceSample> line = thinned(all);
            plot.add(Series.line(
                    label,
                    line.stream().mapToDouble(s -> (s.timeMs() - begin) / 6e4).toArray(),
                    line.stream().mapToDouble(value).toArray()));
        });
        return "<figure><figcaption>" + title + "</figcaption>" + plot.draw() + "</figure>\n";
    }

    private static List<ResourceSample> thinned(List<ResourceSample> all) {
        int step = 1 + all.size() / POINTS;
        List<ResourceSample> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }
}
