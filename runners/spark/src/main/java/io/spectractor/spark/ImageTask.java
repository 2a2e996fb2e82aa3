package io.spectractor.spark;

import io.spectractor.batch.Json;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.calib.CalibrationException;
import io.spectractor.hdfs.HdfsClient;
import io.spectractor.remote.WorkerRuntime;
import io.spectractor.remote.WorkerSpec;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.input.PortableDataStream;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * What an executor does with the files of a task, one after the other. Nothing that goes wrong with an image fails the
 * task; only the loss of the executor does.
 */
final class ImageTask
        extends AbstractFunction2<TaskContext, Iterator<Tuple2<String, PortableDataStream>>, List<ImageReport>>
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Broadcast<WorkerSpec> order;
    private final Broadcast<Map<String, String>> items;
    private final int earlierAttempts;

    /**
     * @param order makes the worker
     * @param items work items as JSON by the canonical names of their files
     * @param earlierAttempts how often the images were tried before
     */
    ImageTask(Broadcast<WorkerSpec> order, Broadcast<Map<String, String>> items, int earlierAttempts) {
        this.order = order;
        this.items = items;
        this.earlierAttempts = earlierAttempts;
    }

    @Override
    public List<ImageReport> apply(TaskContext task, Iterator<Tuple2<String, PortableDataStream>> files) {
        configureHadoop();
        LogCopy.inExecutor();
        List<ImageReport> reports = new ArrayList<>();
        while (files.hasNext()) {
            Tuple2<String, PortableDataStream> file = files.next();
            reports.add(report(item(file._1()), file._2(), earlierAttempts + task.attemptNumber() + 1));
        }
        return reports;
    }

    /** Where S3 is, for one: this process has neither the environment of the driver nor its configuration. */
    private static void configureHadoop() {
        Map<String, String> properties = new HashMap<>();
        for (Tuple2<String, String> property : SparkEnv.get().conf().getAllWithPrefix("spark.hadoop.")) {
            properties.put(property._1(), property._2());
        }
        HdfsClient.configure(properties);
    }

    private WorkItem item(String path) {
        String text = items.value().get(path);
        if (text == null) {
            throw new IllegalStateException("Spark read " + path + ", which is not in the plan");
        }
        try {
            return Json.read(text, WorkItem.class);
        } catch (IOException e) {
            throw new IllegalStateException("a work item that cannot be read: " + text, e);
        }
    }

    private ImageReport report(WorkItem item, PortableDataStream stream, int attempt) {
        try {
            if (new StopFile(order.value()).isThere()) {
                return new ImageReport(item.index(), ImageReport.Kind.NOT_STARTED, "");
            }
            ImageResult result = WorkerRuntime.of(
                            order.value(), "executor-" + SparkEnv.get().executorId())
                    .worker(new StreamSource(stream))
                    .process(item, attempt);
            return new ImageReport(item.index(), ImageReport.Kind.RESULT, Json.line(result));
        } catch (OutOfMemoryError e) {
            return new ImageReport(item.index(), ImageReport.Kind.EXHAUSTED, String.valueOf(e.getMessage()));
        } catch (CalibrationException e) {
            return new ImageReport(item.index(), ImageReport.Kind.REFUSED, String.valueOf(e.getMessage()));
        }
    }
}
