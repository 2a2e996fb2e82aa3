package io.spectractor.bench.predict;

import io.spectractor.bench.compare.ComparisonReport;
import io.spectractor.bench.compare.MeasuredRun;
import io.spectractor.bench.model.Delivery;
import io.spectractor.bench.model.ImageWork;
import io.spectractor.bench.model.Policy;
import io.spectractor.bench.model.Scenario;
import io.spectractor.bench.model.Schedule;
import io.spectractor.bench.model.SchedulerModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A campaign on a machine that is not here: images as measured, the machine as assumed. */
public final class ProjectedMachine {
    /** What the original had to bring to its workers: spark-lsst, Spectractor/README.md. */
    private static final double CALIBRATION_BYTES = 50e6;

    private final Map<String, MeasuredInputs> measured = new LinkedHashMap<>();
    private final int images;
    private final long seed;

    /**
     * What is assumed of the machine.
     *
     * @param coresPerNode of it
     * @param fileSystemGbPerSecond of all nodes together
     * @param streamGbPerSecond of one core
     * @param imageBytes of an image
     * @param loadSecondsPerWorker of the shared file system for each worker that loads the program
     * @param mpiHandOutSeconds that rank 0 is busy with one image
     * @param sparkHandOutSeconds that Spark's driver is busy with one task
     * @param slowShare share of the cores that are slow
     * @param slowFactor by how much
     * @param computeFactor on the measured seconds of an image: another processor, full nodes
     */
    public record Assumptions(
            int coresPerNode,
            double fileSystemGbPerSecond,
            double streamGbPerSecond,
            double imageBytes,
            double loadSecondsPerWorker,
            double mpiHandOutSeconds,
            double sparkHandOutSeconds,
            double slowShare,
            double slowFactor,
            double computeFactor) {
        /** A machine such as Cori was: nodes of 32 cores, Lustre, images of the campaign's size. */
        public static Assumptions usual() {
            return new Assumptions(32, 10, 0.3, 31.5e6, 0.003, 0.001, 0.005, 0.01, 2, 1);
        }
    }

    /** A point of the curve. */
    public record Point(String policy, int cores, Schedule schedule) {}

    /**
     * A campaign.
     *
     * @param report whose warm runs tell what images and schedulers cost; cold ones where there are no others
     * @param images of the campaign
     * @param seed of its images and of the slow cores
     */
    public ProjectedMachine(ComparisonReport report, int images, long seed) {
        for (String variant : report.variants()) {
            List<MeasuredRun> warm = report.runsOf(variant, false);
            measured.put(variant, MeasuredInputs.of(warm.isEmpty() ? report.runsOf(variant, true) : warm));
        }
        this.images = images;
        this.seed = seed;
    }

    /** The schedulers that were measured and make sense on many nodes; the local one if there are no others. */
    public List<String> variants() {
        List<String> many =
                measured.keySet().stream().filter(v -> !v.equals("local")).toList();
        return many.isEmpty() ? List.copyOf(measured.keySet()) : many;
    }

    /** One run, the calibration data inside the program. */
    public Point run(String variant, int cores, Assumptions a) {
        return run(variant, cores, a, Delivery.none());
    }

    private Point run(String variant, int cores, Assumptions a, Delivery delivery) {
        MeasuredInputs inputs = measured.get(variant);
        if (inputs == null) {
            throw new IllegalArgumentException(variant + " was not measured");
        }
        Scenario.Overhead here = inputs.scenario().overhead();
        Scenario scenario = inputs.scenario()
                .withWorkers(cores)
                .withWorkersPerNode(a.coresPerNode())
                .with(new Scenario.FileSystem(1e9 * a.fileSystemGbPerSecond(), 1e9 * a.streamGbPerSecond()))
                .with(new Scenario.Overhead(
                        here.startSeconds(), a.loadSecondsPerWorker(), here.planSeconds(), here.shutdownSeconds()))
                .with(new Delivery(
                        delivery.way(),
                        delivery.bytes(),
                        inputs.scenario().delivery().openSeconds(),
                        delivery.bytesPerSecond()))
                .with(new Scenario.Unevenness(a.slowShare(), a.slowFactor(), 0));
        Policy policy = policy(inputs.policy(), a);
        return new Point(variant, cores, SchedulerModel.run(scenario, policy, campaign(inputs, a), seed));
    }

