package io.spectractor.bench.predict;

import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.compare.Overheads;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import io.spectractor.bench.model.Delivery;
import io.spectractor.bench.model.ImageWork;
import io.spectractor.bench.model.Policy;
import io.spectractor.bench.model.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The model's inputs, taken from runs of one scheduler.
 *
 * @param scenario the machine as these runs saw it: their mean overheads, their warm-up
 * @param policy how that scheduler hands out
 * @param images what each image cost once its worker was warm, in the order of their names; those that were only ever
 *     met by a cold worker count without the mean warm-up
 */
public record MeasuredInputs(Scenario scenario, Policy policy, List<ImageWork> images) {
    /** Images of a worker after which its virtual machine counts as warm. */
    static final int WARM_AFTER = 8;

    public MeasuredInputs {
        images = List.copyOf(images);
    }

    /**
     * From runs of one scheduler.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static MeasuredInputs of(List<MeasuredRun> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("no runs to take the inputs from");
        }
        List<Double> warmUp = warmUp(runs);
        int workers = runs.get(0).workers();
        Scenario scenario = Scenario.ideal(workers)
                .with(new Scenario.Overhead(
                        mean(runs, o -> o.start() + o.workerStart()),
                        0,
                        mean(runs, Overheads::plan),
                        mean(runs, Overheads::shutdown)))
                .with(new Delivery(
                        Delivery.Way.EMBEDDED,
                        0,
                        mean(runs, o -> o.calibration() + o.workerCalibration()),
                        Double.POSITIVE_INFINITY))
                .withWarmUp(warmUp);
        return new MeasuredInputs(scenario, policy(runs), images(runs, warmUp));
    }

    /**
     * The inputs that one run itself had: its images as it met them, warm-up and all, in the order in which they were
     * begun (under a stride in the order of their names, which is that of the plan).
     */
    static MeasuredInputs exactly(MeasuredRun run) {
        MeasuredInputs inputs = of(List.of(run));
        Map<String, Double> begun = new HashMap<>();
        run.spans().stream().filter(ImageSpan::good).forEach(s -> begun.put(s.image(), s.start()));
        Comparator<ImageWork> order = inputs.policy() instanceof Policy.StaticStride
                ? Comparator.comparing(ImageWork::name)
                : Comparator.comparingDouble(i -> begun.getOrDefault(i.name(), 0.0));
        List<ImageWork> images =
                run.images().stream().map(i -> meanOf(List.of(i))).sorted(order).toList();
        return new MeasuredInputs(inputs.scenario().withWarmUp(List.of()), inputs.policy(), images);
    }

    private static double mean(List<MeasuredRun> runs, ToDoubleFunction<Overheads> part) {
        return runs.stream()
                .mapToDouble(r -> part.applyAsDouble(r.overheads()))
                .average()
                .orElse(0);
    }

    /** How a scheduler hands out images; what a worker waited between two of them is the latency. */
    private static Policy policy(List<MeasuredRun> runs) {
        double waited =
                runs.stream().mapToDouble(r -> r.breakdown().of(Phase.WAIT)).sum();
        double latency = waited / runs.stream().mapToInt(r -> r.spans().size()).sum();
        return switch (runs.get(0).variant()) {
            case "mpi-static" -> new Policy.StaticStride();
            case "spark" -> new Policy.Spark(1, 0, latency, false, 0.75, 1.5);
            default -> new Policy.Dynamic(0, latency);
        };
    }

    private static Map<Integer, List<ImageSpan>> byLane(MeasuredRun run) {
        Map<Integer, List<ImageSpan>> byLane = new HashMap<>();
        run.spans().stream()
                .sorted(Comparator.comparingDouble(ImageSpan::start))
                .forEach(s ->
                        byLane.computeIfAbsent(s.lane(), l -> new ArrayList<>()).add(s));
        return byLane;
    }

    /** Mean of the k-th image of a worker beyond the median of those after the warm-up. */
    private static List<Double> warmUp(List<MeasuredRun> runs) {
        List<List<Double>> first = new ArrayList<>();
        for (int k = 0; k < WARM_AFTER; k++) {
            first.add(new ArrayList<>());
        }
        List<Double> later = new ArrayList<>();
        for (MeasuredRun run : runs) {
            byLane(run).values().forEach(lane -> {
                for (int k = 0; k < lane.size(); k++) {
                    (k < WARM_AFTER ? first.get(k) : later).add(lane.get(k).seconds());
                }
            });
        }
        double warm = median(later);
        return first.stream()
                .map(all -> Double.isNaN(warm) || all.isEmpty()
                        ? 0.0
                        : Math.max(0, all.stream().mapToDouble(d -> d).average().orElse(warm) - warm))
                .toList();
    }

    private static List<ImageWork> images(List<MeasuredRun> runs, List<Double> warmUp) {
        Map<String, List<ImageWork>> warm = new HashMap<>();
        Map<String, List<ImageWork>> cold = new HashMap<>();
        double meanWarmUp = warmUp.stream().mapToDouble(d -> d).average().orElse(0);
        for (MeasuredRun run : runs) {
            Set<String> early = new HashSet<>();
            byLane(run)
                    .values()
                    .forEach(lane ->
                            lane.subList(0, Math.min(WARM_AFTER, lane.size())).forEach(s -> early.add(s.image())));
            for (ImageWork image : run.images()) {
                (early.contains(image.name()) ? cold : warm)
                        .computeIfAbsent(image.name(), n -> new ArrayList<>())
                        .add(image);
            }
        }
        Set<String> names = new HashSet<>(warm.keySet());
        names.addAll(cold.keySet());
        return names.stream()
                .sorted()
                .map(name -> warm.containsKey(name)
                        ? meanOf(warm.get(name))
                        : withoutWarmUp(meanOf(cold.get(name)), meanWarmUp))
                .toList();
    }

    private static ImageWork withoutWarmUp(ImageWork image, double warmUp) {
        return image.longer(-Math.min(warmUp, image.computeSeconds()));
    }

    /** File system and disk are in the measured seconds already: no bytes go through the model's link. */
    private static ImageWork meanOf(List<ImageWork> all) {
        return new ImageWork(
                all.get(0).name(),
                0,
                all.stream().mapToDouble(ImageWork::decodeSeconds).average().orElse(0),
                0,
                all.stream().mapToDouble(ImageWork::computeSeconds).average().orElse(0),
                all.stream().mapToDouble(ImageWork::writeSeconds).average().orElse(0),
                0);
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }
}
