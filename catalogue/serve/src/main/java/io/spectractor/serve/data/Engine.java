package io.spectractor.serve.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB in memory. It may read the catalogue's folders and nothing else, knows no extension, and can't be told otherwise
 * later; so many queries begin at a time, and others wait for their turn. What takes long gives its turn away and goes on beside
 * the others.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /** How long one who waits for an answer may wait for a turn. */
    public static final Duration TURN = Duration.ofSeconds(30);
    /** A query that takes longer lets the next one begin, so that a few long ones don't keep all short ones waiting. */
    private static final int ALONE_S = 3;
    /** So many times the queries that may begin at once are at work at most. */
    private static final int AT_WORK = 4;

    private final DuckDBConnection root;
    private final Limits limits;
    private final Path temporary;
    private final Semaphore turns;
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "query-clock");
        thread.setDaemon(true);
        return thread;
    });

    private Engine(DuckDBConnection root, Limits limits, Path temporary) {
        this.root = root;
        this.limits = limits;
        this.temporary = temporary;
        this.turns = new Semaphore(limits.queries(), true);
        this.places = new Semaphore(AT_WORK * limits.queries(), true);
    }

    /**
     * Starts one.
     *
     * @param readable folders that it may read
     * @param temporary a folder of its own, for what memory does not hold and for results
     */
    public static Engine start(Limits limits, List<Path> readable, Path temporary) {
        try {
            Files.createDirectories(temporary.resolve("engine"));
            Files.createDirectories(temporary.resolve("results"));
            DuckDBConnection root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", new Properties());
            String folders = Stream.concat(readable.stream(), Stream.of(temporary))
                    .map(path -> Names.literal(path.toAbsolutePath() + "/"))
                    .collect(Collectors.joining(", ", "[", "]"));
            try (Statement set = root.createStatement()) {
                set.execute("SET memory_limit = '" + limits.memoryMb() + "MB'");
                set.execute("SET temp_directory = "
                        + Names.literal(temporary.resolve("engine").toString()));
                set.execute("SET max_temp_directory_size = '" + limits.diskMb() + "MB'");
                set.execute("SET integer_division = true");
                set.execute("SET TimeZone = 'UTC'");
                set.execute("SET default_null_order = 'nulls_last'");
                set.execute("SET autoinstall_known_extensions = false");
                set.execute("SET autoload_known_extensions = false");
                set.execute("SET allowed_directories = " + folders);
                set.execute("SET enable_external_access = false");
                set.execute("SET lock_configuration = true");
            }
            return new Engine(root, limits, temporary);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("DuckDB cannot be started: " + e.getMessage(), e);
        }
    }

    /** Where results lie until they are fetched. */
    public Path results() {
        return temporary.resolve("results");
    }

    /**
     * Looks whether one more result may be kept.
     *
     * @throws QueryRejectedException if those that are kept fill what temporary files may
     */
    public void requireRoom() {
        try (Stream<Path> files = Files.list(results())) {
            long bytes = files.mapToLong(file -> file.toFile().length()).sum();
            if (bytes > limits.diskMb() * 1_000_000) {
                throw new QueryRejectedException("results that are kept fill the " + limits.diskMb()
                        + " MB that this server gives them; delete jobs that nobody needs any more");
            }
        } catch (IOException e) {
            throw new IllegalStateException("the folder of results cannot be read: " + e.getMessage(), e);
        }
    }

    public Limits limits() {
        return limits;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Session session) throws SQLException, IOException;
    }

    /** One who asks: a connection, whose temporary tables nobody else sees. */
    public static final class Session {
        private final Connection connection;
        private final Statement statement;
        private final Stop stop;

        private Session(Connection connection, Statement statement, Stop stop) {
            this.connection = connection;
            this.statement = statement;
            this.stop = stop;
        }

        /** Whether the one who asks has gone, or the time is over: what is written row by row ends then. */
        boolean isStopped() {
            return stop.isStopped();
        }

        public Connection connection() {
            return connection;
        }

        /** The statement that the clock stops. */
        public Statement statement() {
            return statement;
        }
    }

    /** Something that stops work from outside. */
    public static final class Stop {
        private volatile boolean stopped;
        private volatile @org.jspecify.annotations.Nullable Statement running;

        /** Stops what runs, or what would. */
        public void now() {
            stopped = true;
            Statement statement = running;
            if (statement != null) {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException("the query cannot be stopped", e);
                }
            }
        }

        public boolean isStopped() {
            return stopped;
        }
    }

    /**
     * Does something when its turn has come.
     *
     * @param time how long it may take
     * @throws QueryRejectedException if the engine refuses, it takes too long, or is stopped
     * @throws BusyException if too many wait, or its turn has not come within {@link #TURN}
     */
    public <T> T run(Duration time, Stop stop, Work<T> work) {
        return run(time, TURN, stop, work);
    }

    /**
     * Does something when its turn has come.
     *
     * @param time how long it may take
     * @param patience how long it may wait
     * @throws QueryRejectedException if the engine refuses, it takes too long, or is stopped
     * @throws BusyException if too many wait, or its turn has not come
     */
    public <T> T run(Duration time, Duration patience, Stop stop, Work<T> work) {
        try (Turn turn = takeTurn(stop, patience);
                Connection connection = root.duplicate();
                Statement statement = connection.createStatement()) {
            stop.running = statement;
            boolean[] late = new boolean[1];
            var alarm = clock.schedule(
                    () -> {
                        late[0] = true;
                        stop.now();
                    },
                    time.toMillis(),
                    TimeUnit.MILLISECONDS);
            var enough = clock.schedule(turn::give, ALONE_S, TimeUnit.SECONDS);
            try {
                if (stop.isStopped()) {
                    throw new QueryRejectedException("the query was stopped");
                }
                return work.with(new Session(connection, statement, stop));
            } catch (SQLException | IOException e) {
                if (stop.isStopped()) {
                    throw new QueryRejectedException(
                            late[0]
                                    ? "the query took longer than " + time.toSeconds() + " s and was stopped"
                                    : "the query was stopped",
                            e);
                }
                // rows are computed while they are written, too
                SQLException refused =
                        e instanceof SQLException s ? s : e.getCause() instanceof SQLException s ? s : null;
                if (refused == null) {
                    throw new IllegalStateException("a result cannot be written: " + e.getMessage(), e);
                }
                throw new QueryRejectedException(reason(refused), e);
            } finally {
                alarm.cancel(false);
                enough.cancel(false);
                stop.running = null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the engine failed: " + e.getMessage(), e);
        }
    }

    /** A place at work, and for a while the right to be one of the few that begin. */
    private final class Turn implements AutoCloseable {
        private final AtomicBoolean given = new AtomicBoolean();

        /** Lets the next one begin. */
        void give() {
            if (given.compareAndSet(false, true)) {
                turns.release();
            }
        }

        @Override
        public void close() {
            give();
            places.release();
        }
    }

    private Turn takeTurn(Stop stop, Duration patience) {
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            throw new BusyException();
        }
        try {
            long until = System.nanoTime() + patience.toNanos();
            await(places, stop, until);
            try {
                await(turns, stop, until);
            } catch (BusyException | InterruptedException e) {
                places.release();
                throw e;
            }
            return new Turn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static void await(Semaphore free, Stop stop, long until) throws InterruptedException {
        while (!free.tryAcquire(200, TimeUnit.MILLISECONDS)) {
            if (stop.isStopped() || System.nanoTime() > until) {
                throw new BusyException();
            }
        }
    }

    /** The message of the engine, without where in our SQL that is. */
    private static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage()).split("\n", 2)[0].strip();
        if (message.contains("Out of Memory") || message.contains("max_temp_directory_size")) {
            return "the query needs more memory than this server gives; ask for fewer rows or columns at a time";
        }
        if (message.startsWith("IO Error") || message.contains(".parquet")) {
            LOG.warn("a query failed: {}", e.getMessage());
            return "a file of the catalogue cannot be read: the catalogue has changed meanwhile, or the file is damaged"
                    + " ('spectractor catalogue verify' tells)";
        }
        // where our folders are is nobody's business
        return message.replaceAll("(^|[\\s'\"(])/[^\\s'\")]*/[^\\s'\")]*", "$1...");
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            root.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot be closed: " + e.getMessage(), e);
        }
    }
}
