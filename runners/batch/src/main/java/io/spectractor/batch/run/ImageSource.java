package io.spectractor.batch.run;

import io.spectractor.batch.files.PathResolver;
import java.io.IOException;
import java.nio.file.Files;

/** Reads the bytes of an image file, on the worker that needs them. */
@FunctionalInterface
public interface ImageSource {
    /** The whole file at this place. */
    byte[] read(String input) throws IOException;

    /** Files by their paths or URLs. */
    static ImageSource files() {
        return input -> Files.readAllBytes(PathResolver.path(input));
    }
}
