package io.spectractor.calib.http;

import io.spectractor.calib.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files by their SHA-256, shared by all processes of a node: {@code sha256/<digest>}. Files appear whole or not at all
 * and are checked whenever they are read. A folder that cannot be written is used as far as it can be read.
 */
public final class ContentCache {
    private static final Logger LOG = LoggerFactory.getLogger(ContentCache.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path folder;
    private final Duration lockPatience;

    /** Fetches what the cache lacks. */
    @FunctionalInterface
    public interface Fetch {
        byte[] get() throws FetchException, InterruptedException;
    }

    /**
     * @param folder made when it is needed
     * @param lockPatience longest wait for another process that fetches the same; then it is fetched without the cache
     */
    public ContentCache(Path folder, Duration lockPatience) {
        this.folder = folder;
        this.lockPatience = lockPatience;
    }

    /** {@code $XDG_CACHE_HOME/spectractor}, or {@code ~/.cache/spectractor}. */
    public static Path defaultFolder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        // the standard says that relative paths are to be ignored
        Path base = xdg != null && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home", "."), ".cache");
        return base.resolve("spectractor");
    }

    /** Where the cache is. */
    public Path folder() {
        return folder;
    }

    /** The file with this digest if it is here and unharmed. */
    public Optional<byte[]> find(String sha256) {
        Path file = file(sha256);
        try {
            if (Files.isRegularFile(file)) {
                byte[] bytes = Files.readAllBytes(file);
                if (Sha256.of(bytes).equals(sha256)) {
                    return Optional.of(bytes);
                }
                LOG.warn("{} is damaged and will be fetched again", file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        return Optional.empty();
    }

    /**
     * The file with this digest. If several processes ask at once, one fetches and the others wait for it.
     *
     * @param fetch must return bytes of this digest
     */
    public byte[] get(String sha256, Fetch fetch) throws FetchException, InterruptedException {
        Optional<byte[]> found = find(sha256);
        if (found.isPresent()) {
            return found.get();
        }
        try (FileChannel channel = lockFile(sha256)) {
            FileLock lock = channel == null ? null : lock(channel);
            if (lock == null) {
                return fetch.get();
            }
            found = find(sha256);
            if (found.isPresent()) {
                return found.get();
            }
            sweep(sha256);
            byte[] bytes = fetch.get();
            store(file(sha256), bytes);
            return bytes;
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw new FetchException("lock of " + file(sha256) + ": " + e.getMessage(), false, e);
        }
    }

    /** Notes that a name stood for this text, e.g. a URL for a digest. */
    public void remember(String name, String text) {
        try {
            Files.createDirectories(folder.resolve("names"));
            store(note(name), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("{} is not kept in the cache: {}", name, e.toString());
        }
    }

    /** What was last noted for a name. */
    public Optional<String> recall(String name) {
        try {
            return Optional.of(Files.readString(note(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path file(String sha256) {
        return folder.resolve("sha256").resolve(sha256);
    }

    private Path note(String name) {
        return folder.resolve("names").resolve(Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable FileChannel lockFile(String sha256) {
        Path file = file(sha256).resolveSibling(sha256 + ".lock");
        try {
            Files.createDirectories(folder.resolve("sha256"));
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.info("{} cannot be written ({}): continuing without a cache", folder, e.toString());
            return null;
        }
    }

    /** A lock against other processes and other threads, or null when it is not to be had. */
    private @Nullable FileLock lock(FileChannel channel) throws InterruptedException {
        long end = System.nanoTime() + lockPatience.toNanos();
        do {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                LOG.trace("another thread of ours holds the lock");
            } catch (IOException e) {
                LOG.info("{} does not support file locks ({}): continuing without a cache", folder, e.toString());
                return null;
            }
            Thread.sleep(POLL.toMillis());
        } while (System.nanoTime() < end);
        LOG.warn("another process has been fetching it for {} s: continuing without it", lockPatience.toSeconds());
        return null;
    }

    /** Removes what a process that died under the lock has left. */
    private void sweep(String sha256) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.resolve("sha256"), sha256 + ".*.part")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private void store(Path file, byte[] bytes) {
        Path part = file.resolveSibling(file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Thread.currentThread().getId() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.info("{} is not cached: {}", file, e.toString());
            try {
                Files.deleteIfExists(part);
            } catch (IOException again) {
                LOG.debug("{} stays behind: {}", part, again.toString());
            }
        }
    }
}
