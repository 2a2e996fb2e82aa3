package io.spectractor.spark;

import io.spectractor.batch.Json;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.remote.WorkerSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.input.PortableDataStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * One Spark job over some images. Spark's threads put into a queue what they have to say; the thread that runs the pass
 * takes it out, so that journal and results have one writer.
 */
final class ImagePass implements TaskListener.Callback {
    private static final Logger LOG = LoggerFactory.getLogger(ImagePass.class);
    private static final long POLL_MS = 100;
    private static final long QUIET_WITHIN_MS = 20_000;
    private static final String GROUP = "spectractor-images";

    private final JavaSparkContext context;
    private final Tools tools;
    private final List<WorkItem> items;
    private final int earlierAttempts;
    private final Map<Integer, WorkItem> open = new LinkedHashMap<>();
    private final Map<Integer, Loss> losses = new HashMap<>();
    private final Map<Integer, String> workers = new HashMap<>();
    private final Set<WorkItem> exhausted = new HashSet<>();
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private @Nullable PartitionItems partitions;
    private @Nullable String refusal;
    private @Nullable Throwable abort;
    private boolean over;
    private boolean stopping;
    private boolean cancelled;

    /** What all passes of a run share. */
    record Tools(
            Broadcast<WorkerSpec> order,
            StopFile stopFile,
            TaskListener watch,
            ExecutorLoss loss,
            ImageListener listener,
            TimeAccounting times) {}

    /**
     * Tasks of an image that were lost.
     *
     * @param times how many
     * @param reason of the last one, in words
     */
    record Loss(int times, String reason) {
        Loss and(Loss later) {
            return new Loss(times + later.times, later.reason);
        }
    }

    /**
     * How a pass ended.
     *
     * @param exhausted images that ran out of memory
     * @param losses images whose tasks were lost; settled ones are not among them
     * @param open images that are not settled, those of the other two among them
     * @param refusal why a node cannot do any image, or null
     * @param abort why Spark gave the job up, or null
     */
    record Ended(
            Set<WorkItem> exhausted,
            Map<WorkItem, Loss> losses,
            List<WorkItem> open,
            @Nullable String refusal,
            @Nullable Throwable abort) {}

    ImagePass(JavaSparkContext context, Tools tools, List<WorkItem> items, int earlierAttempts) {
        this.context = context;
        this.tools = tools;
        this.items = items;
        this.earlierAttempts = earlierAttempts;
        items.forEach(item -> open.put(item.index(), item));
    }

