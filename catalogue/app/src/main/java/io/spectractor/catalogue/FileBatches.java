package io.spectractor.catalogue;

import io.spectractor.hats.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Files of spectra in batches whose rows fit into memory.
 *
 * @param batches the files, in their order
 * @param memory bytes that the largest batch takes, about
 */
record FileBatches(List<List<Path>> batches, long memory) {
    /** Rows get a quarter of the heap; a table of them is made beside. */
    private static final int PART_OF_HEAP = 4;
    /** A product has its covariance besides what a row takes of it. */
    private static final long ROW = 64 << 10;
    /** Numbers of a nightly file are stored as they are; the row adds what is above the air. */
    private static final int OF_NIGHT = 2;

    /**
     * Divides files.
     *
     * @param heap bytes of the heap
     * @throws CatalogueException if a file's size cannot be had
     */
    static FileBatches of(List<Path> files, long heap) {
        List<List<Path>> batches = new ArrayList<>();
        List<Path> batch = new ArrayList<>();
        long held = 0;
        long most = 0;
        for (Path file : files) {
            long its = memory(file);
            if (!batch.isEmpty() && held + its > heap / PART_OF_HEAP) {
                batches.add(List.copyOf(batch));
                batch.clear();
                held = 0;
            }
            batch.add(file);
            held += its;
            most = Math.max(most, held);
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return new FileBatches(batches, most);
    }

    private static long memory(Path file) {
        try {
            boolean night =
                    !String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".fits");
            return night ? OF_NIGHT * Files.size(file) : ROW;
        } catch (IOException e) {
            throw new CatalogueException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A line that states what is going to be done. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%d files in %d %s; they take up to %d MB",
                batches.stream().mapToInt(List::size).sum(),
                batches.size(),
                batches.size() == 1 ? "part" : "parts",
                (memory + (1 << 20) - 1) >> 20);
    }
}
