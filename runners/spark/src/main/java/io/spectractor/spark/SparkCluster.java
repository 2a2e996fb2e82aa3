package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import io.spectractor.hdfs.HdfsClient;
import io.spectractor.hdfs.S3aSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.runtime.AbstractFunction0;
import scala.runtime.BoxedUnit;

/** The connection to the cluster, made when it is first needed. */
final class SparkCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SparkCluster.class);
    private static final long PATIENCE_MS = 20_000;
    private static final long POLL_MS = 50;
    /** What Spark asks YARN for when nobody says a number. */
    private static final int EXECUTORS_ON_YARN = 2;
    /** Above that of Spark's own hook, which kills what is in progress. */
    private static final int BEFORE_SPARK = 100;

    private final SparkConf conf;
    private final TimeAccounting times;
    private final TaskListener watch = new TaskListener();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable JavaSparkContext context;

    SparkCluster(SparkConf conf, TimeAccounting times) {
        this.conf = conf;
        this.times = times;
    }

    synchronized JavaSparkContext context() {
        if (context == null) {
            long start = System.nanoTime();
            // as long as an image may take, after a signal
            System.setProperty("spark.shutdown.timeout", "1h");
            JavaSparkContext made = start();
            showOurMessages();
            LogCopy.ofLogger();
            made.sc().addSparkListener(watch);
            HdfsClient.configureRetries(made.hadoopConfiguration());
            S3aSettings.removeSecrets(made.hadoopConfiguration());
            context = made;
            if (made.sc().uiWebUrl().isDefined()) {
                System.err.println("Spark's pages, as long as the run lasts: "
                        + made.sc().uiWebUrl().get());
            }
            ShutdownHookManager.addShutdownHook(BEFORE_SPARK, new WaitForEnd());
            if (!made.isLocal()) {
                awaitExecutor();
            }
            times.started(TimeAccounting.since(start));
        }
        return context;
    }

    /** With spark-submit the program comes too late to bring a configuration of the logger. */
    private static void showOurMessages() {
        String level = System.getProperty("spectractor.log");
        if (level != null) {
            Configurator.setLevel("io.spectractor", Level.toLevel(level));
        }
    }

    private JavaSparkContext start() {
        MasterCheck.requireAnswer(master());
        LocalFolderCheck.requireOne(System.getenv(), conf.get("spark.local.dir", System.getProperty("java.io.tmpdir")));
        SparkStartupGuard watched = SparkStartupGuard.watch(
                "Spark cannot be started with --master " + master() + "; the lines above say why");
        try {
            JavaSparkContext made = new JavaSparkContext(conf);
            watched.isUp();
            return made;
        } catch (Exception | LinkageError e) {
            // Scala throws checked exceptions unannounced
            watched.silence();
            throw new UsageException("Spark cannot be started with --master " + master() + ": " + reason(e), e);
        }
    }

    /** The first cause of a failure, on one line. */
    static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null
                ? ""
                : ": " + root.getMessage().lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + message;
    }

    String applicationId() {
        return context().sc().applicationId();
    }

    /** Spark's own hook would kill the tasks in progress; the run is asked to stop by ours, and this one lets it. */
    private final class WaitForEnd extends AbstractFunction0<BoxedUnit> {
        @Override
        public BoxedUnit apply() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return BoxedUnit.UNIT;
        }
    }

    /** A busy cluster may let us wait longer; then the first tasks do. */
    private void awaitExecutor() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (watch.mostCores() == 0 && System.nanoTime() < end && !isStopped()) {
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (watch.mostCores() == 0 && KubernetesSettings.isKubernetes(master())) {
            LOG.warn(
                    "no executor has come yet; 'kubectl -n {} describe pods -l spark-app-selector={}' says what their pods"
                            + " wait for",
                    conf.get("spark.kubernetes.namespace", "default"),
                    applicationId());
        }
    }

    /** Images that can be in progress at a time: what was asked for, else what has come so far. */
    int cores() {
        int asked = conf.getInt("spark.cores.max", 0);
        if (asked > 0) {
            return asked;
        }
        boolean fixed = !context().isLocal() && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
        int executors = conf.getInt("spark.executor.instances", master().equals("yarn") ? EXECUTORS_ON_YARN : 0);
        if (fixed && executors > 0) {
            return executors * conf.getInt("spark.executor.cores", 1);
        }
        int here = context().isLocal() ? context().defaultParallelism() : watch.mostCores();
        return Math.max(1, here);
    }

    TaskListener watch() {
        return watch;
    }

    String master() {
        return conf.get("spark.master");
    }

    /** Whether the connection was made and is lost. */
    synchronized boolean isStopped() {
        return context != null && context.sc().isStopped();
    }

    /** Spark removes its pods at the end. Where it cannot, it says so in a hundred lines, and we in one. */
    private void warnOfPodsLeft() {
        if (!KubernetesSettings.isKubernetes(master()) || MasterCheck.apiServerAnswers(master())) {
            return;
        }
        LOG.warn(
                "the API server does not answer: pods of executors may be left. When it is back, remove them with"
                        + " 'kubectl -n {} delete pods,services,configmaps -l spark-app-selector={}'",
                conf.get("spark.kubernetes.namespace", "default"),
                applicationId());
        Configurator.setLevel("org.apache.spark.util.Utils", Level.OFF);
        Configurator.setLevel("io.fabric8", Level.OFF);
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            warnOfPodsLeft();
            context.stop();
        }
        closed.countDown();
    }
}
