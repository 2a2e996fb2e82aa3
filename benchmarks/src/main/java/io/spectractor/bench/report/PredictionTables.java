package io.spectractor.bench.report;

import io.spectractor.batch.report.Numbers;
import io.spectractor.bench.predict.Cori2018;
import io.spectractor.bench.predict.ProjectedMachine;
import io.spectractor.bench.predict.Sensitivity;
import io.spectractor.bench.predict.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of a prediction. */
final class PredictionTables {
    static final String VALIDATION_METHOD =
            "Each run is predicted from the other rounds of its scheduler: their costs per"
                    + " image, their warm-up, their start and end. What the machine did besides shows as an error. Its pace is how much"
                    + " longer the same images took in this run than in the others; at that pace what is left is the model's own"
                    + " error. The replay has the costs that the run itself paid for each image, and tests the schedule alone.";

    private PredictionTables() {}

    static ComparisonTable.Table validation(Validation validation) {
        List<List<String>> rows = new ArrayList<>();
        for (Validation.Row row : validation.rows()) {
            rows.add(List.of(
                    row.variant() + ", " + (row.cold() ? "cold" : "warm") + ", round " + row.round(),
                    Numbers.seconds(row.measuredSeconds()),
                    Numbers.seconds(row.predictedSeconds()),
                    String.format(Locale.ROOT, "%+.1f%%", 100 * row.error()),
                    Numbers.fixed(row.pace(), 2),
                    String.format(Locale.ROOT, "%+.1f%%", 100 * row.errorAtPace()),
                    String.format(Locale.ROOT, "%+.1f%%", 100 * row.replayError())));
        }
        String worst = String.format(
                Locale.ROOT,
                "The model against the measurement: off by at most %.1f%%, at the machine's pace by %.1f%%",
                100 * validation.worst(),
                100 * validation.worstAtPace());
        return new ComparisonTable.Table(
                worst,
                List.of("run", "measured", "predicted", "error", "pace", "error at that pace", "error of the replay"),
                rows);
    }

    static ComparisonTable.Table year2018() {
        Cori2018.Outcome outcome = Cori2018.run(Cori2018.believed());
        double spark = outcome.spark().wallSeconds() / 60;
        double mpi = outcome.mpi().wallSeconds() / 60;
        return new ComparisonTable.Table(
                "2018: 3,363 images on 1,280 cores",
                List.of("", "Spark", "MPI", "ratio"),
                List.of(
                        List.of("reported", "14 min, 284 core-hours", "26 min, 552 core-hours", "1.9"),
                        List.of(
                                "model",
                                Numbers.fixed(spark, 1) + " min, "
                                        + Numbers.fixed(outcome.spark().coreHours(), 0) + " core-hours",
                                Numbers.fixed(mpi, 1) + " min, "
                                        + Numbers.fixed(outcome.mpi().coreHours(), 0) + " core-hours",
                                Numbers.fixed(outcome.ratio(), 2))));
    }

    static ComparisonTable.Table sources() {
        return new ComparisonTable.Table(
                "2018: what is known, what is assumed",
                List.of("number", "value", "", "from"),
                Cori2018.parameters().stream()
                        .map(s -> List.of(s.name(), s.value(), s.assumption() ? "assumed" : "known", s.from()))
                        .toList());
    }

    static ComparisonTable.Table sensitivity2018(List<Sensitivity.Row> rows) {
        return new ComparisonTable.Table(
                "2018: what each assumption is worth",
                List.of("changed", "Spark", "MPI", "MPI / Spark"),
                rows.stream()
                        .map(r -> List.of(
                                r.what(),
                                Numbers.fixed(r.sparkMinutes(), 1) + " min",
                                Numbers.fixed(r.mpiMinutes(), 1) + " min",
                                Numbers.fixed(r.ratio(), 2)))
                        .toList());
    }

    /** What the table of 2018 comes down to. */
    static String lesson2018(List<Sensitivity.Row> rows) {
        double sameStart = rows.stream()
                .filter(r -> r.what().equals(Sensitivity.SAME_START))
                .findFirst()
                .orElseThrow()
                .ratio();
        return String.format(
                Locale.ROOT,
                "In this model the stride alone makes MPI slower by a factor of %.2f: the rank with three slow images"
                        + " decides, while Spark hands the same images to whoever is free. The rest of the factor is"
                        + " the start of 1,280 Python processes from a shared file system, which has nothing to do"
                        + " with MPI as such. If Spark packed three files into a task, as version 2.3 does when it"
                        + " takes no notice of minPartitions (SPARK-22357), both did up to three images in a row and"
                        + " nearly all of the difference is start.",
                sameStart);
    }

    static ComparisonTable.Table scaling(int images, Map<String, List<ProjectedMachine.Point>> curves) {
        List<List<String>> rows = new ArrayList<>();
        curves.forEach((variant, curve) -> curve.forEach(p -> rows.add(List.of(
                variant,
                Integer.toString(p.cores()),
                Numbers.seconds(p.schedule().wallSeconds()),
                Numbers.fixed(p.schedule().coreHours(), 2),
                ComparisonTable.percent(p.schedule().efficiency())))));
        return new ComparisonTable.Table(
                String.format(Locale.ROOT, "Today: %,d images on more and more cores", images),
                List.of("scheduler", "cores", "wall time", "raw core-hours", "at work"),
                rows);
    }

    static ComparisonTable.Table sensitivity(String variant, int cores, Map<String, ProjectedMachine.Point> points) {
        List<List<String>> rows = new ArrayList<>();
        points.forEach((what, p) -> rows.add(List.of(
                what,
                Numbers.seconds(p.schedule().wallSeconds()),
                Numbers.fixed(p.schedule().coreHours(), 2),
                ComparisonTable.percent(p.schedule().efficiency()))));
        return new ComparisonTable.Table(
                "Today: " + variant + " on " + cores + " cores, if",
                List.of("", "wall time", "raw core-hours", "at work"),
                rows);
    }
}
