package io.spectractor.cli.accuracy;

import io.spectractor.core.fit.RobustStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The figures of a campaign as Markdown: all frames, then by disperser, by seeing and by light. */
public final class AccuracyTable {
    /** A wavelength scale is called good up to this, nm. */
    private static final double GOOD_SHIFT_NM = 0.3;

    private static final double GOOD_PULL = 3;
    private static final int MIN_FOR_WIDTH = 5;
    private static final int PARTS = 3;

    private AccuracyTable() {}

    /** The tables. */
    public static String of(List<FrameResult> frames) {
        List<String> lines = new ArrayList<>();
        lines.add("| frames | spectra | rms / mean truth, median | rms, 95th percentile | wavelength shift below 0.3 nm"
                + " | shift, 95th percentile | pull width, all columns | pull width of a frame, 16 to 84 %"
                + " | pull with tails | distance within 3 sigma | off by 1 nm, no caveat | reference replaced"
                + " | PWV within 3 sigma | ozone | VAOD |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        lines.add(row("all", frames));
        lines.addAll(groups(frames, f -> "reference " + f.reference().name().toLowerCase(Locale.ROOT)));
        lines.addAll(groups(
                frames, f -> f.settings().target() + ", " + f.reference().name().toLowerCase(Locale.ROOT)));
        lines.addAll(groups(
                frames,
                f -> "filter "
                        + (f.settings().filter() == null ? "none" : f.settings().filter())));
        lines.addAll(groups(frames, f -> "files " + f.files()));
        lines.addAll(groups(frames, f -> f.settings().disperser()));
        lines.addAll(parts(
                frames,
                "seen %.1f to %.1f arcsec",
                f -> f.settings().conditions().seeingAtAirmassArcsec()));
        lines.addAll(parts(frames, "light %.2f to %.2f", f -> f.settings().fluxScale()));
        return String.join("\n", lines) + "\n";
    }

    /** A row for each value of a key; none if there is only one. */
    private static List<String> groups(List<FrameResult> frames, Function<FrameResult, String> key) {
        Map<String, List<FrameResult>> groups =
                frames.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        return groups.size() < 2
                ? List.of()
                : groups.entrySet().stream()
                        .map(g -> row(g.getKey(), g.getValue()))
                        .toList();
    }

    private static List<String> parts(List<FrameResult> frames, String name, ToDoubleFunction<FrameResult> key) {
        List<FrameResult> sorted = frames.stream()
                .sorted((a, b) -> Double.compare(key.applyAsDouble(a), key.applyAsDouble(b)))
                .toList();
        List<String> rows = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            List<FrameResult> group = sorted.subList(part * sorted.size() / PARTS, (part + 1) * sorted.size() / PARTS);
            if (!group.isEmpty()) {
                rows.add(row(
                        String.format(
                                Locale.ROOT,
                                name,
                                key.applyAsDouble(group.get(0)),
                                key.applyAsDouble(group.get(group.size() - 1))),
                        group));
            }
        }
        return rows;
    }

    private static String row(String name, List<FrameResult> group) {
        double[] rms = of(group, c -> c.spectrum().relativeRms());
        double[] shift = of(group, c -> Math.abs(c.spectrum().shiftNm()));
        double[] width = of(group, c -> c.spectrum().pullWidth());
        double[] pulls =
                group.stream().flatMapToDouble(f -> Arrays.stream(f.pulls())).toArray();
        if (rms.length == 0) {
            return "| " + name + " | 0 of " + group.size() + " |  |  |  |  |  |  |  |  |  |  |  |  |  |";
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d of %d | %.2f %% | %.2f %% | %.0f %% | %.2f nm | %.2f | %.2f to %.2f | %.2f | %d of %d | %d | %d"
                        + " | %s | %s | %s |",
                name,
                rms.length,
                group.size(),
                100 * RobustStatistics.median(rms),
                100 * RobustStatistics.quantile(rms, 0.95),
                100.0 * Arrays.stream(shift).filter(s -> s < GOOD_SHIFT_NM).count() / shift.length,
                RobustStatistics.quantile(shift, 0.95),
                RobustStatistics.madSigma(pulls),
                RobustStatistics.quantile(width, 0.16),
                RobustStatistics.quantile(width, 0.84),
                FrameResult.rmsPull(pulls),
                group.stream()
                        .filter(f -> Math.abs(f.distancePull()) < GOOD_PULL)
                        .count(),
                rms.length,
                group.stream().filter(FrameResult::lostWithoutCaveat).count(),
                group.stream().filter(FrameResult::replaced).count(),
                recovered(group, 0),
                recovered(group, 1),
                recovered(group, 2));
    }

    private static double[] of(
            List<FrameResult> group, ToDoubleFunction<io.spectractor.cli.demo.TruthComparison> figure) {
        return group.stream()
                .map(FrameResult::comparison)
                .filter(Objects::nonNull)
                .mapToDouble(figure)
                .toArray();
    }

    /** Share of the fits within 3 sigma of the truth, and the width of their pulls. */
    private static String recovered(List<FrameResult> group, int parameter) {
        Function<FrameResult, DoubleStream> pull = f -> f.atmosphere().size() > parameter
                ? DoubleStream.of(f.atmosphere().get(parameter).pull())
                : DoubleStream.empty();
        double[] pulls = group.stream()
                .flatMapToDouble(pull)
                .filter(p -> !Double.isNaN(p))
                .toArray();
        long good = IntStream.range(0, pulls.length)
                .filter(i -> Math.abs(pulls[i]) < GOOD_PULL)
                .count();
        if (pulls.length == 0) {
            return "";
        }
        String recovered = String.format(Locale.ROOT, "%d of %d", good, pulls.length);
        // a width needs some pulls: that of two or three is chance
        return pulls.length < MIN_FOR_WIDTH
                ? recovered
                : recovered + String.format(Locale.ROOT, ", width %.2f", RobustStatistics.madSigma(pulls));
    }
}
