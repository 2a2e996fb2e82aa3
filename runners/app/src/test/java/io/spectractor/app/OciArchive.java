package io.spectractor.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OCI archive, unpacked: what its index says. */
final class OciArchive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OciArchive() {}

    /** Files of the layers, bottom first. */
    static List<Path> layers(Path archive) {
        List<Path> layers = new ArrayList<>();
        manifest(archive).get("layers").forEach(layer -> layers.add(blob(archive, layer)));
        return layers;
    }

    /** Variables that the image sets. */
    static Map<String, String> environment(Path archive) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode one : read(blob(archive, manifest(archive).get("config")))
                .get("config")
                .get("Env")) {
            String[] parts = one.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }

    private static JsonNode manifest(Path archive) {
        return read(blob(
                archive, read(archive.resolve("index.json")).get("manifests").get(0)));
    }

    private static Path blob(Path archive, JsonNode descriptor) {
        String digest = descriptor.get("digest").asText();
        return archive.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
