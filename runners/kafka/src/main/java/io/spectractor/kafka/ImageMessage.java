package io.spectractor.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A message that names an image: its path or URL as it stands, or as {@code path} of a JSON object. */
final class ImageMessage {
    private ImageMessage() {}

    /**
     * The image.
     *
     * @throws UsageException if it is garbage; the message says why
     */
    static InputFile image(@Nullable String text) {
        String word = text == null ? "" : text.strip();
        if (word.startsWith("{")) {
            word = path(word);
        }
        if (word.isEmpty() || word.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException("it names no file");
        }
        Path path = PathResolver.path(word);
        if (!path.isAbsolute()) {
            throw new UsageException("its path is not absolute");
        }
        InputFile image = InputFile.of(path);
        if (!Files.exists(path)) {
            throw new UsageException("there is no file " + path);
        }
        return image;
    }

    private static String path(String json) {
        try {
            JsonNode path = Json.read(json, JsonNode.class).get("path");
            return path != null && path.isTextual() ? path.asText().strip() : "";
        } catch (IOException e) {
            throw new UsageException("it is not valid JSON", e);
        }
    }
}
