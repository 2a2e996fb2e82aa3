package io.spectractor.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;

/** Keeps what it is told, and gives a new pod a status, as each API server does at once: Spark relies on that. */
final class PendingPods extends KubernetesCrudDispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        if (!request.getPath().endsWith("/pods")) {
            return super.handleCreate(request);
        }
        try {
            ObjectNode pod = (ObjectNode) JSON.readTree(request.getUtf8Body());
            pod.putObject("status").put("phase", "Pending");
            Buffer body = new Buffer(JSON.writeValueAsString(pod).getBytes(StandardCharsets.UTF_8));
            return super.handleCreate(new RecordedRequest(
                    request.getHttpVersion(), request.method(), request.getPath(), request.getHeaders(), body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a pod: " + request, e);
        }
    }
}
