package io.spectractor.hdfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Appends to an object, which S3 cannot: it is kept in memory and written anew, at most every two seconds, and less often
 * the longer it is, so that a journal of a night costs no more than half a megabyte a second. What was forced is there
 * within that time, or at once if its metadata were forced too; a process that is killed takes the lines of the last moments with it. Closing writes all.
 */
final class S3aAppendChannel extends UnsupportedFileChannel {
    private static final long AT_MOST_EVERY_NS = TimeUnit.SECONDS.toNanos(2);
    private static final double BYTES_PER_NS = 0.5e6 / 1e9;
    private static final ScheduledExecutorService LATER = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "spectractor-s3a-append");
        thread.setDaemon(true);
        return thread;
    });

    private final HdfsClient client;
    private final HdfsPath file;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private long writtenNs = System.nanoTime() - AT_MOST_EVERY_NS;
    private int writtenBytes;
    private boolean due;
    private @Nullable ScheduledFuture<?> next;
    private boolean closed;
    private @Nullable IOException failure;

    private S3aAppendChannel(HdfsClient client, HdfsPath file) {
        this.client = client;
        this.file = file;
    }

    /**
     * Opens an object to append.
     *
     * @param create whether it is made where there is none
     * @throws NoSuchFileException if there is none
     */
    static S3aAppendChannel open(HdfsClient client, HdfsPath file, boolean create) throws IOException {
        S3aAppendChannel channel = new S3aAppendChannel(client, file);
        try (FSDataInputStream in = client.files().open(file.hadoop())) {
            channel.content.writeBytes(in.readAllBytes());
            channel.writtenBytes = channel.content.size();
        } catch (IOException e) {
            IOException told = HdfsErrors.translated(file, e);
            if (!create || !(told instanceof NoSuchFileException)) {
                throw told;
            }
            channel.writtenBytes = -1;
        }
        return channel;
    }

    @Override
    public synchronized int write(ByteBuffer source) {
        byte[] bytes = drain(source);
        content.writeBytes(bytes);
        return bytes.length;
    }

    /**
     * Sees to it that all is there soon.
     *
     * @param metaData whether it has to be there now
     * @throws IOException if it could not be written the last time; it is tried again
     */
    @Override
    public synchronized void force(boolean metaData) throws IOException {
        if (metaData) {
            failure = null;
            writeAll();
            return;
        }
        IOException before = failure;
        failure = null;
        if (!due && writtenBytes != content.size()) {
            long wait =
                    writtenNs + Math.max(AT_MOST_EVERY_NS, (long) (content.size() / BYTES_PER_NS)) - System.nanoTime();
            due = true;
            next = LATER.schedule(this::writeLater, Math.max(0, wait), TimeUnit.NANOSECONDS);
        }
        if (before != null) {
            throw before;
        }
    }

    private synchronized void writeLater() {
        due = false;
        if (!closed) {
            try {
                writeAll();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private void writeAll() throws IOException {
        int size = content.size();
        if (writtenBytes != size) {
            S3aPut.put(client, file, content.toByteArray(), S3aPut.Condition.NONE);
            writtenBytes = size;
            writtenNs = System.nanoTime();
        }
    }

    @Override
    protected synchronized void implCloseChannel() throws IOException {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        writeAll();
    }
}
