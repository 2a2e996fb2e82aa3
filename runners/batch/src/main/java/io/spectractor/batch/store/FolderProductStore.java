package io.spectractor.batch.store;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import io.spectractor.batch.files.PathResolver;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products in a folder, local or shared.
 *
 * <p>A product is written to {@code .<name>.<run-id>.<writer>.part} in the same folder, flushed to the disk, its record
 * is put in place, and then it is renamed. A crash at any moment leaves either the old product, or the new one with its
 * record, or a product and a record that disagree, which counts as not done. In an object store the record and then the
 * product are put under their names at once, which is as atomic.
 */
public final class FolderProductStore implements ProductStore {
    private static final Logger LOG = LoggerFactory.getLogger(FolderProductStore.class);
    private static final Pattern PART = Pattern.compile("\\..+\\.([A-Za-z0-9_-]+)\\.\\d+-\\d+\\.part");

    private final Path folder;
    private final Path records;
    private final String runId;
    private final CommitLock commitLock;
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
        this.commitLock = CommitLock.in(records, runId);
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
        Path target = folder.resolve(name);
        if (PathResolver.isObject(folder)) {
            return commit(name, record, replaceSame, () -> Files.write(target, product));
        }
        Path part = partFile(name);
        try {
            writeDurably(part, product);
            Files.createDirectories(records);
            return commit(name, record, replaceSame, () -> {
                move(part, target);
                syncFolder();
            });
        } finally {
            deleteQuietly(part);
        }
    }

    /** Makes a product appear under its name. */
    @FunctionalInterface
    private interface Appearance {
        void happen() throws IOException;
    }

    private ProductRecord commit(String name, ProductRecord record, boolean replaceSame, Appearance appearance)
            throws IOException {
        String key = Objects.requireNonNull(record.result().key(), "key");
        try (Closeable held = commitLock.acquire(name)) {
            LOG.trace("commit under {}", held);
            // the first of several attempts of one run stands, whether products of other runs are replaced or not
            Optional<ProductRecord> earlier = verified(name, key).filter(r -> !replaceSame || runId.equals(r.runId()));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            ProductRecord ours = new ProductRecord(record.context(), record.result(), runId);
            putRecord(name, Json.line(ours).getBytes(StandardCharsets.UTF_8));
            appearance.happen();
            return ours;
        }
    }

    private void putRecord(String name, byte[] record) throws IOException {
        if (PathResolver.isObject(folder)) {
            Files.write(recordFile(name), record);
            return;
        }
        // not flushed: a record that a loss of power has torn is no record, and its product is made again
        Path part = partFile(name + ".json");
        try {
            Files.write(part, record);
        } catch (IOException e) {
            deleteQuietly(part);
            throw e;
        }
        move(part, recordFile(name));
    }

    /** What cannot be deleted now is swept by a later run; the error that led here matters more. */
    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("cannot delete {}", file, e);
        }
    }

    @Override
    public int sweep(Predicate<String> runIsAlive) throws IOException {
        if (PathResolver.isObject(folder)) {
            // nothing has a temporary name there, and the folder may hold millions of products
            return commitLock.sweep(runIsAlive);
        }
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(folder)) {
            leftovers = entries.filter(p -> isLeftover(p, runIsAlive)).toList();
        }
        for (Path leftover : leftovers) {
            Files.deleteIfExists(leftover);
        }
        return leftovers.size() + commitLock.sweep(runIsAlive);
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
            deleteQuietly(file);
            throw e;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the rename itself durable; not every file system lets a folder be opened. */
    private void syncFolder() {
        if (!PathResolver.isLocal(folder)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("cannot flush folder {}", folder, e);
        }
    }
}
