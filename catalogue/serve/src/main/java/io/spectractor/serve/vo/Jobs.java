package io.spectractor.serve.vo;

import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queries in the background. They are kept in memory, and their results on disk, until they are destroyed or the server ends. */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    /** A job waits in the background until it is its turn. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration KEPT = Duration.ofDays(7);

    private final Engine engine;
    private final Supplier<List<TableSpec>> tables;
    private final Limits limits;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService workers;

    /**
     * @param tables what a query may ask when it runs
     */
    public Jobs(Engine engine, Supplier<List<TableSpec>> tables) {
        this.engine = engine;
        this.tables = tables;
        this.limits = engine.limits();
        // one turn stays free for those who wait for their answer
        this.workers = Executors.newFixedThreadPool(Math.max(1, limits.queries() - 1), work -> {
            Thread thread = new Thread(work, "job");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A new one, pending. Where as many are kept as may be, it takes the place of the oldest that has nothing to lose: one that nobody
     * started, that failed or was stopped.
     *
     * @throws BusyException if all that are kept wait, run, or have a result
     */
    public synchronized Job create(Parameters parameters, List<Upload> uploads) {
        tidy();
        if (jobs.size() >= limits.jobs()) {
            destroy(jobs.values().stream()
                    .filter(job -> job.phase().isExpendable())
                    .min(Comparator.comparing(Job::created))
                    .orElseThrow(BusyException::new));
        }
        byte[] id = new byte[12];
        random.nextBytes(id);
        Job job = new Job(
                HexFormat.of().formatHex(id),
                parameters,
                uploads,
                Instant.now().plus(KEPT),
                limits.asyncTime().toSeconds());
        jobs.put(job.id(), job);
        return job;
    }

    /** The one of an identifier, null if there is none. */
    public @Nullable Job get(String id) {
        tidy();
        return jobs.get(id);
    }

    /** All, the newest first. */
    public List<Job> all() {
        tidy();
        return jobs.values().stream()
                .sorted(Comparator.comparing(Job::created).reversed())
                .toList();
    }

    /** Puts a pending one into the queue. */
    public void run(Job job) {
        if (job.queue()) {
            workers.execute(() -> evaluate(job));
        }
    }

    private void evaluate(Job job) {
        if (!job.begin()) {
            return;
        }
        try {
            TapQuery query = TapQuery.of(job.parameters(), limits, job.takeUploads());
            engine.requireRoom();
            Path file = query.evaluate(engine, tables.get(), Duration.ofSeconds(job.durationS()), PATIENCE, job.stop());
            job.complete(file, query.format());
            if (job.phase() != Job.Phase.COMPLETED) {
                delete(file);
            }
        } catch (QueryRejectedException | BusyException e) {
            job.fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // the thread goes on with the next; a job that nobody ends would be in progress for ever
            LOG.error("job {}", job.id(), e);
            job.fail("the server failed; its log says more");
        }
    }

    /** Ends it, and takes it and its result away. */
    public void destroy(Job job) {
        jobs.remove(job.id());
        job.abort();
        if (job.result() != null) {
            delete(job.result());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tidy() {
        Instant now = Instant.now();
        jobs.values().stream().filter(job -> job.destruction().isBefore(now)).forEach(this::destroy);
    }

    @Override
    public void close() {
        jobs.values().forEach(this::destroy);
        workers.shutdownNow();
    }
}
