package io.spectractor.batch.store;

import io.spectractor.batch.files.PathResolver;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Keeps processes that commit the same product apart. */
interface CommitLock {
    /** Waits until nobody else commits this product; closing lets the next one in. */
    Closeable acquire(String productName) throws IOException;

    /**
     * The kind that suits the file system of a folder of records, for a run. In an object store locks have a place of their
     * own: sweeping them must not list the records of a million products.
     */
    static CommitLock in(Path folder, String runId) {
        if (PathResolver.isLocal(folder)) {
            return new FileCommitLock(folder);
        }
        return PathResolver.isObject(folder)
                ? ExclusiveFileLock.made(folder.resolveSibling("_locks"), runId)
                : ExclusiveFileLock.renamed(folder, runId);
    }

    /**
     * Removes locks that attempts of runs that are over left behind, where locks are files.
     *
     * @param runIsAlive whether a run with an id is at work
     * @return how many
     */
    default int sweep(Predicate<String> runIsAlive) throws IOException {
        return 0;
    }
}
