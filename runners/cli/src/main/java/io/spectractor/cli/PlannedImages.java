package io.spectractor.cli;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The images of a plan before a run: a look into their headers. */
final class PlannedImages {
    /** Waiting for a network file system costs more than computing. */
    private static final int READERS = 8;

    private PlannedImages() {}

    /** What all files say, by the index of the image; files that say nothing are left out. */
    static <T> Map<Integer, T> peekAll(List<WorkItem> items, HeaderQuery<T> look) throws InterruptedException {
        Map<Integer, T> found = new ConcurrentHashMap<>();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            for (WorkItem item : items) {
                readers.execute(() -> peek(item, look).ifPresent(value -> found.put(item.index(), value)));
            }
            readers.shutdown();
            if (!readers.awaitTermination(1, TimeUnit.DAYS)) {
                throw new IllegalStateException("the headers were not read within a day");
            }
        } finally {
            readers.shutdownNow();
        }
        return found;
    }

    /** Reads what is wanted from the start of a file. */
    @FunctionalInterface
    interface HeaderQuery<T> {
        Optional<T> at(InputStream stream) throws IOException;
    }

    /** The value from the header; nothing if it can't be read now: the image itself will tell. */
    static <T> Optional<T> peek(WorkItem item, HeaderQuery<T> look) {
        try (InputStream stream = Files.newInputStream(PathResolver.path(item.input()))) {
            return look.at(stream);
        } catch (IOException | UsageException e) {
            return Optional.empty();
        }
    }
}
