package io.spectractor.batch.run;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.PathResolver;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says that a process works on a run. The operating system takes the lock away when the process is gone, however it went.
 *
 * <p>A file system that is not mounted, such as HDFS, takes it away too, but only when it has not heard of the process for
 * a minute. So a lock there that a process of this host does not hold is waited for.
 *
 * <p>On a file system without locks the owner's file tells host and process; a process of another host then counts as
 * alive, because nobody can know.
 */
final class RunLock implements Closeable {
    private static final String FILE = "lock";
    private static final String OWNER = "owner";
    /** What HDFS waits for a sign of life, and some more for it to notice. */
    private static final long PATIENCE_MS = 75_000;

    private static final long PAUSE_MS = 2000;

    private final FileChannel channel;
    private final @Nullable FileLock lock;
    private final Path runFolder;

    private RunLock(Path runFolder, FileChannel channel, @Nullable FileLock lock) {
        this.runFolder = runFolder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock. Waits for one that may be that of a process that died, where the file system does not know.
     *
     * @param stop ends the waiting
     * @param say what there is to wait for
     * @throws UsageException if another process has it
     */
    static RunLock acquire(Path runFolder, StopSignal stop, Consumer<String> say) throws IOException {
        RunLock lock = attempt(runFolder);
        if (lock == null && !PathResolver.isLocal(runFolder) && !ownerIsHere(runFolder)) {
            say.accept("run " + runFolder.getFileName() + " is not free: if the process that worked on it has died,"
                    + " that is over in a minute; waiting for the file system to take its lock away");
            for (long waited = 0; lock == null && waited < PATIENCE_MS && !stop.stopRequested(); waited += PAUSE_MS) {
                pause();
                lock = attempt(runFolder);
            }
        }
        if (lock == null) {
            throw new UsageException("run " + runFolder.getFileName() + " is being worked on by another process; "
                    + "'spectractor status' shows it, 'spectractor cancel' stops it");
        }
        Files.writeString(
                runFolder.resolve(OWNER),
                Machine.host() + " " + ProcessHandle.current().pid());
        return lock;
    }

    /** The lock, or null if another process has it. */
    private static @Nullable RunLock attempt(Path runFolder) throws IOException {
        FileChannel channel =
                FileChannel.open(runFolder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        boolean taken;
        try {
            lock = channel.tryLock();
            taken = lock == null;
        } catch (OverlappingFileLockException e) {
            taken = true;
        } catch (IOException e) {
            taken = ownerAlive(runFolder);
        }
        if (taken) {
            channel.close();
            return null;
        }
        return new RunLock(runFolder, channel, lock);
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the lock of the run");
        }
    }

    /** Whether a process works on the run in this folder. */
    static boolean isAlive(Path runFolder) {
        Path file = runFolder.resolve(FILE);
        if (!Files.exists(runFolder.resolve(OWNER)) || !Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return ownerAlive(runFolder);
        }
    }

    private static boolean ownerAlive(Path runFolder) {
        return owner(runFolder).filter(o -> !o.isOfThisHost() || o.isProcess()).isPresent();
    }

    /** Whether the owner is a process of this host, and alive. */
    private static boolean ownerIsHere(Path runFolder) {
        return owner(runFolder).filter(o -> o.isOfThisHost() && o.isProcess()).isPresent();
    }

    /** Who holds the lock, or held it when it died. */
    record Owner(String host, long pid) {
        boolean isOfThisHost() {
            return host.equals(Machine.host());
        }

        boolean isProcess() {
            return ProcessHandle.of(pid).isPresent();
        }
    }

    static Optional<Owner> owner(Path runFolder) {
        try {
            String[] words = Files.readString(runFolder.resolve(OWNER)).split(" ", 2);
            return words.length == 2 ? Optional.of(new Owner(words[0], Long.parseLong(words[1]))) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(runFolder.resolve(OWNER));
        if (lock != null) {
            lock.release();
        }
        channel.close();
    }
}
