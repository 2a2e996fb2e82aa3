package io.spectractor.app;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What a node says of its pods. */
final class PodStatuses {
    private static final String TIME = "2026-11-29T22:00:00Z";

    private PodStatuses() {}

    /** Its container runs. */
    static void running(KubernetesClient client, Pod pod) {
        ContainerState state = new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(TIME)
                .endRunning()
                .build();
        set(client, pod, "Running", state);
    }

    /** Its container has ended. */
    static void ended(KubernetesClient client, Pod pod, int code, String reason) {
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .withStartedAt(TIME)
                .withFinishedAt(TIME)
                .endTerminated()
                .build();
        set(client, pod, code == 0 ? "Succeeded" : "Failed", state);
    }

    private static void set(KubernetesClient client, Pod pod, String phase, ContainerState state) {
        var container = pod.getSpec().getContainers().get(0);
        client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(now -> new PodBuilder(now)
                        .withNewStatus()
                        .withPhase(phase)
                        .withPodIP("127.0.0.1")
                        .withHostIP("127.0.0.1")
                        .withStartTime(TIME)
                        .addNewContainerStatus()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withRestartCount(0)
                        .withReady(state.getRunning() != null)
                        .withState(state)
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }
}
