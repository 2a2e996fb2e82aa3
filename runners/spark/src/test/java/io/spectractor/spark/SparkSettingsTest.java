package io.spectractor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spectractor.batch.UsageException;
import io.spectractor.remote.SchedulerOptions;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
    private static SparkConf conf(@Nullable Integer workers, Map<String, String> values) {
        return SparkSettings.of(new SchedulerOptions("spark", workers, new TreeMap<>(values)));
    }

    @Test
    void oneFileIsOneTaskUnlessSaidOtherwise() {
        SparkConf usual = conf(null, Map.of("master", "spark://h:7077"));
        assertThat(usual.get("spark.files.maxPartitionBytes")).isEqualTo("1");
        assertThat(usual.get("spark.files.openCostInBytes")).isEqualTo("0");
        SparkConf own = conf(null, Map.of("master", "yarn", "spark-conf spark.files.maxPartitionBytes", "64m"));
        assertThat(own.get("spark.files.maxPartitionBytes")).isEqualTo("64m");
    }

    @Test
    void workersAreSaidInTheWordsOfTheCluster() {
        assertThat(conf(3, Map.of("master", "local[*]")).get("spark.master")).isEqualTo("local[3]");
        assertThat(conf(8, Map.of("master", "spark://h:7077")).get("spark.cores.max"))
                .isEqualTo("8");
        SparkConf yarn = conf(8, Map.of("master", "yarn", "spark-conf spark.executor.cores", "4"));
        assertThat(yarn.get("spark.executor.instances")).isEqualTo("2");
    }

    @Test
    void theFirstExecutorIsEnoughToBegin() {
        String ratio = "spark.scheduler.minRegisteredResourcesRatio";
        assertThat(conf(null, Map.of("master", "yarn")).get(ratio)).isEqualTo("0");
        assertThat(conf(null, Map.of("master", "yarn", "spark-conf " + ratio, "0.5"))
                        .get(ratio))
                .isEqualTo("0.5");
    }

    @Test
    void withoutMasterSparkRunsInThisProcess() {
        SparkConf usual = conf(null, Map.of());
        assertThat(usual.get("spark.master")).matches("local\\[[1-9]\\d*]");
        assertThat(usual.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
        assertThat(conf(3, Map.of()).get("spark.master")).isEqualTo("local[3]");
        // what a user says wins
        assertThat(conf(3, Map.of("spark-conf spark.ui.enabled", "false")).get("spark.ui.enabled"))
                .isEqualTo("false");
        assertThat(conf(null, Map.of("spark-conf spark.master", "spark://h:7077"))
                        .get("spark.master"))
                .isEqualTo("spark://h:7077");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> conf(null, Map.of("master", "yarn", "spark-log-level", "loud")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--spark-log-level loud");
        assertThat(conf(null, Map.of("master", "yarn", "spark-log-level", "info"))
                        .get("spark.log.level"))
                .isEqualTo("INFO");
    }

    @Test
    void kubernetesIsAskedForAnImageFirst() {
        assertThatThrownBy(() -> conf(null, Map.of("master", "k8s://https://h:6443")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("spark.kubernetes.container.image");
        // this class path has no client for Kubernetes
        assertThatThrownBy(() -> conf(
                        null,
                        Map.of("master", "k8s://https://h:6443", "spark-conf spark.kubernetes.container.image", "x:1")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no client for Kubernetes");
    }
}
