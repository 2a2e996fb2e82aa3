package io.spectractor.hdfs;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * A path in HDFS. What a path is made of is left to a path of the default file system, whose rules for names and slashes
 * are the same; as text an absolute path is a whole URL.
 */
final class HdfsPath implements Path {
    private final HdfsFileSystem fileSystem;
    private final Path names;
    /** What a listing told of it, or null; it goes with this object only. */
    private final @Nullable FileStatus listed;

    HdfsPath(HdfsFileSystem fileSystem, Path names) {
        this(fileSystem, names, null);
    }

    HdfsPath(HdfsFileSystem fileSystem, Path names, @Nullable FileStatus listed) {
        this.fileSystem = fileSystem;
        this.names = names;
        this.listed = listed;
    }

    /** The names alone, on the default file system: for matching only. */
    Path names() {
        return names;
    }

    @Nullable
    FileStatus listed() {
        return listed;
    }

    /** The same for Hadoop. */
    org.apache.hadoop.fs.Path hadoop() {
        return new org.apache.hadoop.fs.Path(fileSystem.root() + toAbsolutePath().names);
    }

    /** An entry of this folder, as a listing tells it. */
    HdfsPath entry(FileStatus status) {
        return new HdfsPath(fileSystem, names.resolve(status.getPath().getName()), status);
    }

    private HdfsPath wrap(Path other) {
        return new HdfsPath(fileSystem, other);
    }

    private static Path names(Path other) {
        if (other instanceof HdfsPath path) {
            return path.names;
        }
        throw new ProviderMismatchException(other + " is of another file system");
    }

    @Override
    public HdfsFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return names.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return isAbsolute() ? fileSystem.getPath("/") : null;
    }

    @Override
    public @Nullable Path getFileName() {
        Path last = names.getFileName();
        return last == null ? null : wrap(last);
    }

    @Override
    public @Nullable Path getParent() {
        Path parent = names.getParent();
        return parent == null ? null : wrap(parent);
    }

    @Override
    public int getNameCount() {
        return names.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(names.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return wrap(names.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof HdfsPath path && path.fileSystem == fileSystem && names.startsWith(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof HdfsPath path && names.endsWith(path.names);
    }

    @Override
    public Path normalize() {
        return wrap(names.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return other.isAbsolute() ? other : wrap(names.resolve(names(other)));
    }

    @Override
    public Path resolve(String other) {
        return wrap(names.resolve(other));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(names.relativize(names(other)));
    }

    @Override
    public URI toUri() {
        String root = fileSystem.root();
        int colon = root.indexOf("://");
        try {
            return new URI(
                    root.substring(0, colon),
                    root.substring(colon + 3),
                    toAbsolutePath().names.toString(),
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(this + " is not a URI", e);
        }
    }

    /** Relative paths start at the root: HDFS has no working folder that two processes would agree on. */
    @Override
    public HdfsPath toAbsolutePath() {
        return isAbsolute() ? this : wrap(Path.of("/").resolve(names).normalize());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nobody is told of changes there");
    }

    @Override
    public int compareTo(Path other) {
        return names.compareTo(names(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HdfsPath path && path.fileSystem == fileSystem && names.equals(path.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return isAbsolute() ? fileSystem.root() + names : names.toString();
    }
}
