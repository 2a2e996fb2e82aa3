package io.spectractor.bench.predict;

import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.model.SchedulerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The model against runs that it has not seen: each run is predicted from the other rounds of its scheduler.
 *
 * @param rows one per run that could be predicted
 */
public record Validation(List<Row> rows) {
    public Validation {
        rows = List.copyOf(rows);
    }

    /**
     * A run.
     *
     * @param measuredSeconds its wall time
     * @param predictedSeconds that of the model, from the other rounds
     * @param pace how much slower the machine was than in the other rounds: the geometric mean, over the images, of their time
     *     in this run over their mean time in the others. On a machine that others use too it is far from 1
     * @param replayedSeconds that of the model, from what this run itself paid for each image: whether the schedule is
     *     right, whatever else the machine was doing
     */
    public record Row(
            String variant,
            boolean cold,
            int round,
            double measuredSeconds,
            double predictedSeconds,
            double pace,
            double replayedSeconds) {
        /** Predicted over measured, minus one. */
        public double error() {
            return predictedSeconds / measuredSeconds - 1;
        }

        /** The error of the model on a machine of that pace: everything takes longer by the same factor. */
        public double errorAtPace() {
            return predictedSeconds * pace / measuredSeconds - 1;
        }

        /** Replayed over measured, minus one. */
        public double replayError() {
            return replayedSeconds / measuredSeconds - 1;
        }
    }

    /** Predicts the plain runs of a report; a scheduler that ran but once is left out. */
    public static Validation of(ComparisonReport report) {
        List<Row> rows = new ArrayList<>();
        for (MeasuredRun run : report.runs()) {
            List<MeasuredRun> others = report.runsOf(run.variant(), run.cold()).stream()
                    .filter(r -> r.round() != run.round())
                    .toList();
            if (!others.isEmpty()) {
                rows.add(new Row(
                        run.variant(),
                        run.cold(),
                        run.round(),
                        run.wallSeconds(),
                        wall(MeasuredInputs.of(others)),
                        pace(run, others),
                        wall(MeasuredInputs.exactly(run))));
            }
        }
        return new Validation(rows);
    }

    private static double wall(MeasuredInputs inputs) {
        return SchedulerModel.run(inputs.scenario(), inputs.policy(), inputs.images(), 1)
                .wallSeconds();
    }

    /** See {@link Row}; 1 if no image is common to them. */
    static double pace(MeasuredRun run, List<MeasuredRun> others) {
        Map<String, Double> before = others.stream()
                .flatMap(r -> r.spans().stream())
                .filter(ImageSpan::good)
                .collect(Collectors.groupingBy(ImageSpan::image, Collectors.averagingDouble(ImageSpan::seconds)));
        double mean = run.spans().stream()
                .filter(s -> s.good() && before.containsKey(s.image()))
                .mapToDouble(s -> Math.log(s.seconds() / before.getOrDefault(s.image(), s.seconds())))
                .average()
                .orElse(0);
        return Math.exp(mean);
    }

    /** The largest error at the machine's pace, without its sign; NaN if nothing was predicted. */
    public double worstAtPace() {
        return rows.stream().mapToDouble(r -> Math.abs(r.errorAtPace())).max().orElse(Double.NaN);
    }

    /** The largest error of a replay, without its sign; NaN if nothing was predicted. */
    public double worstReplay() {
        return rows.stream().mapToDouble(r -> Math.abs(r.replayError())).max().orElse(Double.NaN);
    }

    /** The largest error, without its sign; NaN if nothing was predicted. */
    public double worst() {
        return rows.stream().mapToDouble(r -> Math.abs(r.error())).max().orElse(Double.NaN);
    }
}
