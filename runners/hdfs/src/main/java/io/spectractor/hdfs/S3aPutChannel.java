package io.spectractor.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes an object when it is closed; its bytes are kept in memory until then. */
final class S3aPutChannel extends UnsupportedFileChannel {
    private final HdfsClient client;
    private final HdfsPath file;
    private final S3aPut.Condition condition;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    S3aPutChannel(HdfsClient client, HdfsPath file, S3aPut.Condition condition) {
        this.client = client;
        this.file = file;
        this.condition = condition;
    }

    @Override
    public int write(ByteBuffer source) {
        byte[] bytes = drain(source);
        content.writeBytes(bytes);
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

    /** Nothing: an object cannot be there in part. */
    @Override
    public void force(boolean metaData) {}

    @Override
    protected void implCloseChannel() throws IOException {
        S3aPut.put(client, file, content.toByteArray(), condition);
    }
}
