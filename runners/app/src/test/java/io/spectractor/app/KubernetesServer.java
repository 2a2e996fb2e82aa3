package io.spectractor.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.spark.launcher.JavaModuleOptions;

/** An API server that keeps what it is told and starts nothing, and programs that talk to it. */
final class KubernetesServer implements AutoCloseable {
    static final String NAMESPACE = "spectractor";
    static final String IMAGE = "registry.example.org/spectractor:0.1.0";

    /** It tells of every request. */
    private static final Logger TALKATIVE = Logger.getLogger("io.fabric8.mockwebserver");

    private final Path folder;
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new ApiDispatcher(), false);
    private final KubernetesClient client;

    KubernetesServer(Path folder) throws IOException {
        this.folder = folder;
        TALKATIVE.setLevel(Level.WARNING);
        server.init(InetAddress.getLoopbackAddress(), 0);
        client = server.createClient();
        Path jars = Files.createDirectories(folder.resolve("home/jars"));
        for (Path jar : ClusterPaths.sparkJars()) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
    }

    String master() {
        return "k8s://" + address();
    }

    String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    KubernetesClient client() {
        return client;
    }

    /** The pods of executors that are there, oldest first. */
    List<Pod> executors() {
        return client.pods().inNamespace(NAMESPACE).withLabel("spark-role", "executor").list().getItems().stream()
                .sorted(Comparator.comparingInt(
                        pod -> Integer.parseInt(pod.getMetadata().getLabels().get("spark-exec-id"))))
                .toList();
    }

    /** {@code spark-submit} up to its options. */
    List<String> sparkSubmit() {
        List<String> command = new ArrayList<>(List.of(ClusterPaths.java()));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(ClusterPaths.SHORT_LIVED);
        command.addAll(List.of("-Xmx600m", "-cp", folder.resolve("home/jars/*").toString()));
        command.add("org.apache.spark.deploy.SparkSubmit");
        return command;
    }

    /** Environment of a client, with keys for S3 that must not go anywhere. */
    Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                folder.resolve("home").toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_LOCAL_DIRS",
                folder.resolve("local").toString(),
                "AWS_ACCESS_KEY_ID",
                "test-key",
                "AWS_SECRET_ACCESS_KEY",
                "test-secret",
                "KUBECONFIG",
                folder.resolve("none").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"));
    }

    /** The driver as a process of this machine. */
    Daemon client(String name, List<String> sparkOptions, List<String> words) {
        List<String> command = new ArrayList<>(sparkSubmit());
        command.addAll(List.of("--master", master(), "--name", name, "--conf", "spark.ui.enabled=false"));
        command.addAll(
                List.of("--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1"));
        command.addAll(List.of("--conf", "spark.kubernetes.namespace=" + NAMESPACE));
        command.addAll(List.of("--conf", "spark.kubernetes.container.image=" + IMAGE));
        command.addAll(sparkOptions);
        command.addAll(
                List.of("--class", "io.spectractor.cli.Main", ClusterPaths.jar().toString()));
        command.addAll(words);
        return Daemon.start(folder.resolve(name + ".log"), environment(), command);
    }

    /** From now on nobody answers. */
    void vanish() {
        server.shutdown();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
