package io.spectractor.catalogue.engine;

import io.spectractor.hats.CatalogueException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many tasks at a time, and no more. */
public final class Threads {
    private Threads() {}

    /**
     * Does tasks; the first failure ends the others.
     *
     * @param atATime how many run at a time
     * @return their results, in the order of the tasks
     * @throws CatalogueException if one fails by a checked exception, or this thread is interrupted
     */
    public static <T> List<T> run(int atATime, List<Callable<T>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(atATime);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new CatalogueException("a partition failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogueException("stopped before the end; nothing was changed", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
