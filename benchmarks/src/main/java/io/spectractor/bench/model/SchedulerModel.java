package io.spectractor.bench.model;

import io.spectractor.bench.cost.Breakdown;
import io.spectractor.bench.cost.ImageSpan;
import io.spectractor.bench.cost.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A run on a machine that exists only in numbers: workers take images as the policy hands them out, share the file system
 * with all others, wait for the outside service, compute, write. One instance per run, for one thread.
 */
public final class SchedulerModel {
    private final Scenario scenario;
    private final Policy policy;
    private final List<ImageWork> images;
    private final EventQueue time = new EventQueue();
    private final SharedLink files;
    private final ServiceQueue service;
    private final ServiceQueue coordinator;
    private final TaskQueue tasks;
    private final @Nullable Speculation speculation;
    private final double[] slowness;
    private final int[] begun;
    private final double[] launchedAt;
    private final double[] readyAt;
    private final double[] idleSince;
    private final double[] waited;
    private final List<TaskAttempt> running = new ArrayList<>();
    private final List<ImageSpan> spans = new ArrayList<>();
    private final Breakdown.Sum sum = new Breakdown.Sum();
    private int tasksLeft;
    private int copies;
    private double lastEnd;

    private SchedulerModel(Scenario scenario, Policy policy, List<ImageWork> images, RandomGenerator random) {
        this.scenario = scenario;
        this.policy = policy;
        this.images = spread(images, scenario.unevenness().spread(), random);
        Scenario.FileSystem fs = scenario.files();
        this.files = new SharedLink(time, fs.bytesPerSecond(), fs.streamBytesPerSecond());
        this.service = new ServiceQueue(
                time, 1, scenario.service().seconds(), scenario.service().latencySeconds());
        this.coordinator = coordinator();
        this.tasks = new TaskQueue(policy, images.size(), scenario.workers());
        this.tasksLeft = tasks.tasks();
        this.speculation = policy instanceof Policy.Spark spark ? new Speculation(spark, tasksLeft) : null;
        this.slowness = new double[scenario.workers()];
        for (int w = 0; w < slowness.length; w++) {
            boolean slow = random.nextDouble() < scenario.unevenness().slowShare();
            slowness[w] = slow ? scenario.unevenness().slowFactor() : 1;
        }
        this.begun = new int[scenario.workers()];
        this.launchedAt = new double[scenario.workers()];
        this.readyAt = new double[scenario.workers()];
        this.idleSince = new double[scenario.workers()];
        this.waited = new double[scenario.workers()];
    }

    /**
     * Runs the model.
     *
     * @param images in the order of the plan
     * @param seed of which workers are slow and which images are disturbed
     */
    public static Schedule run(Scenario scenario, Policy policy, List<ImageWork> images, long seed) {
        return new SchedulerModel(scenario, policy, images, new SplittableRandom(seed)).run();
    }

    private static List<ImageWork> spread(List<ImageWork> images, double sigma, RandomGenerator random) {
        if (sigma == 0) {
            return List.copyOf(images);
        }
        return images.stream()
                .map(i -> {
                    double factor = Math.exp(sigma * random.nextGaussian() - 0.5 * sigma * sigma);
                    return i.longer(i.computeSeconds() * (factor - 1));
                })
                .toList();
    }

    private ServiceQueue coordinator() {
        if (policy instanceof Policy.Dynamic dynamic) {
            return new ServiceQueue(time, 1, dynamic.handOutSeconds(), dynamic.latencySeconds());
        }
        if (policy instanceof Policy.Spark spark) {
            return new ServiceQueue(time, 1, spark.handOutSeconds(), spark.latencySeconds());
        }
        return new ServiceQueue(time, 1, 0, 0);
    }

    private Schedule run() {
        Scenario.Overhead overhead = scenario.overhead();
        double launched =
                overhead.startSeconds() + overhead.planSeconds() + scenario.workers() * overhead.perWorkerSeconds();
        DeliveryModel delivery = new DeliveryModel(time, files, scenario);
        for (int w = 0; w < scenario.workers(); w++) {
            int worker = w;
            launchedAt[w] = launched;
            time.after(launched, () -> delivery.deliver(worker, () -> ready(worker)));
        }
        time.run();
        double wall = lastEnd + overhead.shutdownSeconds();
        for (int w = 0; w < scenario.workers(); w++) {
            settle(w, overhead);
        }
        double work = images.stream().mapToDouble(ImageWork::coreSeconds).sum();
        return new Schedule(scenario.workers(), wall, sum.breakdown(), spans, copies, work);
    }

    private void ready(int worker) {
        readyAt[worker] = time.now();
        idleSince[worker] = time.now();
        request(worker);
    }

    /** The time of a worker besides its images, once all is over; one that came too late was starting all the while. */
    private void settle(int worker, Scenario.Overhead overhead) {
        double launched = Math.min(launchedAt[worker], lastEnd);
        double plan = Math.min(overhead.planSeconds(), launched);
        double ready = Math.min(readyAt[worker], lastEnd);
        sum.add(Phase.START, launched - plan);
        sum.add(Phase.PLAN, plan);
        sum.add(Phase.CALIBRATION, ready - launched);
        sum.add(Phase.WAIT, waited[worker]);
        sum.add(Phase.TAIL, Math.max(0, lastEnd - idleSince[worker]));
        sum.add(Phase.SHUTDOWN, overhead.shutdownSeconds());
    }

