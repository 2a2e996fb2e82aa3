package io.spectractor.hdfs;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.files.RemotePathProvider;
import java.nio.file.Path;
import java.util.Set;

/** Opens {@code hdfs://} and {@code viewfs://} places. Loads without Hadoop's classes, which are needed for a path only. */
public final class HdfsPathProvider implements RemotePathProvider {
    private static final Set<String> SCHEMES = Set.of("hdfs", "viewfs");

    @Override
    public boolean opens(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public Path path(String scheme, String authority, String path) {
        try {
            return HdfsFileSystem.of(scheme, authority).getPath(path);
        } catch (NoClassDefFoundError e) {
            throw new UsageException(
                    scheme + "://" + authority + path + ": Hadoop's client is not on the class path; './spectractor'"
                            + " and spark-submit bring it along",
                    e);
        }
    }
}
