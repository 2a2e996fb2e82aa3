package io.spectractor.catalogue.spark;

import io.spectractor.catalogue.engine.MemoryPlan;
import io.spectractor.catalogue.engine.PartitionEngine;
import io.spectractor.catalogue.engine.PartitionWork;
import io.spectractor.hats.CatalogueException;
import io.spectractor.hats.Partition;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/**
 * A task of Spark for each partition, with the same code as in one process: there is no shuffle, and no row goes over the network.
 * Files are written by the tasks, so all machines see the catalogue's folder under the same name.
 */
final class SparkEngine implements PartitionEngine {
    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(,.*)?])?");

    private static final double NANOS = 1e9;

    private final SparkConf conf;

    /**
     * @param conf properties of Spark; what is not said gets a value here
     */
    SparkEngine(SparkConf conf) {
        this.conf = conf;
        int cores = Runtime.getRuntime().availableProcessors();
        conf.setIfMissing("spark.master", "local[" + cores + "]");
        conf.setIfMissing("spark.app.name", "spectractor catalogue");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.log.level", "WARN");
        if (isLocal()) {
            // nobody else has to reach this process
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
        } else {
            conf.setIfMissing("spark.executor.cores", "1");
            conf.setIfMissing("spark.executor.memory", "1g");
            String jars = System.getProperty("spectractor.catalogue.jars", "");
            if (!jars.isEmpty()) {
                conf.setIfMissing("spark.jars", jars);
            }
        }
    }

    @Override
    public String name() {
        return "spark";
    }

    private boolean isLocal() {
        return LOCAL.matcher(conf.get("spark.master")).matches();
    }

    private int cores() {
        Matcher local = LOCAL.matcher(conf.get("spark.master"));
        if (!local.matches()) {
            return conf.getInt("spark.executor.cores", 1);
        }
        String number = local.group(2);
        if (number == null) {
            return 1;
        }
        return number.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(number);
    }

    private long heap() {
        return isLocal()
                ? Runtime.getRuntime().maxMemory()
                : JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory"));
    }

    @Override
    public List<Long> run(PartitionWork work, List<Partition> partitions, Consumer<String> says) {
        int cores = cores();
        MemoryPlan plan = MemoryPlan.of(work, partitions, heap(), cores);
        says.accept(plan.line(partitions.size())
                + (isLocal() ? " of Spark in this process" : " of each executor of Spark"));
        // a task that takes more than its core's share of the memory takes more cores
        conf.set("spark.task.cpus", Integer.toString((cores + plan.atATime() - 1) / plan.atATime()));
        long allowed = plan.allowed();
        long begin = System.nanoTime();
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            long up = System.nanoTime();
            List<Long> rows = List.copyOf(context.parallelize(partitions, Math.max(1, partitions.size()))
                    .map(partition -> work.run(partition, allowed))
                    .collect());
            says.accept(String.format(
                    Locale.ROOT,
                    "Spark started in %.1f s, its tasks took %.1f s",
                    (up - begin) / NANOS,
                    (System.nanoTime() - up) / NANOS));
            return rows;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Scala throws checked exceptions unannounced
            throw failed(e);
        }
    }

    private CatalogueException failed(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CatalogueException ours) {
                return ours;
            }
        }
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new CatalogueException("Spark with --master " + conf.get("spark.master") + " failed: " + message, e);
    }
}
