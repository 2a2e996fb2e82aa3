package io.spectractor.bench.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Costs beside a baseline. Times of both are divided by those of the {@link CalibrationKernels} measured in the same run,
 * so that a slower machine is not a regression; allocated bytes are the same on any machine.
 *
 * @param rows one per benchmark of either report, the kernels left out
 */
public record StageComparison(List<Row> rows) {
    private static final String HEAD = """
            | stage | per operation | allocated | time / baseline | bytes / baseline | |
            |---|---:|---:|---:|---:|---|
            """;

    public StageComparison {
        rows = List.copyOf(rows);
    }

    /** How a benchmark stands. */
    public enum Verdict {
        SAME,
        FASTER,
        SLOWER,
        ALLOCATES_MORE,
        NEW,
        NOT_MEASURED
    }

    /**
     * One benchmark.
     *
     * @param name of the benchmark
     * @param nanoseconds per operation now; NaN if not measured
     * @param bytes per operation now; NaN if not measured
     * @param timeRatio (time now / kernel now) / (time then / kernel then); NaN if one is missing
     * @param bytesRatio bytes now / bytes then; NaN if one is missing
     * @param verdict what to make of it
     */
    public record Row(
            String name, double nanoseconds, double bytes, double timeRatio, double bytesRatio, Verdict verdict) {}

    /**
     * Compares.
     *
     * @param tolerance relative change from which a time counts as changed, e.g. 0.25; beyond that it must also exceed
     *     the errors of both measurements
     */
    public static StageComparison of(StageReport now, StageReport baseline, double tolerance) {
        double machine = now.kernelNanoseconds() / baseline.kernelNanoseconds();
        List<Row> rows = new ArrayList<>();
        for (StageCost cost : now.costs()) {
            if (!cost.name().startsWith("CalibrationKernels")) {
                rows.add(row(cost, baseline.cost(cost.name()), machine, tolerance));
            }
        }
        for (StageCost old : baseline.costs()) {
            if (now.cost(old.name()).isEmpty()) {
                rows.add(new Row(old.name(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Verdict.NOT_MEASURED));
            }
        }
        return new StageComparison(rows);
    }

    private static Row row(StageCost cost, Optional<StageCost> baseline, double machine, double tolerance) {
        if (baseline.isEmpty()) {
            return new Row(cost.name(), cost.nanoseconds(), cost.bytes(), Double.NaN, Double.NaN, Verdict.NEW);
        }
        StageCost old = baseline.get();
        double expected = old.nanoseconds() * machine;
        double ratio = cost.nanoseconds() / expected;
        double bytesRatio = cost.bytes() / old.bytes();
        double doubt = zeroIfNone(cost.nanosecondsError()) + zeroIfNone(old.nanosecondsError()) * machine;
        boolean certain = Math.abs(cost.nanoseconds() - expected) > doubt;
        Verdict verdict = Verdict.SAME;
        if (ratio > 1 + tolerance && certain) {
            verdict = Verdict.SLOWER;
        } else if (bytesRatio > 1 + tolerance && cost.bytes() - old.bytes() > 1024) {
            verdict = Verdict.ALLOCATES_MORE;
        } else if (ratio < 1 / (1 + tolerance) && certain) {
            verdict = Verdict.FASTER;
        }
        return new Row(cost.name(), cost.nanoseconds(), cost.bytes(), ratio, bytesRatio, verdict);
    }

    private static double zeroIfNone(double error) {
        return Double.isFinite(error) ? error : 0;
    }

    /** Whether something costs more than it did. */
    public boolean hasRegressions() {
        return rows.stream().anyMatch(r -> r.verdict() == Verdict.SLOWER || r.verdict() == Verdict.ALLOCATES_MORE);
    }

    /** The table as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Row row : rows) {
            text.append("| ")
                    .append(row.name())
                    .append(" | ")
                    .append(Units.time(row.nanoseconds()))
                    .append(" | ")
                    .append(Units.bytes(row.bytes()))
                    .append(" | ")
                    .append(Units.ratio(row.timeRatio()))
                    .append(" | ")
                    .append(Units.ratio(row.bytesRatio()))
                    .append(" | ")
                    .append(word(row.verdict()))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String word(Verdict verdict) {
        String word = verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (verdict) {
            case SAME -> "";
            case SLOWER, ALLOCATES_MORE -> "**" + word + "**";
            default -> word;
        };
    }
}
