package io.spectractor.batch.files;

/**
 * Marks a {@link java.nio.file.FileSystem} that is an object store, such as S3: a file appears under its name whole when
 * its channel is closed, or not at all; a file that is opened with {@code CREATE_NEW} is refused where one is already, also
 * to one of two writers at once; and there is no rename, which would be a copy. Folders need not be made.
 */
public interface ObjectStore {}
