package io.spectractor.batch.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks a file system many things, one for each entry of a list; where an answer takes long, many at a time. */
public final class Lookups {
    private static final int AT_A_TIME = 16;

    private Lookups() {}

    /** A question about an entry. */
    @FunctionalInterface
    public interface Question<T> {
        boolean test(T entry) throws IOException;
    }

    /**
     * The entries for which the answer is yes, in their order.
     *
     * @param place what is asked: one at a time if it is of this machine
     * @param question may be asked from several threads at once
     * @throws IOException that of the first entry whose question failed
     */
    public static <T> List<T> select(Path place, List<T> entries, Question<T> question) throws IOException {
        List<T> selected = new ArrayList<>();
        if (PathResolver.isLocal(place) || entries.size() < 2) {
            for (T entry : entries) {
                if (question.test(entry)) {
                    selected.add(entry);
                }
            }
            return selected;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_A_TIME, entries.size()));
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (T entry : entries) {
                answers.add(pool.submit(() -> question.test(entry)));
            }
            for (int i = 0; i < entries.size(); i++) {
                if (answers.get(i).get()) {
                    selected.add(entries.get(i));
                }
            }
            return selected;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + place);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
