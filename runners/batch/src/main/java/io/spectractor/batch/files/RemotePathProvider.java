package io.spectractor.batch.files;

import java.nio.file.Path;

/**
 * Knows a file system that is not mounted, such as HDFS or S3, as {@link Path}s. Implementations are found by
 * {@link java.util.ServiceLoader}; making one must not need the libraries of its file system yet.
 *
 * <p>What everybody may rely on: {@link Path#toString} of an absolute path is the whole URL, {@link PathResolver#path} of it is
 * the same path again, and a move with {@code ATOMIC_MOVE} and {@code REPLACE_EXISTING} is atomic, unless the file system is
 * an {@link ObjectStore}, which has none.
 */
public interface RemotePathProvider {
    /** Whether URLs with this scheme, in lower case, are of this file system. */
    boolean opens(String scheme);

    /**
     * A path. The file system itself need not be reached.
     *
     * @param scheme as {@link #opens} was asked
     * @param authority host and port, empty for the file system's default
     * @param path absolute, with any characters, wildcards too
     */
    Path path(String scheme, String authority, String path);
}
