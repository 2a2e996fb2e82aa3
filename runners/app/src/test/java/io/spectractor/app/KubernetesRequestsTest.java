package io.spectractor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark asks an API server for in our name; no pod is started. */
@Tag("cluster")
class KubernetesRequestsTest {
    private static final long PATIENCE_S = 120;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void executorsAsTheLauncherWantsThem() throws IOException {
        // nobody will read it
        Path night = Files.createDirectories(folder.resolve("night"));
        Files.write(night.resolve("a.fits"), new byte[2880]);
        Path template = Path.of(System.getProperty("spectractor.root"), "launchers/kubernetes/pod-template.yaml");
        String claim = "spark.kubernetes.executor.volumes.persistentVolumeClaim.spectractor-data.";
        List<String> options = new ArrayList<>(List.of(
                "--conf", "spark.executor.instances=2",
                "--conf", "spark.executor.cores=4",
                "--conf", "spark.executor.memory=3g",
                "--conf", "spark.executor.memoryOverhead=800m",
                "--conf", "spark.kubernetes.executor.podTemplateFile=" + template,
                "--conf", "spark.kubernetes.executor.podTemplateContainerName=spectractor",
                "--conf", "spark.kubernetes.authenticate.executor.serviceAccountName=spectractor-executor"));
        options.addAll(List.of("--conf", claim + "options.claimName=spectractor-data"));
        options.addAll(List.of("--conf", claim + "mount.path=/data"));
        List<String> words = List.of(
                "run",
                night.toString(),
                "--target",
                "HD111980",
                "--out",
                folder.resolve("products").toString(),
                "--run-id",
                "r1",
                "--scheduler",
                "spark");
        try (KubernetesServer server = new KubernetesServer(folder.resolve("k8s"));
                Daemon driver = server.client("driver", options, words)) {
            driver.until(() -> server.executors().size() == 2, "two executors");
            List<Pod> pods = server.executors();
            pods.forEach(KubernetesRequestsTest::assertRight);
            driver.until(() -> !configMaps(server).isEmpty(), "a config map");
            assertThat(configMaps(server).toString()).doesNotContain("test-key", "test-secret");

            Pod first = pods.get(0);
            PodStatuses.running(server.client(), first);
            PodStatuses.ended(server.client(), first, 137, "OOMKilled");
            driver.until(() -> newest(server) == 3, "a third executor");

            Pod second = pods.get(1);
            server.client().resource(second).delete();
            driver.until(() -> newest(server) == 4, "a fourth executor");

            server.vanish();
            driver.terminate();
            assertThat(driver.exit(PATIENCE_S)).as(driver.said()).isEqualTo(75);
            assertThat(driver.said())
                    .contains("the API server does not answer", "kubectl -n spectractor delete pods")
                    .doesNotContain("Exception");
            assertThat(driver.said()).doesNotContain("test-secret");
        }
    }

    /** Number of the executor whose pod was asked for last. */
    private static int newest(KubernetesServer server) {
        return server.executors().stream()
                .mapToInt(pod -> Integer.parseInt(pod.getMetadata().getLabels().get("spark-exec-id")))
                .max()
                .orElse(0);
    }

    private static void assertRight(Pod pod) {
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/name", "spectractor")
                .containsEntry("spark-role", "executor");
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("spectractor-executor");
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(185);
        assertThat(pod.getSpec().getSecurityContext().getFsGroup()).isEqualTo(185);
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        Container container = pod.getSpec().getContainers().get(0);
        assertThat(container.getImage()).isEqualTo(KubernetesServer.IMAGE);
        assertThat(container.getArgs()).containsExactly("executor");
        assertThat(container.getResources().getRequests())
                .containsEntry("cpu", new Quantity("4"))
                .containsEntry("memory", new Quantity("3872Mi"));
        assertThat(container.getResources().getLimits()).containsEntry("memory", new Quantity("3872Mi"));
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getEnvFrom()).hasSize(1);
        assertThat(container.getEnvFrom().get(0).getSecretRef().getName()).isEqualTo("spectractor-s3");
        assertThat(container.getEnv())
                .extracting(EnvVar::getName)
                .contains("SPARK_DRIVER_URL", "SPARK_EXECUTOR_ID", "SPARK_EXECUTOR_MEMORY", "SPARK_EXECUTOR_POD_IP");
        assertThat(container.getEnv()).extracting(EnvVar::getName).noneMatch(name -> name.startsWith("AWS_"));
        assertThat(pod.toString()).doesNotContain("test-key", "test-secret");
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .extracting(Volume::getName)
                .containsExactly("spectractor-data");
        assertThat(container.getVolumeMounts())
                .anyMatch(mount ->
                        mount.getMountPath().equals("/data") && mount.getName().equals("spectractor-data"));
    }

    private static List<ConfigMap> configMaps(KubernetesServer server) {
        return server.client()
                .configMaps()
                .inNamespace(KubernetesServer.NAMESPACE)
                .list()
                .getItems();
    }
}
