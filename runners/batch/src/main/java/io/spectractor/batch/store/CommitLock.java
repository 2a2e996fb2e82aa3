package io.spectractor.batch.store;

import io.spectractor.batch.files.Places;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Keeps processes that commit the same product apart. */
interface CommitLock {
    /** Waits until nobody else commits this product; closing lets the next one in. */
    Closeable acquire(String productName) throws IOException;

    /** The kind that suits the file system of a folder. */
    static CommitLock in(Path folder) {
        return Places.isLocal(folder) ? new FileCommitLock(folder) : new ExclusiveFileLock(folder);
    }
}
