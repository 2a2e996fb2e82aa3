package io.spectractor.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** What went wrong, in the words of {@code java.nio.file}. */
final class HdfsErrors {
    /** A class of the name node, which clients do not have. */
    private static final String RECOVERY_IN_PROGRESS = "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException";

    private HdfsErrors() {}

    /** The error as {@code java.nio.file} would tell it. */
    static IOException translated(Path path, IOException thrown) {
        IOException e = unwrapped(thrown);
        if (e instanceof FileSystemException || e instanceof InterruptedIOException) {
            return e;
        }
        FileSystemException told = told(path.toString(), e);
        told.initCause(e);
        return told;
    }

    private static FileSystemException told(String name, IOException e) {
        if (e instanceof FileNotFoundException) {
            return new NoSuchFileException(name);
        }
        if (e instanceof AccessControlException) {
            return new AccessDeniedException(name, null, firstLine(e));
        }
        if (e instanceof PathIsNotEmptyDirectoryException) {
            return new DirectoryNotEmptyException(name);
        }
        if (e instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
            return new FileAlreadyExistsException(name);
        }
        return new FileSystemException(name, null, firstLine(e));
    }

    /** Whether a file cannot be made because another writer is making it, or was until it died. */
    static boolean isBeingMade(IOException thrown) {
        return unwrapped(thrown) instanceof AlreadyBeingCreatedException
                || (thrown instanceof RemoteException remote && RECOVERY_IN_PROGRESS.equals(remote.getClassName()));
    }

    /** Whether waiting cannot cure it. */
    static boolean isFinal(IOException e) {
        return e instanceof ClusterStorageCapacityExceededException
                || e instanceof AccessControlException
                || e instanceof org.apache.hadoop.fs.FileAlreadyExistsException
                || e instanceof ParentNotDirectoryException
                || e instanceof FileNotFoundException
                || e instanceof FileSystemException
                || e instanceof InterruptedIOException;
    }

    /** An error of the name node as it was thrown there. */
    static IOException unwrapped(IOException e) {
        return e instanceof RemoteException remote ? remote.unwrapRemoteException() : e;
    }

    /** Messages from the name node bring its stack trace along. */
    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
