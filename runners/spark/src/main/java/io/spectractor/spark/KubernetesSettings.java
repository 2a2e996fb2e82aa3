package io.spectractor.spark;

import io.spectractor.batch.UsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/** What Spark needs to know before it starts executors as pods, and our defaults there. */
final class KubernetesSettings {
    /** How masters of Kubernetes begin. */
    static final String SCHEME = "k8s://";

    private static final String BACKEND = "org.apache.spark.scheduler.cluster.k8s.KubernetesClusterManager";
    private static final Map<String, String> DEFAULTS = defaults();

    private KubernetesSettings() {}

    private static Map<String, String> defaults() {
        Map<String, String> conf = new LinkedHashMap<>();
        // Spark gives an application up after three executors that failed; an image that is too large for the memory
        // costs
        // three by itself, and is then set aside. A program that fails at its start still ends the run within minutes.
        conf.put("spark.executor.maxNumFailures", "100");
        return conf;
    }

    /** Whether a master is Kubernetes. */
    static boolean isKubernetes(String master) {
        return master.startsWith(SCHEME);
    }

    /**
     * Adds our defaults.
     *
     * @throws UsageException if executors have no image, or Spark has no client for Kubernetes
     */
    static void complete(SparkConf conf) {
        if (!conf.contains("spark.kubernetes.container.image")
                && !conf.contains("spark.kubernetes.executor.container.image")) {
            throw new UsageException("--master " + conf.get("spark.master") + ": which image do the executors have? Say"
                    + " --spark-conf spark.kubernetes.container.image=REGISTRY/spectractor:0.1.0;"
                    + " './spectractor image' builds it");
        }
        try {
            Class.forName(BACKEND, false, KubernetesSettings.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UsageException(
                    "--master " + conf.get("spark.master") + ": this Spark has no client for Kubernetes;"
                            + " its folder jars needs spark-kubernetes_2.13 and what belongs to it"
                            + " ('./spectractor' without SPARK_HOME fetches them)",
                    e);
        }
        DEFAULTS.forEach(conf::setIfMissing);
    }
}
