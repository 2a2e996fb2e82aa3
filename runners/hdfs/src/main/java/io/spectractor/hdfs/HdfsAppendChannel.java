package io.spectractor.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a file. What is not flushed yet is kept: when the data nodes of the last block go away, the file is opened
 * anew and the rest is written again, so that bytes may stand there twice but none is lost.
 */
final class HdfsAppendChannel extends UnsupportedFileChannel {
    private final HdfsClient client;
    private final HdfsPath file;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private @Nullable FSDataOutputStream out;
    private boolean lost;

    HdfsAppendChannel(HdfsClient client, HdfsPath file) throws IOException {
        this.client = client;
        this.file = file;
        force(false);
    }

    @Override
    public int write(ByteBuffer source) {
        byte[] bytes = drain(source);
        pending.writeBytes(bytes);
        return bytes.length;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        try {
            HdfsClient.withRetries(file.hadoop(), this::flush);
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
    }

    private void flush() throws IOException {
        try {
            FSDataOutputStream stream = open();
            if (pending.size() > 0) {
                pending.writeTo(stream);
                stream.hsync();
                pending.reset();
            }
        } catch (IOException e) {
            abandon();
            throw e;
        }
    }

    private FSDataOutputStream open() throws IOException {
        FSDataOutputStream stream = out;
        if (stream == null) {
            Path path = file.hadoop();
            if (lost) {
                recover(path);
            }
            stream = client.files().exists(path) ? client.files().append(path) : client.create(path, false);
            lost = false;
            out = stream;
        }
        return stream;
    }

    /** Takes the lease back that the failed stream holds: this process is the one that has it. */
    private void recover(Path path) throws IOException {
        if (client.files() instanceof LeaseRecoverable leases && !leases.recoverLease(path)) {
            throw new IOException("the last block of " + path + " is being recovered");
        }
    }

    /** A stream that has failed fails on closing too. */
    private void abandon() {
        FSDataOutputStream stream = out;
        out = null;
        if (stream != null) {
            lost = true;
            try {
                stream.close();
            } catch (IOException e) {
                HdfsClient.debug(file.hadoop(), e);
            }
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        force(false);
        if (out != null) {
            out.close();
        }
    }
}
