package io.spectractor.hdfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** A channel that supports no operation; subclasses add what theirs can do. */
abstract class UnsupportedFileChannel extends FileChannel {
    private UnsupportedOperationException cannot() {
        return new UnsupportedOperationException("not by " + getClass().getSimpleName());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw cannot();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        throw cannot();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        throw cannot();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throw cannot();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        throw cannot();
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        throw cannot();
    }

    @Override
    public long position() throws IOException {
        throw cannot();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        throw cannot();
    }

    @Override
    public long size() throws IOException {
        throw cannot();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        throw cannot();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        throw cannot();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        throw cannot();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        throw cannot();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        throw cannot();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        throw cannot();
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        throw cannot();
    }

    @Override
    protected void implCloseChannel() throws IOException {}

    /** The bytes that a buffer still holds; it is empty afterwards. */
    static byte[] drain(ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        return bytes;
    }
}
