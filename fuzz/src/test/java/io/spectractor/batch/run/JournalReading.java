package io.spectractor.batch.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a journal from its bytes, as a resumed run reads it from its folder. */
public final class JournalReading {
    private static final Path FILE = file();

    private JournalReading() {}

    private static Path file() {
        try {
            Path memory = Path.of("/dev/shm");
            Path file = Files.isWritable(memory)
                    ? Files.createTempFile(memory, "journal", ".jsonl")
                    : Files.createTempFile("journal", ".jsonl");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads them. */
    public static void read(byte[] bytes) throws IOException {
        Files.write(FILE, bytes);
        Journal.read(FILE);
    }
}
