package io.spectractor.hdfs;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there to be locked. The lock is the name node's lease on the file: it has one writer at most, and a
 * writer that has not been heard of for a minute loses it to the next who asks.
 */
final class HdfsLockChannel extends UnsupportedFileChannel {
    private final HdfsClient client;
    private final HdfsPath file;
    private @Nullable FSDataOutputStream held;

    private HdfsLockChannel(HdfsClient client, HdfsPath file) {
        this.client = client;
        this.file = file;
    }

    static HdfsLockChannel open(HdfsClient client, HdfsPath file, boolean create) throws IOException {
        try {
            if (!client.files().exists(file.hadoop())) {
                if (!create) {
                    throw new NoSuchFileException(file.toString());
                }
                client.create(file.hadoop(), false).close();
            }
        } catch (IOException e) {
            if (!client.files().exists(file.hadoop())) {
                throw HdfsErrors.translated(file, e);
            }
            // somebody else was quicker, which is as good
            HdfsClient.debug(file.hadoop(), e);
        }
        return new HdfsLockChannel(client, file);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        FSDataOutputStream[] stream = new FSDataOutputStream[1];
        try {
            HdfsClient.withRetries(file.hadoop(), () -> stream[0] = appendUnlessHeld());
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
        held = stream[0];
        return held == null ? null : new Lease(this);
    }

    /** The lease, or null if another writer has it. While a lost lease is being taken away the name node asks to wait. */
    private @Nullable FSDataOutputStream appendUnlessHeld() throws IOException {
        try {
            return client.files().append(file.hadoop());
        } catch (IOException e) {
            IOException reason = HdfsErrors.unwrapped(e);
            if (reason instanceof AlreadyBeingCreatedException) {
                HdfsClient.debug(file.hadoop(), reason);
                return null;
            }
            throw reason;
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        if (held != null) {
            held.close();
            held = null;
        }
    }

    private static final class Lease extends FileLock {
        private final HdfsLockChannel channel;

        Lease(HdfsLockChannel channel) {
            super(channel, 0, Long.MAX_VALUE, false);
            this.channel = channel;
        }

        @Override
        public boolean isValid() {
            return channel.held != null;
        }

        @Override
        public void release() throws IOException {
            channel.implCloseChannel();
        }
    }
}
