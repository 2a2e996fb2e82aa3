package io.spectractor.cli.accuracy;

import io.spectractor.core.simulation.NebulaSpectrum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The figures of frames of a nebula as Markdown: all, then by disperser. */
public final class NebulaTable {
    private static final double GOOD_LOW = -3;

    private NebulaTable() {}

    /** The table. */
    public static String of(List<NebulaFrame> frames) {
        List<String> rows = new ArrayList<>();
        rows.add(
                "| frames | spectra of lines | lines found | place within 0.3 nm | or 3 sigma | light within 5 % or 3 sigma"
                        + " | other lines | frames with flux below -3 sigma |");
        rows.add("|---|---|---|---|---|---|---|---|");
        rows.add(row("all", frames));
        frames.stream()
                .collect(Collectors.groupingBy(f -> f.settings().disperser(), TreeMap::new, Collectors.toList()))
                .forEach((disperser, group) -> rows.add(row(disperser, group)));
        return String.join("\n", rows) + "\n";
    }

    private static String row(String name, List<NebulaFrame> group) {
        List<NebulaFrame> done = group.stream().filter(f -> f.failure() == null).toList();
        return String.format(
                Locale.ROOT,
                "| %s | %d of %d | %d of %d | %d | %d | %d | %d | %d |",
                name,
                done.size(),
                group.size(),
                count(done, f -> true),
                group.size() * NebulaSpectrum.LINES.size(),
                count(done, NebulaFrame.Found::isPlaced),
                count(done, NebulaFrame.Found::isPlacedWithinErrors),
                count(done, NebulaFrame.Found::isMeasured),
                done.stream().mapToInt(NebulaFrame::others).sum(),
                done.stream().filter(f -> f.lowest() < GOOD_LOW).count());
    }

    private static long count(List<NebulaFrame> frames, Predicate<NebulaFrame.Found> good) {
        return frames.stream().flatMap(f -> f.lines().stream()).filter(good).count();
    }
}
