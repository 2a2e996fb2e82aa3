package io.spectractor.calib.delivery;

import java.io.IOException;
import java.net.URI;

/**
 * Reads files of places that are neither mounted nor web servers, such as HDFS. Implementations are found by
 * {@link java.util.ServiceLoader} and see to their own time-outs and repetitions.
 */
public interface RemoteReader {
    /** Whether URLs with this scheme, in lower case, can be read. */
    boolean reads(String scheme);

    /**
     * A whole file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be read
     */
    byte[] read(URI file) throws IOException;
}
