package io.spectractor.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * Writes a new file. Its bytes are kept in memory until it is forced or closed, so that writing can begin anew when a
 * data node goes away.
 */
final class HdfsWholeFileChannel extends UnsupportedFileChannel {
    private final HdfsClient client;
    private final HdfsPath file;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean written;

    HdfsWholeFileChannel(HdfsClient client, HdfsPath file) {
        this.client = client;
        this.file = file;
    }

    /** Makes the file now, empty. One that another writer has begun and not closed, dead or alive, exists already. */
    static HdfsWholeFileChannel createNew(HdfsClient client, HdfsPath file) throws IOException {
        try {
            client.create(file.hadoop(), false).close();
        } catch (IOException e) {
            if (HdfsErrors.isBeingMade(e)) {
                throw (IOException) new FileAlreadyExistsException(file.toString()).initCause(e);
            }
            throw HdfsErrors.translated(file, e);
        }
        HdfsWholeFileChannel channel = new HdfsWholeFileChannel(client, file);
        channel.written = true;
        return channel;
    }

    @Override
    public int write(ByteBuffer source) {
        byte[] bytes = drain(source);
        content.writeBytes(bytes);
        written = false;
        return bytes.length;
    }

    @Override
    public long position() {
        return content.size();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (written) {
            return;
        }
        try {
            HdfsClient.withRetries(file.hadoop(), this::writeAll);
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
        written = true;
    }

    /** No try-with-resources: a stream that has failed throws the same exception again when it is closed. */
    private void writeAll() throws IOException {
        FSDataOutputStream out = client.create(file.hadoop(), true);
        try {
            if (content.size() > 0) {
                content.writeTo(out);
                out.hsync();
            }
        } catch (IOException e) {
            try {
                out.close();
            } catch (IOException again) {
                HdfsClient.debug(file.hadoop(), again);
            }
            throw e;
        }
        out.close();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        force(true);
    }
}
