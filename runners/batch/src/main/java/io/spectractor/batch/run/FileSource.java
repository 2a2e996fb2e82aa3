package io.spectractor.batch.run;

import io.spectractor.batch.files.PathResolver;
import io.spectractor.core.observation.PixelArrays;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files by their paths or URLs. Local ones are read into arrays of earlier files, in pieces: at once, Java would copy all of
 * a file through memory outside the heap that it keeps for each thread.
 */
final class FileSource implements ImageSource {
    private static final int PIECE_BYTES = 1 << 20;

    private final PixelArrays arrays = new PixelArrays();

    @Override
    public byte[] read(String input) throws IOException {
        Path file = PathResolver.path(input);
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            return Files.readAllBytes(file);
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            if (size == 0 || size > Integer.MAX_VALUE - 8) {
                // pipes and the like have no size
                return Files.readAllBytes(file);
            }
            byte[] bytes = arrays.bytes((int) size);
            ByteBuffer piece = ByteBuffer.wrap(bytes);
            for (int at = 0; at < bytes.length; at = piece.position()) {
                piece.limit(Math.min(bytes.length, at + PIECE_BYTES));
                if (channel.read(piece) < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
            }
            return bytes;
        }
    }

    @Override
    public void release(byte[] bytes) {
        arrays.recycle(bytes);
    }
}
