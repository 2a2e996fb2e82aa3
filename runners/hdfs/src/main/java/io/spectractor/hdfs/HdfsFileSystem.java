package io.spectractor.hdfs;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One name service, name node or bucket. It stays open as long as the process lives. */
class HdfsFileSystem extends FileSystem {
    private static final Map<String, HdfsFileSystem> KNOWN = new ConcurrentHashMap<>();

    private final String root;
    private final HdfsProvider provider;

    HdfsFileSystem(String scheme, String authority) {
        this.root = scheme + "://" + authority;
        this.provider = new HdfsProvider(this, scheme, new HdfsClient(root));
    }

    static HdfsFileSystem of(String scheme, String authority) {
        return KNOWN.computeIfAbsent(
                scheme + "://" + authority,
                key -> scheme.equals(S3aPathProvider.SCHEME)
                        ? new S3aFileSystem(scheme, authority)
                        : new HdfsFileSystem(scheme, authority));
    }

    /** Scheme and authority, as in front of a path. */
    String root() {
        return root;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("stays open as long as the process");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public HdfsPath getPath(String first, String... more) {
        return new HdfsPath(this, FileSystems.getDefault().getPath(first, more).normalize());
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher names = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
        return path -> names.matches(((HdfsPath) path).names());
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("users are not looked up");
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nobody is told of changes there");
    }
}
