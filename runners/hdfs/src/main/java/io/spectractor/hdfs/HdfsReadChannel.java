package io.spectractor.hdfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.util.functional.FutureIO;

/** Reads a file, also one that is being written, as far as its writer has flushed it. */
final class HdfsReadChannel extends UnsupportedFileChannel {
    private final HdfsPath file;
    private final FSDataInputStream in;
    private final long size;

    private HdfsReadChannel(HdfsPath file, FSDataInputStream in, long size) {
        this.file = file;
        this.in = in;
        this.size = size;
    }

    static HdfsReadChannel open(HdfsClient client, HdfsPath file) throws IOException {
        try {
            FSDataInputStream in = client.files().open(file.hadoop());
            long size = in instanceof HdfsDataInputStream stream
                    ? stream.getVisibleLength()
                    : client.files().getFileStatus(file.hadoop()).getLen();
            return new HdfsReadChannel(file, in, size);
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
    }

    /** Opens a file that is complete and will be read from its beginning to its end: as few requests as can be. */
    static HdfsReadChannel whole(HdfsClient client, HdfsPath file) throws IOException {
        try {
            FileStatus listed = file.listed();
            FileStatus status = listed == null ? client.files().getFileStatus(file.hadoop()) : listed;
            if (status.isDirectory()) {
                throw new FileSystemException(file.toString(), null, "is a folder");
            }
            FSDataInputStream in = FutureIO.awaitFuture(client.files()
                    .openFile(file.hadoop())
                    .opt("fs.option.openfile.read.policy", "whole-file")
                    .withFileStatus(status)
                    .build());
            return new HdfsReadChannel(file, in, status.getLen());
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        byte[] bytes = new byte[target.remaining()];
        try {
            int n = in.read(bytes, 0, bytes.length);
            target.put(bytes, 0, Math.max(0, n));
            return n;
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        byte[] bytes = new byte[target.remaining()];
        try {
            int n = in.read(position, bytes, 0, bytes.length);
            target.put(bytes, 0, Math.max(0, n));
            return n;
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
    }

    @Override
    public long position() throws IOException {
        return in.getPos();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        in.seek(newPosition);
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        in.close();
    }
}
