package io.spectractor.batch.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file that somebody writes: what a cluster made of a standard stream of this process. */
final class GrowingFile implements LogSource {
    private static final int AT_ONCE = 1 << 20;
    private static final int SKIPPED_BEYOND = 4 << 20;

    private final Path file;
    private long position;

    GrowingFile(Path file) {
        this.file = file;
    }

    /**
     * The file that a standard stream of this process ends in: the one that it is redirected to, as YARN does, or the one
     * in its working folder that Spark's worker fills from a pipe.
     *
     * @param number 1 for output, 2 for error
     * @param name what Spark's worker calls it
     */
    static Optional<Path> ofStream(int number, String name) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(number)));
            if (Files.isRegularFile(target)) {
                return Optional.of(target);
            }
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
        Path here = Path.of(name).toAbsolutePath();
        return Files.isRegularFile(here) ? Optional.of(here) : Optional.empty();
    }

    @Override
    public byte[] take() throws IOException {
        long size;
        try {
            size = Files.size(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
        if (size < position) {
            // somebody else has begun it anew
            position = 0;
        }
        String before = "";
        if (size - position > SKIPPED_BEYOND) {
            before = "[" + (size - position - AT_ONCE) + " bytes are left out here; they are in " + file + "]\n";
            position = size - AT_ONCE;
        }
        if (size == position) {
            return new byte[0];
        }
        byte[] prefix = before.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(prefix.length + (int) Math.min(AT_ONCE, size - position));
        buffer.put(prefix);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int n = 0;
            while (buffer.hasRemaining() && n >= 0) {
                n = channel.read(buffer, position);
                position += Math.max(0, n);
            }
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