    /** Runs to the end; nothing is in progress afterwards. */
    Ended run(StopSignal stop) throws IOException {
        long listing = System.nanoTime();
        Map<String, WorkItem> byPath = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (WorkItem item : items) {
            String path = InputPaths.canonical(item.input(), context.hadoopConfiguration());
            byPath.put(path, item);
            texts.put(path, Json.line(item));
        }
        JavaPairRDD<String, PortableDataStream> files =
                context.binaryFiles(InputPaths.joined(items, context.hadoopConfiguration()), items.size());
        partitions = PartitionItems.of(files.rdd().partitions(), byPath);
        tools.times().listed(TimeAccounting.since(listing));
        LOG.info("{} images in {} tasks", items.size(), partitions.count());

        long running = System.nanoTime();
        Broadcast<Map<String, String>> broadcast = context.broadcast(texts);
        ImageTask task = new ImageTask(tools.order(), broadcast, earlierAttempts);
        Thread job = new Thread(() -> job(files, task), "spectractor-job");
        tools.watch().listenTo(this);
        job.start();
        try {
            while (!over) {
                step(stop);
            }
            tools.watch().awaitIdle(QUIET_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tools.watch().listenTo(null);
            broadcast.destroy();
        }
        tools.times().ran(TimeAccounting.since(running));
        return ended();
    }

    private Ended ended() {
        Map<WorkItem, Loss> lost = new LinkedHashMap<>();
        open.values()
                .forEach(item -> losses.computeIfPresent(item.index(), (index, loss) -> {
                    lost.put(item, loss);
                    return loss;
                }));
        return new Ended(exhausted, lost, List.copyOf(open.values()), refusal, abort);
    }

    private void step(StopSignal stop) {
        try {
            Runnable event = events.poll(POLL_MS, TimeUnit.MILLISECONDS);
            if (event != null) {
                event.run();
            }
            if (!stopping && (stop.stopRequested() || refusal != null)) {
                stopping = true;
                requestStop();
            }
            if (stopping && !cancelled && !context.isLocal() && tools.watch().hasNoExecutor()) {
                cancelled = true;
                LOG.warn("no worker is left that could finish the images in progress");
                context.cancelJobGroup(GROUP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.cancelJobGroup(GROUP);
        }
    }

    /** Tasks that are not started yet end at once when they see the file; if there can be none, all are cancelled. */
    private void requestStop() {
        try {
            tools.stopFile().put();
        } catch (IOException e) {
            LOG.warn("images in progress are given up: {}", e.getMessage());
            context.cancelJobGroup(GROUP);
        }
    }

    private void job(JavaPairRDD<String, PortableDataStream> files, ImageTask task) {
        context.setJobGroup(GROUP, "images", false);
        ClassTag<List<ImageReport>> tag = ClassTag$.MODULE$.apply(List.class);
        try {
            context.sc()
                    .<Tuple2<String, PortableDataStream>, List<ImageReport>>runJob(
                            files.rdd(), task, new Deliver(), tag);
            events.add(() -> over = true);
        } catch (Throwable e) {
            events.add(() -> {
                abort = e;
                over = true;
            });
        }
    }

    /** Takes the reports of a task, once per partition whatever happened on the way. */
    private final class Deliver extends AbstractFunction2<Object, List<ImageReport>, BoxedUnit> {
        @Override
        public BoxedUnit apply(Object partition, List<ImageReport> reports) {
            events.add(() -> reports.forEach(ImagePass.this::take));
            return BoxedUnit.UNIT;
        }
    }

    private void take(ImageReport report) {
        WorkItem item = open.get(report.index());
        if (item == null) {
            return;
        }
        switch (report.kind()) {
            case RESULT -> settle(item, report.text());
            case EXHAUSTED -> {
                tools.listener().retrying(item, "out of memory; tried again when nothing else runs");
                exhausted.add(item);
            }
            case REFUSED -> refusal = report.text();
            case NOT_STARTED -> LOG.debug("{} was not started", item.name());
        }
    }

    private void settle(WorkItem item, String json) {
        ImageResult result;
        try {
            result = Json.read(json, ImageResult.class);
        } catch (IOException e) {
            throw new IllegalStateException("a result that cannot be read: " + json, e);
        }
        open.remove(item.index());
        tools.times().settled(result);
        tools.listener().finished(item, result);
        LOG.info(
                "{}: {} in {} s, {}",
                item.name(),
                result.status(),
                Math.round(result.wallSeconds() * 1e3) / 1e3,
                workers.getOrDefault(item.index(), "?"));
    }

    @Override
    public void started(int partition, int attempt, String worker) {
        events.add(() -> {
            for (WorkItem item : of(partition)) {
                if (!stopping && open.containsKey(item.index())) {
                    workers.put(item.index(), worker);
                    tools.listener().started(item, earlierAttempts + attempt + 1, worker);
                }
            }
        });
    }

    @Override
    public void failed(TaskListener.Failed task) {
        events.add(() -> {
            for (WorkItem item : of(task.partition())) {
                if (open.containsKey(item.index())) {
                    String reason = tools.loss().describe(task, item.name());
                    LOG.warn("{}", reason);
                    losses.merge(item.index(), new Loss(1, reason), Loss::and);
                    LOG.warn("{}: its worker was lost, and it is tried again: {}", item.name(), reason);
                    tools.listener().retrying(item, "its worker was lost: " + reason);
                }
            }
        });
    }

    @Override
    public void lostIdle(String executor, String host, String said) {
        events.add(() -> LOG.warn("{}", tools.loss().describeIdle(executor, host, said)));
    }

    private List<WorkItem> of(int partition) {
        return Objects.requireNonNull(partitions).of(partition);
    }
}
