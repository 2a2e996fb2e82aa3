package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.core.outcome.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files that users name. */
final class TextFiles {
    private TextFiles() {}

    /**
     * Content of a file.
     *
     * @throws UsageException if it can't be read
     */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + FileReason.of(e), e);
        }
    }
}
