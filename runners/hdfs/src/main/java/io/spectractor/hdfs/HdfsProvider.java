package io.spectractor.hdfs;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@code java.nio.file.Files} on HDFS, as far as this program makes them; others throw
 * {@link UnsupportedOperationException}. Errors come as those of {@code java.nio.file}.
 *
 * <p>A path from a listing tells what the listing told of it; paths made otherwise ask the name node.
 */
class HdfsProvider extends FileSystemProvider {
    private final HdfsFileSystem fileSystem;
    private final String scheme;
    private final HdfsClient client;

    HdfsProvider(HdfsFileSystem fileSystem, String scheme, HdfsClient client) {
        this.fileSystem = fileSystem;
        this.scheme = scheme;
        this.client = client;
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("HDFS file systems are opened by PathResolver");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        return fileSystem.getPath(uri.getPath());
    }

    private static HdfsPath ours(Path path) {
        return (HdfsPath) path;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        HdfsPath file = ours(path);
        if (options.contains(StandardOpenOption.APPEND)) {
            return new HdfsAppendChannel(client, file);
        }
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            return HdfsWholeFileChannel.createNew(client, file);
        }
        if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            return new HdfsWholeFileChannel(client, file);
        }
        if (options.contains(StandardOpenOption.WRITE)) {
            return HdfsLockChannel.open(client, file, options.contains(StandardOpenOption.CREATE));
        }
        return HdfsReadChannel.open(client, file);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        HdfsPath parent = ours(folder).toAbsolutePath();
        List<Path> entries = new ArrayList<>();
        try {
            for (FileStatus status : client.files().listStatus(parent.hadoop())) {
                if (status.isFile() && status.getPath().equals(parent.hadoop())) {
                    throw new NotDirectoryException(folder.toString());
                }
                Path entry = parent.entry(status);
                if (filter.accept(entry)) {
                    entries.add(entry);
                }
            }
        } catch (IOException e) {
            throw HdfsErrors.translated(folder, e);
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {}
        };
    }

    /** Parents are made as well. */
    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        org.apache.hadoop.fs.Path path = ours(folder).hadoop();
        try {
            if (client.files().exists(path)) {
                throw new FileAlreadyExistsException(folder.toString());
            }
            client.files().mkdirs(path);
        } catch (IOException e) {
            throw HdfsErrors.translated(folder, e);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        try {
            if (!client.files().delete(ours(path).hadoop(), false)) {
                throw new NoSuchFileException(path.toString());
            }
        } catch (IOException e) {
            throw HdfsErrors.translated(path, e);
        }
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("files are not copied");
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        boolean replace = Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING);
        try {
            client.context()
                    .rename(
                            ours(source).hadoop(),
                            ours(target).hadoop(),
                            replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
        } catch (IOException e) {
            throw HdfsErrors.translated(target, e);
        }
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return other instanceof HdfsPath
                && ours(path).toAbsolutePath().equals(ours(other).toAbsolutePath());
    }

    @Override
    public boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("room in HDFS is a matter of quotas");
    }

    /** That it exists; rights are told by the operation itself. */
    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        status(path);
    }

    private FileStatus status(Path path) throws IOException {
        try {
            return client.files().getFileStatus(ours(path).hadoop());
        } catch (IOException e) {
            throw HdfsErrors.translated(path, e);
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        FileStatus listed = ours(path).listed();
        return type.cast(new HdfsAttributes(listed == null ? status(path) : listed));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("attributes by name");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes are not set");
    }
}
