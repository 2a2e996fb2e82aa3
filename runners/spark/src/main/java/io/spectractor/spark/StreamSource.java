package io.spectractor.spark;

import io.spectractor.batch.run.ImageSource;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.input.PortableDataStream;

/**
 * A file that Spark listed, opened when it is read.
 *
 * @param stream where it is
 */
record StreamSource(PortableDataStream stream) implements ImageSource {
    @Override
    public byte[] read(String input) throws IOException {
        try (DataInputStream in = stream.open()) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            // Java tells a file without permission so too
            boolean denied = String.valueOf(e.getMessage()).contains("Permission denied");
            throw denied ? new AccessDeniedException(input) : new NoSuchFileException(input);
        } catch (AccessControlException e) {
            throw new AccessDeniedException(input, null, e.getMessage());
        }
    }
}
