package io.spectractor.spark;

import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.ImageListener;
import io.spectractor.batch.run.ImageWorker;
import io.spectractor.batch.run.ItemWorker;
import io.spectractor.batch.run.RunFolder;
import io.spectractor.batch.run.Scheduler;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.remote.WorkerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images as tasks of Spark jobs: most runs are one job. Images that ran out of memory, or whose worker died with them, are
 * tried once more when nothing else runs.
 */
final class SparkScheduler implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SparkScheduler.class);

    private final WorkerSpec order;
    private final SparkCluster cluster;
    private final ExecutorLoss loss;
    private final TimeAccounting times = new TimeAccounting();

    SparkScheduler(WorkerSpec order, SparkConf conf) {
        this.order = order;
        this.loss = new ExecutorLoss(RunFolder.of(PathResolver.path(order.outputFolder()), order.runId())
                .path());
        this.cluster = new SparkCluster(conf, times);
    }

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public int workers() {
        return cluster.cores();
    }

    @Override
    public void execute(List<WorkItem> items, ItemWorker worker, ImageListener listener, StopSignal stop) {
        StopFile stopFile = new StopFile(order);
        try {
            stopFile.remove();
            List<WorkItem> rest = withoutGone(items, worker, listener, stop);
            if (!rest.isEmpty()) {
                ImagePass.Tools tools = new ImagePass.Tools(
                        cluster.context().broadcast(order), stopFile, cluster.watch(), loss, listener, times);
                Map<WorkItem, Integer> alone = together(rest, tools, stop);
                for (Map.Entry<WorkItem, Integer> one : alone.entrySet()) {
                    alone(one.getKey(), one.getValue(), tools, stop);
                }
            }
        } catch (IOException e) {
            LOG.error("the run cannot continue: {}; 'spectractor resume' does the rest", e.getMessage(), e);
        } finally {
            removeQuietly(stopFile);
        }
    }

    private static void removeQuietly(StopFile stopFile) {
        try {
            stopFile.remove();
        } catch (IOException e) {
            LOG.warn("a file 'stop' may be left in the run folder; 'resume' removes it", e);
        }
    }

    /**
     * Spark gives a job up when an input is not there, or has a name that Hadoop cannot read; the driver takes such images,
     * so that they get the outcome that every scheduler gives them.
     */
    private static List<WorkItem> withoutGone(
            List<WorkItem> items, ItemWorker worker, ImageListener listener, StopSignal stop) {
        List<WorkItem> gone = items.parallelStream()
                .filter(item ->
                        InputPaths.isBeyondHadoop(item.input()) || !Files.exists(PathResolver.path(item.input())))
                .toList();
        if (gone.stream().anyMatch(item -> InputPaths.isBeyondHadoop(item.input()))) {
            LOG.warn(
                    "files and folders with a colon, or a leading underscore or point, in their names are beyond Hadoop:"
                            + " the driver extracts these images, one after the other");
        }
        for (WorkItem item : gone) {
            if (stop.stopRequested()) {
                break;
            }
            listener.started(item, 1, "driver");
            listener.finished(item, worker.process(item, 1));
        }
        List<WorkItem> rest = new ArrayList<>(items);
        rest.removeAll(gone);
        return rest;
    }

    /** All images at once; returns those that are to be tried alone, with the number of their attempts. */
    private Map<WorkItem, Integer> together(List<WorkItem> items, ImagePass.Tools tools, StopSignal stop)
            throws IOException {
        Map<WorkItem, Integer> alone = new LinkedHashMap<>();
        List<WorkItem> rest = items;
        while (!rest.isEmpty() && !stop.stopRequested()) {
            ImagePass.Ended ended = new ImagePass(cluster.context(), tools, rest, 0).run(stop);
            refuse(ended);
            ended.exhausted().forEach(item -> alone.put(item, 1));
            if (ended.abort() == null) {
                break;
            }
            if (stop.stopRequested()) {
                break;
            }
            if (ended.losses().isEmpty() || cluster.isStopped()) {
                LOG.error(
                        "Spark gave the run up, {} images are not done: {}; 'spectractor resume' does the rest",
                        ended.open().size(),
                        firstLine(ended.abort()));
                break;
            }
            ended.losses().forEach((item, loss) -> alone.put(item, loss.times()));
            rest = ended.open().stream().filter(i -> !alone.containsKey(i)).toList();
        }
        return alone;
    }

    private void alone(WorkItem item, int attempts, ImagePass.Tools tools, StopSignal stop) throws IOException {
        if (stop.stopRequested() || cluster.isStopped()) {
            // not run, as far as the summary goes: 'resume' tries it again
            return;
        }
        ImagePass.Ended ended = new ImagePass(cluster.context(), tools, List.of(item), attempts).run(stop);
        refuse(ended);
        if (ended.exhausted().contains(item)) {
            tools.listener()
                    .finished(
                            item, ImageWorker.outOfMemory(item, attempts + 1, new OutOfMemoryError("in an executor")));
        } else if (ended.losses().containsKey(item)) {
            ImagePass.Loss loss = ended.losses().get(item);
            tools.listener().finished(item, lost(item, attempts + loss.times(), loss.reason()));
        }
    }

    private static ImageResult lost(WorkItem item, int attempts, String reason) {
        String message = item.name() + ": the worker died with it " + attempts + " times, also when nothing else ran ("
                + reason + "); the folder 'logs' of the run has the output of its executors";
        Failure failure = new Failure(Stage.EXTRACT, FailureKind.RETRYABLE, message, "");
        return ImageResult.failed(item.name(), item.input(), failure, attempts, 0, StageTimings.none(), null, null);
    }

    private static void refuse(ImagePass.Ended ended) {
        if (ended.refusal() != null) {
            throw new UsageException(ended.refusal());
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    /** The table of outcomes, and where the time went. */
    @Override
    public void record(Path runFolder, List<ImageResult> images) throws IOException {
        long start = System.nanoTime();
        Path table = runFolder.resolve("summary.parquet");
        OutcomeTable.write(images, table);
        Files.writeString(runFolder.resolve("outcomes.sql"), HiveTable.sql(table, OutcomeTable.PARTITIONS));
        times.tabled(TimeAccounting.since(start));
        Map<String, Object> map = times.asMap(cluster.cores());
        map.put("master", cluster.master());
        map.put("application", cluster.applicationId());
        Files.writeString(runFolder.resolve("distribution.json"), Json.pretty(map));
        LOG.info("where the time went: {}", map);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
