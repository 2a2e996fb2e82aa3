package io.spectractor.hdfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** The calls of {@code java.nio.file.Files} on S3, as an {@link io.spectractor.batch.files.ObjectStore} has them. */
final class S3aProvider extends HdfsProvider {
    private final HdfsClient client;

    S3aProvider(S3aFileSystem fileSystem, String scheme, HdfsClient client) {
        super(fileSystem, scheme, client);
        this.client = client;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        HdfsPath file = (HdfsPath) path;
        if (options.contains(StandardOpenOption.APPEND)) {
            return S3aAppendChannel.open(client, file, options.contains(StandardOpenOption.CREATE));
        }
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            return new S3aPutChannel(client, file, S3aPut.Condition.ABSENT);
        }
        if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            return new S3aPutChannel(client, file, S3aPut.Condition.NONE);
        }
        if (options.contains(StandardOpenOption.WRITE)) {
            return S3aLockChannel.open(client, file, options.contains(StandardOpenOption.CREATE));
        }
        return HdfsReadChannel.whole(client, file);
    }

    /** Folders are beginnings of names; nothing has to be made. */
    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {}

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("S3 has no rename; files are written under their names");
    }
}
