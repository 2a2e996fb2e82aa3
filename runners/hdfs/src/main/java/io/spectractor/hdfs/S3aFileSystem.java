package io.spectractor.hdfs;

import io.spectractor.batch.files.ObjectStore;
import java.nio.file.spi.FileSystemProvider;

/** One bucket. It stays open as long as the process lives. */
final class S3aFileSystem extends HdfsFileSystem implements ObjectStore {
    private final HdfsProvider provider;

    S3aFileSystem(String scheme, String authority) {
        super(scheme, authority);
        this.provider = new S3aProvider(this, scheme, new HdfsClient(root()));
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }
}
