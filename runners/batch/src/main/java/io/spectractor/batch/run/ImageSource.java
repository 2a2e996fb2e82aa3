package io.spectractor.batch.run;

import java.io.IOException;

/** Reads the bytes of an image file, on the worker that needs them. */
@FunctionalInterface
public interface ImageSource {
    /** The whole file at this place. */
    byte[] read(String input) throws IOException;

    /** Takes back what {@link #read} gave, which nobody uses any more. */
    default void release(byte[] bytes) {}

    /** Files by their paths or URLs. */
    static ImageSource files() {
        return new FileSource();
    }
}