    private void request(int worker) {
        if (policy instanceof Policy.StaticStride) {
            handOut(worker);
        } else {
            coordinator.ask(() -> handOut(worker));
        }
    }

    private void handOut(int worker) {
        List<Integer> task = tasks.next(worker);
        if (task != null) {
            begin(worker, task, null);
        } else if (speculation != null && tasksLeft > 0) {
            lookForCopy(worker);
        }
    }

    private void lookForCopy(int worker) {
        if (speculation == null || tasksLeft == 0) {
            return;
        }
        Optional<TaskAttempt> slow = speculation.overdue(running, time.now());
        if (slow.isPresent()) {
            copies++;
            begin(worker, slow.get().images(), slow.get());
        } else if (((Policy.Spark) policy).speculation()) {
            time.after(Speculation.INTERVAL_SECONDS, () -> lookForCopy(worker));
        }
    }

    private void begin(int worker, List<Integer> task, @Nullable TaskAttempt original) {
        waited[worker] += time.now() - idleSince[worker];
        TaskAttempt attempt = new TaskAttempt(worker, task, time.now());
        if (original != null) {
            original.setTwin(attempt);
            attempt.setTwin(original);
        }
        running.add(attempt);
        image(attempt, 0);
    }

    /** Works on an image of a task, then on the next. */
    private void image(TaskAttempt attempt, int index) {
        if (index == attempt.images().size()) {
            finish(attempt);
            return;
        }
        int number = attempt.images().get(index);
        int before = begun[attempt.worker()]++;
        double warmUp = before < scenario.warmUpSeconds().size()
                ? scenario.warmUpSeconds().get(before)
                : 0;
        ImageWork work = images.get(number).longer(warmUp).slower(slowness[attempt.worker()]);
        double start = time.now();
        read(
                attempt,
                work,
                () -> compute(
                        attempt,
                        work,
                        () -> write(attempt, work, () -> {
                            attempt.done().add(new TaskAttempt.Done(number, start, time.now()));
                            image(attempt, index + 1);
                        })));
    }

    private void read(TaskAttempt attempt, ImageWork work, Runnable then) {
        double start = time.now();
        transfer(
                attempt,
                work.readBytes(),
                () -> wait(attempt, work.decodeSeconds(), () -> {
                    attempt.spend(Phase.READ, time.now() - start);
                    then.run();
                }));
    }

    private void compute(TaskAttempt attempt, ImageWork work, Runnable then) {
        ask(
                attempt,
                work.queries(),
                () -> wait(attempt, work.computeSeconds(), () -> {
                    attempt.spend(Phase.COMPUTE, work.computeSeconds());
                    then.run();
                }));
    }

    private void write(TaskAttempt attempt, ImageWork work, Runnable then) {
        double start = time.now();
        wait(
                attempt,
                work.writeSeconds(),
                () -> transfer(attempt, work.writeBytes(), () -> {
                    attempt.spend(Phase.WRITE, time.now() - start);
                    then.run();
                }));
    }

    private void ask(TaskAttempt attempt, int queries, Runnable then) {
        if (queries == 0) {
            then.run();
            return;
        }
        double start = time.now();
        service.ask(unlessCancelled(attempt, () -> {
            attempt.spend(Phase.SERVICE, time.now() - start);
            ask(attempt, queries - 1, then);
        }));
    }

    private void wait(TaskAttempt attempt, double seconds, Runnable then) {
        if (seconds == 0) {
            then.run();
        } else {
            time.after(seconds, unlessCancelled(attempt, then));
        }
    }

    private void transfer(TaskAttempt attempt, double bytes, Runnable then) {
        if (bytes == 0) {
            then.run();
            return;
        }
        SharedLink.Flow flow = files.transfer(bytes, unlessCancelled(attempt, () -> {
            attempt.onCancel(null);
            then.run();
        }));
        attempt.onCancel(flow::cancel);
    }

    private static Runnable unlessCancelled(TaskAttempt attempt, Runnable then) {
        return () -> {
            if (!attempt.isCancelled()) {
                then.run();
            }
        };
    }

    private void finish(TaskAttempt attempt) {
        running.remove(attempt);
        tasksLeft--;
        lastEnd = time.now();
        attempt.spent().forEach(sum::add);
        record(attempt, true);
        if (speculation != null) {
            speculation.finished(time.now() - attempt.startedAt());
        }
        TaskAttempt twin = attempt.twin();
        if (twin != null) {
            twin.cancel();
            running.remove(twin);
            sum.add(Phase.LOST, time.now() - twin.startedAt());
            spans.add(new ImageSpan(
                    twin.worker(), images.get(twin.images().get(0)).name(), twin.startedAt(), time.now(), false));
            idle(twin.worker());
        }
        idle(attempt.worker());
    }

    private void idle(int worker) {
        idleSince[worker] = time.now();
        request(worker);
    }

    private void record(TaskAttempt attempt, boolean good) {
        for (TaskAttempt.Done image : attempt.done()) {
            spans.add(new ImageSpan(
                    attempt.worker(), images.get(image.image()).name(), image.start(), image.end(), good));
        }
    }
}
