package io.spectractor.batch.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lock for all products of a folder, of the operating system, which takes it away when its holder dies. */
final class FileCommitLock implements CommitLock {
    private static final Logger LOG = LoggerFactory.getLogger(FileCommitLock.class);
    private static final int TRIES = 2000;
    private static final long PAUSE_MS = 5;

    private final Path folder;
    private final ReentrantLock threads = new ReentrantLock();

    FileCommitLock(Path folder) {
        this.folder = folder;
    }

    @Override
    public Closeable acquire(String productName) throws IOException {
        threads.lock();
        boolean acquired = false;
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = lock(channel);
                LOG.trace("commit of {} under {}", productName, lock);
                acquired = true;
            } finally {
                if (!acquired) {
                    channel.close();
                }
            }
            return () -> release(channel);
        } finally {
            if (!acquired) {
                threads.unlock();
            }
        }
    }

    private void release(FileChannel channel) throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }

    /** The lock, or null where the file system has none: then two runs that commit at once may both write. */
    private static @Nullable FileLock lock(FileChannel channel) throws InterruptedIOException {
        for (int i = 0; ; i++) {
            try {
                return channel.lock();
            } catch (IOException e) {
                LOG.debug("no file locks here", e);
                return null;
            } catch (OverlappingFileLockException e) {
                // another run in this process
                if (i == TRIES) {
                    LOG.warn("another run has held the commit lock for too long; continuing without", e);
                    return null;
                }
                pause();
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
