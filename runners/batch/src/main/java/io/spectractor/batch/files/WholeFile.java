package io.spectractor.batch.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that appear under their names whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file; one that is there is replaced. Where files have names before they are whole, another name is used
     * first.
     *
     * @throws IOException if it cannot be written; then nothing changed under its name
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        if (PathResolver.isObject(file)) {
            Files.write(file, bytes);
            return;
        }
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same for a text. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
