package io.spectractor.batch.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path folder;

    ExclusiveFileLock(Path folder) {
        this.folder = folder;
    }

    @Override
    public Closeable acquire(String productName) throws IOException {
        Path file = folder.resolve("." + productName + ".lock");
        for (long waited = 0; ; waited += PAUSE_MS) {
            try {
                Files.createFile(file);
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

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the commit lock");
        }
    }
}
