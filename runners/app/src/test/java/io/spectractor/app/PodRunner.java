package io.spectractor.app;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What a node does with the pods of an API server, as far as Spark's need it: each becomes a process in the image's files, with
 * its own mounts, name and process numbers, its volumes, and the environment, arguments and user of its container. The network is
 * this machine's. Wants root.
 */
final class PodRunner implements AutoCloseable, Watcher<Pod> {
    private static final String KILLED_FOR_MEMORY = "OOMKilled";
    private static final long POLL_MS = 50;
    private static final int KILLED = 137;

    private final KubernetesClient client;
    private final Path folder;
    private final ImageFiles image;
    private final Map<String, Path> claims;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    PodRunner(KubernetesClient client, Path folder, ImageFiles image, Map<String, Path> claims) {
        this.client = client;
        this.folder = folder;
        this.image = image;
        this.claims = claims;
        client.pods().inNamespace(KubernetesServer.NAMESPACE).watch(this);
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
        String name = pod.getMetadata().getName();
        if (action == Action.ADDED) {
            threads.execute(() -> run(pod));
        } else if (action == Action.DELETED) {
            Optional.ofNullable(processes.get(name)).ifPresent(Process::destroyForcibly);
        }
    }

    @Override
    public void onClose(@Nullable WatcherException cause) {
        // the server has gone, as tests want it
    }

    /** Ends what runs in a pod as the kernel does when the container's memory is used up. */
    void killForMemory(String pod) {
        reasons.put(pod, KILLED_FOR_MEMORY);
        Process process = Objects.requireNonNull(processes.get(pod));
        process.descendants()
                .filter(p -> p.info().command().orElse("").endsWith("/java"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** What a pod has printed. */
    String log(String pod) {
        try {
            return Files.readString(folder.resolve(pod + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Pod pod) {
        String name = pod.getMetadata().getName();
        try {
            Process process = start(pod);
            processes.put(name, process);
            PodStatuses.running(client, pod);
            int code = process.waitFor();
            // the name of a signal is told a moment after its exit code
            String reason = reasons.getOrDefault(name, code == 0 ? "Completed" : "Error");
            PodStatuses.ended(client, pod, reason.equals(KILLED_FOR_MEMORY) ? KILLED : code, reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KubernetesClientException e) {
            // the pod, or the server, has gone meanwhile
        }
    }

    private Process start(Pod pod) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve(pod.getMetadata().getName()));
        Container container = pod.getSpec().getContainers().get(0);
        Map<String, Path> mounts = new LinkedHashMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = pod.getSpec().getVolumes().stream()
                    .filter(v -> v.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            mounts.put(mount.getMountPath(), content(volume, home));
        }
        mounts.put("/etc/hosts", hosts(pod, home));
        var security = pod.getSpec().getSecurityContext();
        String user = security == null || security.getRunAsUser() == null ? "185" : "" + security.getRunAsUser();
        return image.start(
                home,
                folder.resolve(pod.getMetadata().getName() + ".log"),
                new ImageFiles.Start(
                        pod.getMetadata().getName(), user, mounts, environment(pod, container), arguments(container)));
    }

    private static List<String> arguments(Container container) {
        return container.getArgs() == null ? List.of() : container.getArgs();
    }

    private static Map<String, String> environment(Pod pod, Container container) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(pod, variable));
        }
        return environment;
    }

    private static String value(Pod pod, EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue() == null ? "" : variable.getValue();
        }
        return switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
            case "status.podIP" -> "127.0.0.1";
            case "metadata.name" -> pod.getMetadata().getName();
            default -> throw new IllegalStateException("a field that this node does not know: " + variable);
        };
    }

    private Path content(Volume volume, Path home) throws IOException, InterruptedException {
        if (volume.getPersistentVolumeClaim() != null) {
            return Objects.requireNonNull(
                    claims.get(volume.getPersistentVolumeClaim().getClaimName()));
        }
        Path here = Files.createDirectories(home.resolve("volumes").resolve(volume.getName()));
        if (volume.getConfigMap() != null) {
            ConfigMap map = awaitMap(volume.getConfigMap().getName());
            for (Map.Entry<String, String> file : map.getData().entrySet()) {
                Files.writeString(here.resolve(named(volume, file.getKey())), file.getValue());
            }
        } else if (volume.getEmptyDir() != null) {
            here.toFile().setWritable(true, false);
        } else {
            throw new IllegalStateException("a volume that this node does not know: " + volume);
        }
        return here;
    }

    /** The name that a file of a config map has in a pod. */
    private static String named(Volume volume, String key) {
        return volume.getConfigMap().getItems().stream()
                .filter(item -> item.getKey().equals(key))
                .map(KeyToPath::getPath)
                .findFirst()
                .orElse(key);
    }

    /** Spark makes it after the pod; a node waits for it. */
    private ConfigMap awaitMap(String name) throws InterruptedException {
        ConfigMap map = null;
        while (map == null) {
            Thread.sleep(POLL_MS);
            map = client.configMaps()
                    .inNamespace(KubernetesServer.NAMESPACE)
                    .withName(name)
                    .get();
        }
        return map;
    }

    private Path hosts(Pod pod, Path home) throws IOException {
        List<String> names =
                new ArrayList<>(List.of("localhost", pod.getMetadata().getName()));
        client.services()
                .inNamespace(KubernetesServer.NAMESPACE)
                .list()
                .getItems()
                .forEach(service -> {
                    String name = service.getMetadata().getName();
                    names.addAll(List.of(name, name + "." + KubernetesServer.NAMESPACE + ".svc"));
                });
        return Files.writeString(home.resolve("hosts"), "127.0.0.1 " + String.join(" ", names) + "\n");
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
        threads.shutdownNow();
    }
}
