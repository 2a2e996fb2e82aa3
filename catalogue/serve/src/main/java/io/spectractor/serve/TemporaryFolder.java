package io.spectractor.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a server's temporary files. It is locked as long as the server lives, so that the next server on the machine can tell which
 * folders were left behind by one that was killed, and removes them.
 */
final class TemporaryFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
    private static final String PREFIX = "spectractor-serve-";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel channel;

    private TemporaryFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * A new one among the machine's temporary files.
     *
     * @throws IOException if it cannot be made
     */
    static TemporaryFolder create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(parent);
        return in(parent);
    }

    /** A new one in a folder. */
    static TemporaryFolder in(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, PREFIX);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            throw new IOException(folder + " cannot be locked");
        }
        return new TemporaryFolder(folder, channel);
    }

    Path path() {
        return folder;
    }

    /** Removes what servers that were killed have left. What cannot be removed, because it is somebody else's, stays. */
    static void sweep(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path one : left) {
                if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS) && isLeft(one.resolve(LOCK))) {
                    LOG.info("{} was left behind and is removed", one);
                    delete(one);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.info("temporary files of earlier servers cannot be removed", e);
        }
    }

    /** Whether nobody holds it; a folder without one has not been locked yet, or is of an earlier version. */
    private static boolean isLeft(Path lock) {
        if (!Files.isWritable(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                @Nullable FileLock held = channel.tryLock()) {
            return held != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes it with all that is in it. */
    @Override
    public void close() throws IOException {
        channel.close();
        delete(folder);
    }

    /** Removes a folder with all that is in it; nothing if there is none. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