    private static Policy policy(Policy measured, Assumptions a) {
        if (measured instanceof Policy.Dynamic dynamic) {
            return new Policy.Dynamic(a.mpiHandOutSeconds(), dynamic.latencySeconds());
        }
        if (measured instanceof Policy.Spark spark) {
            return new Policy.Spark(1, a.sparkHandOutSeconds(), spark.latencySeconds(), true, 0.9, 3);
        }
        return measured;
    }

    /** Images drawn from the measured ones, with the bytes of the campaign's. */
    private List<ImageWork> campaign(MeasuredInputs inputs, Assumptions a) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ImageWork> drawn = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            ImageWork one =
                    inputs.images().get(random.nextInt(inputs.images().size())).slower(a.computeFactor());
            drawn.add(new ImageWork(
                    "image " + (i + 1),
                    a.imageBytes(),
                    one.decodeSeconds(),
                    0,
                    one.computeSeconds(),
                    one.writeSeconds(),
                    one.writeBytes()));
        }
        return drawn;
    }

    /** A scheduler over machines from 1 core to twice as many as asked, doubled each time. */
    public List<Point> curve(String variant, int cores, Assumptions a) {
        List<Point> points = new ArrayList<>();
        for (int n = 1; n < cores; n *= 2) {
            points.add(run(variant, n, a));
        }
        points.add(run(variant, cores, a));
        points.add(run(variant, 2 * cores, a));
        return points;
    }

    /** The largest machine of a curve of whose core-hours at least half are work. */
    public static int halfEfficient(List<Point> curve) {
        return curve.stream()
                .filter(p -> p.schedule().efficiency() >= 0.5)
                .mapToInt(Point::cores)
                .max()
                .orElse(0);
    }

    /** The assumptions, each changed by itself, and what a run then takes. */
    public Map<String, Point> sensitivity(String variant, int cores) {
        Assumptions a = Assumptions.usual();
        Map<String, Assumptions> changes = new LinkedHashMap<>();
        changes.put("as assumed", a);
        changes.put("images take twice as long", with(a, 10, 0.003, 1, 2));
        changes.put("file system 2 GB/s", with(a, 2, 0.003, 1, 1));
        changes.put("file system 50 GB/s", with(a, 50, 0.003, 1, 1));
        changes.put("loading the program takes 10 times as long", with(a, 10, 0.03, 1, 1));
        changes.put("handing out takes 10 times as long", with(a, 10, 0.003, 10, 1));
        changes.put("no slow cores", new Assumptions(32, 10, 0.3, a.imageBytes(), 0.003, 0.001, 0.005, 0, 1, 1));
        changes.put(
                "5% of the cores slower by 5",
                new Assumptions(32, 10, 0.3, a.imageBytes(), 0.003, 0.001, 0.005, 0.05, 5, 1));
        Map<String, Point> points = new LinkedHashMap<>();
        changes.forEach((what, changed) -> points.put(what, run(variant, cores, changed)));
        deliveries().forEach((what, delivery) -> points.put(what, run(variant, cores, a, delivery)));
        return points;
    }

    /** Calibration data as large as the original's, by the other ways. */
    private static Map<String, Delivery> deliveries() {
        Map<String, Delivery> ways = new LinkedHashMap<>();
        ways.put(
                "50 MB of calibration data, broadcast at 1 GB/s",
                new Delivery(Delivery.Way.BROADCAST, CALIBRATION_BYTES, 0, 1e9));
        ways.put(
                "the same, each worker from the file system",
                new Delivery(Delivery.Way.LOCAL, CALIBRATION_BYTES, 0, 1e9));
        ways.put(
                "the same, each node from one web server of 0.1 GB/s",
                new Delivery(Delivery.Way.REMOTE, CALIBRATION_BYTES, 0, 1e8));
        return ways;
    }

    private static Assumptions with(Assumptions a, double fileSystem, double load, double handOut, double compute) {
        return new Assumptions(
                a.coresPerNode(),
                fileSystem,
                a.streamGbPerSecond(),
                a.imageBytes(),
                load,
                a.mpiHandOutSeconds() * handOut,
                a.sparkHandOutSeconds() * handOut,
                a.slowShare(),
                a.slowFactor(),
                compute);
    }
}
