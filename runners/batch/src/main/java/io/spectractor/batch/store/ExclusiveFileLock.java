package io.spectractor.batch.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock file per product, for file systems that know no other locks. It says whose it is from its first moment, however
 * the attempt that makes it ends: where a file has a name before it is whole, but rename fails where a file is already, it is
 * written under a name of its own and then renamed; an object store makes it whole, or refuses to. A commit takes well below
 * a second; a lock that is still there after a minute was left by a process that died in the middle, and is broken. An object
 * store that is overloaded is given longer.
 */
final class ExclusiveFileLock implements CommitLock {
    private static final Logger LOG = LoggerFactory.getLogger(ExclusiveFileLock.class);
    private static final long PATIENCE_MS = 60_000;
    private static final long PATIENCE_WITH_STORE_MS = 180_000;
    private static final long PAUSE_MS = 100;

    private static final String ENDING = ".lock";
    private static final Pattern PART = Pattern.compile("\\..+\\.lock\\.([A-Za-z0-9_-]+)\\.\\d+-\\d+\\.part");

    private final Path folder;
    private final String runId;
    private final boolean renames;
    private final AtomicLong made = new AtomicLong();

    private ExclusiveFileLock(Path folder, String runId, boolean renames) {
        this.folder = folder;
        this.runId = runId;
        this.renames = renames;
    }

    /** For file systems such as HDFS, whose rename is atomic and does not replace. */
    static ExclusiveFileLock renamed(Path folder, String runId) {
        return new ExclusiveFileLock(folder, runId, true);
    }

    /** For object stores, which make a new file whole or refuse to. */
    static ExclusiveFileLock made(Path folder, String runId) {
        return new ExclusiveFileLock(folder, runId, false);
    }

    /** Locks say whose they are: those of runs that are over were left by attempts that were killed. */
    @Override
    public int sweep(Predicate<String> runIsAlive) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.toList();
        }
        int swept = 0;
        for (Path entry : entries) {
            Optional<String> owner = owner(entry);
            if (owner.isPresent() && !runIsAlive.test(owner.get())) {
                swept += Files.deleteIfExists(entry) ? 1 : 0;
            }
        }
        return swept;
    }

    /** The run of a lock, or of what was to become one; empty for other files. */
    private static Optional<String> owner(Path entry) throws IOException {
        String name = String.valueOf(entry.getFileName());
        Matcher part = PART.matcher(name);
        if (part.matches()) {
            return Optional.of(part.group(1));
        }
        if (!name.endsWith(ENDING)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(entry));
        } catch (NoSuchFileException e) {
            LOG.trace("{} is gone", entry, e);
            return Optional.empty();
        }
    }

    @Override
    public Closeable acquire(String productName) throws IOException {
        String name = "." + productName + ENDING;
        Path file = folder.resolve(name);
        if (!renames) {
            await(() -> Files.writeString(file, runId, StandardOpenOption.CREATE_NEW), file, PATIENCE_WITH_STORE_MS);
            return () -> Files.deleteIfExists(file);
        }
        long pid = ProcessHandle.current().pid();
        Path part = folder.resolve(name + "." + runId + "." + pid + "-" + made.incrementAndGet() + ".part");
        try {
            Files.writeString(part, runId);
            await(() -> Files.move(part, file), file, PATIENCE_MS);
        } catch (IOException e) {
            deleteQuietly(part);
            throw e;
        }
        return () -> Files.deleteIfExists(file);
    }

    /** Makes the lock, unless it is there. */
    @FunctionalInterface
    private interface Attempt {
        Path make() throws IOException;
    }

    private static void await(Attempt attempt, Path file, long patienceMs) throws IOException {
        for (long waited = 0; ; waited += PAUSE_MS) {
            try {
                LOG.trace("made {}", attempt.make());
                return;
            } catch (FileAlreadyExistsException e) {
                LOG.trace("waiting for {}", file, e);
            }
            if (waited >= patienceMs) {
                LOG.warn("{} was left by a process that died; breaking it", file);
                Files.deleteIfExists(file);
                waited = 0;
            }
            pause();
        }
    }

    /** What cannot be deleted now is swept at the end of the run. */
    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("cannot delete {}", file, e);
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the commit lock");
        }
    }
}
