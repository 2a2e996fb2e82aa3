package io.spectractor.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what it is told, and has two manners of each API server that Spark relies on and the mock has not: a new pod has a status
 * at once, and what is applied is created where it is not there.
 */
final class ApiDispatcher extends KubernetesCrudDispatcher {
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

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        // reading it empties it
        byte[] body = request.getUtf8Body().getBytes(StandardCharsets.UTF_8);
        MockResponse answer = super.handlePatch(with(request, request.method(), request.getPath(), body));
        String path = request.getPath().replaceFirst("\\?.*", "");
        if (answer.code() != HttpURLConnection.HTTP_NOT_FOUND
                || !request.getPath().contains("fieldManager=")) {
            return answer;
        }
        return super.handleCreate(with(request, HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), body));
    }

    private static RecordedRequest with(RecordedRequest like, HttpMethod method, String path, byte[] body) {
        return new RecordedRequest(like.getHttpVersion(), method, path, like.getHeaders(), new Buffer(body));
    }
}
