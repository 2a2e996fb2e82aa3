package io.spectractor.batch.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock file per product, for file systems that make a file exclusively and know no other locks. A commit takes well below
 * a second; a lock that is still there after a minute was left by a process that died in the middle, and is broken.
 */
final class ExclusiveFileLock implements CommitLock {
    private static final Logger LOG = LoggerFactory.getLogger(ExclusiveFileLock.class);
    private static final long PATIENCE_MS = 60_000;
    private static final long PAUSE_MS = 100;

    private static final String ENDING = ".lock";

    private final Path folder;
    private final String runId;

    ExclusiveFileLock(Path folder, String runId) {
        this.folder = folder;
        this.runId = runId;
    }

    /** Locks say whose they are: those of runs that are over were left by attempts that were killed. */
    @Override
    public int sweep(Predicate<String> runIsAlive) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        List<Path> locks;
        try (Stream<Path> entries = Files.list(folder)) {
            locks = entries.filter(p -> String.valueOf(p.getFileName()).endsWith(ENDING))
                    .toList();
        }
        int swept = 0;
        for (Path lock : locks) {
            String owner;
            try {
                owner = Files.readString(lock);
            } catch (NoSuchFileException e) {
                LOG.trace("{} is gone", lock, e);
                continue;
            }
            boolean over = owner.isEmpty() ? !isYoung(lock) : !runIsAlive.test(owner);
            if (over) {
                swept += Files.deleteIfExists(lock) ? 1 : 0;
            }
        }
        return swept;
    }

    /** One without a name may be being made just now. */
    private static boolean isYoung(Path lock) throws IOException {
        try {
            FileTime made = Files.getLastModifiedTime(lock);
            return System.currentTimeMillis() - made.toMillis() < PATIENCE_MS;
        } catch (NoSuchFileException e) {
            LOG.trace("{} is gone", lock, e);
            return true;
        }
    }

    @Override
    public Closeable acquire(String productName) throws IOException {
        Path file = folder.resolve("." + productName + ENDING);
        for (long waited = 0; ; waited += PAUSE_MS) {
            try {
                make(file);
                return () -> Files.deleteIfExists(file);
            } catch (FileAlreadyExistsException e) {
                LOG.trace("waiting for {}", file, e);
            }
            if (waited >= PATIENCE_MS) {
                LOG.warn("{} was left by a process that died; breaking it", file);
                Files.deleteIfExists(file);
                waited = 0;
            }
            pause();
        }
    }

    /** A lock that cannot be written whole, because a quota is full, is none and must not be waited for by others. */
    private void make(Path file) throws IOException {
        SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        boolean written = false;
        try (channel) {
            ByteBuffer name = ByteBuffer.wrap(runId.getBytes(StandardCharsets.UTF_8));
            while (name.hasRemaining()) {
                channel.write(name);
            }
            channel.close();
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
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
