package io.spectractor.batch.store;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products in a folder, local or shared.
 *
 * <p>A product is written to {@code .<name>.<run-id>.<writer>.part} in the same folder, flushed to the disk, its record
 * is put in place, and then it is renamed. A crash at any moment leaves either the old product, or the new one with its
 * record, or a product and a record that disagree, which counts as not done.
 */
public final class FolderProductStore implements ProductStore {
    private static final Logger LOG = LoggerFactory.getLogger(FolderProductStore.class);
    private static final Pattern PART = Pattern.compile("\\..+\\.([A-Za-z0-9_-]+)\\.\\d+-\\d+\\.part");
    private static final int LOCK_TRIES = 2000;
    private static final long LOCK_PAUSE_MS = 5;

    private final Path folder;
    private final Path records;
    private final String runId;
    private final AtomicLong writes = new AtomicLong();

    /**
     * A store.
     *
     * @param folder where products go; must exist
     * @param runId name of this run, part of the names of its temporary files
     */
    public FolderProductStore(Path folder, String runId) {
        this.folder = folder;
        this.records = folder.resolve("_runs").resolve("_products");
        this.runId = runId;
    }

    @Override
    public boolean exists(String productName) {
        return Files.exists(folder.resolve(productName));
    }

    @Override
    public Optional<ProductRecord> record(String productName) throws IOException {
        Path file = recordFile(productName);
        try {
            return Optional.of(Json.read(Files.readString(file), ProductRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (com.fasterxml.jackson.core.JacksonException | java.nio.charset.CharacterCodingException e) {
            LOG.warn("{} is damaged; its product is made again", file, e);
            return Optional.empty();
        }
    }

    @Override
    public Optional<ProductRecord> verified(String productName, String key) throws IOException {
        Optional<ProductRecord> record =
                record(productName).filter(r -> key.equals(r.result().key()));
        if (record.isEmpty() || !exists(productName)) {
            return Optional.empty();
        }
        String digest = Hashes.sha256(folder.resolve(productName));
        if (!digest.equals(record.get().result().productSha256())) {
            LOG.warn("{} is not what was written there; it is made again", folder.resolve(productName));
            return Optional.empty();
        }
        return record;
    }

    @Override
    public ProductRecord commit(byte[] product, ProductRecord record, boolean replaceSame) throws IOException {
        String name = Objects.requireNonNull(record.result().product(), "product name");
        String key = Objects.requireNonNull(record.result().key(), "key");
        Path part = partFile(name);
        try {
            writeDurably(part, product);
            Files.createDirectories(records);
            return locked(() -> {
                Optional<ProductRecord> earlier = replaceSame ? Optional.empty() : verified(name, key);
                if (earlier.isPresent()) {
                    return earlier.get();
                }
                Path recordPart = partFile(name + ".json");
                writeDurably(recordPart, Json.line(record).getBytes(StandardCharsets.UTF_8));
                move(recordPart, recordFile(name));
                move(part, folder.resolve(name));
                syncFolder();
                return record;
            });
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public int sweep(Predicate<String> runIsAlive) throws IOException {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(folder)) {
            leftovers = entries.filter(p -> isLeftover(p, runIsAlive)).toList();
        }
        for (Path leftover : leftovers) {
            Files.deleteIfExists(leftover);
        }
        return leftovers.size();
    }

    private static boolean isLeftover(Path path, Predicate<String> runIsAlive) {
        Matcher part = PART.matcher(String.valueOf(path.getFileName()));
        return part.matches() && !runIsAlive.test(part.group(1));
    }

    private Path recordFile(String productName) {
        return records.resolve(productName + ".json");
    }

    private Path partFile(String name) {
        long pid = ProcessHandle.current().pid();
        return folder.resolve("." + name + "." + runId + "." + pid + "-" + writes.incrementAndGet() + ".part");
    }

    private static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the rename itself durable; not every file system lets a folder be opened. */
    private void syncFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("cannot flush folder {}", folder, e);
        }
    }

    private interface Action {
        ProductRecord run() throws IOException;
    }

    /** Runs an action while no other process commits, where the file system knows locks. */
    private synchronized ProductRecord locked(Action action) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        records.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            LOG.trace("commit under {}", lock);
            return action.run();
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
                if (i == LOCK_TRIES) {
                    LOG.warn("another run has held the commit lock for too long; going on without", e);
                    return null;
                }
                pause();
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(LOCK_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the commit lock");
        }
    }
}
