package io.spectractor.hdfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object that is there to be locked. S3 has no leases, but it replaces an object only where nobody else has done so: who
 * holds the lock writes it anew every ten seconds, each time on the condition that it is still the one that he wrote. A
 * lock that is not renewed for a minute, or whose process on this machine is gone, may be taken.
 *
 * <p>Clocks of several machines are not compared for that: a lock that seems old is watched for longer than a holder takes
 * to renew it.
 */
final class S3aLockChannel extends UnsupportedFileChannel {
    private static final Logger LOG = LoggerFactory.getLogger(S3aLockChannel.class);
    private static final long RENEW_EVERY_MS = 10_000;
    private static final long LOST_AFTER_MS = 60_000;
    private static final long WATCH_MS = 15_000;
    private static final byte[] FREE = "free".getBytes(StandardCharsets.UTF_8);
    private static final ScheduledExecutorService RENEWAL = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "spectractor-s3a-lock");
        thread.setDaemon(true);
        return thread;
    });
    /** What was seen of locks of others by this process: a channel lives for one look. */
    private static final Map<String, Sight> SEEN = new ConcurrentHashMap<>();

    private final HdfsClient client;
    private final HdfsPath file;
    private @Nullable String etag;
    private @Nullable ScheduledFuture<?> renewal;
    private int renewals;

    /** A version of a lock, and when it was first seen. */
    private record Sight(String etag, long sinceNs) {}

    private S3aLockChannel(HdfsClient client, HdfsPath file) {
        this.client = client;
        this.file = file;
    }

    static S3aLockChannel open(HdfsClient client, HdfsPath file, boolean create) throws IOException {
        if (!create && status(client, file) == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new S3aLockChannel(client, file);
    }

    private static @Nullable FileStatus status(HdfsClient client, HdfsPath file) throws IOException {
        try {
            return client.files().getFileStatus(file.hadoop());
        } catch (IOException e) {
            IOException told = HdfsErrors.translated(file, e);
            if (told instanceof NoSuchFileException) {
                return null;
            }
            throw told;
        }
    }

    private static String etag(@Nullable FileStatus status) {
        String tag = status instanceof EtagSource source ? source.getEtag() : null;
        return tag == null ? "" : tag;
    }

    @Override
    public synchronized @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        FileStatus status = status(client, file);
        boolean taken = status == null
                ? write(S3aPut.Condition.ABSENT)
                : isFreeOrLost(status) && write(S3aPut.Condition.replacing(etag(status)));
        if (!taken) {
            return null;
        }
        SEEN.remove(file.toString());
        renewal = RENEWAL.scheduleWithFixedDelay(this::renew, RENEW_EVERY_MS, RENEW_EVERY_MS, TimeUnit.MILLISECONDS);
        return new Held(this);
    }

    private boolean isFreeOrLost(FileStatus status) throws IOException {
        String[] words = content().split(" ", -1);
        if (words[0].equals("free")) {
            return true;
        }
        // held <identity of the host> <process> <renewals>
        if (words.length == 4 && words[1].equals(HostIdentity.here())) {
            return ProcessHandle.of(Long.parseLong(words[2])).isEmpty();
        }
        String tag = etag(status);
        Sight sight = SEEN.compute(
                file.toString(),
                (name, before) ->
                        before != null && before.etag().equals(tag) ? before : new Sight(tag, System.nanoTime()));
        if (System.nanoTime() - sight.sinceNs() > TimeUnit.MILLISECONDS.toNanos(LOST_AFTER_MS)) {
            return true;
        }
        boolean old = System.currentTimeMillis() - status.getModificationTime() > LOST_AFTER_MS;
        return old && isStillAfter(tag, WATCH_MS);
    }

    private boolean isStillAfter(String tag, long ms) throws IOException {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while watching a lock");
        }
        return etag(status(client, file)).equals(tag);
    }

    private String content() throws IOException {
        try (FSDataInputStream in = client.files().open(file.hadoop())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw HdfsErrors.translated(file, e);
        }
    }

    /** Writes the lock as ours; false if somebody else was quicker. */
    private boolean write(S3aPut.Condition condition) throws IOException {
        renewals++;
        String text =
                "held " + HostIdentity.here() + " " + ProcessHandle.current().pid() + " " + renewals;
        try {
            S3aPut.put(client, file, text.getBytes(StandardCharsets.UTF_8), condition);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is another's", file, e);
            return false;
        }
        etag = etag(status(client, file));
        return true;
    }

    private synchronized void renew() {
        String before = etag;
        if (before == null) {
            return;
        }
        try {
            if (!write(S3aPut.Condition.replacing(before))) {
                etag = null;
                LOG.warn("{} was taken by another process, since the store was out of reach for a minute", file);
            }
        } catch (IOException | RuntimeException e) {
            // tried again at the next turn
            LOG.debug("{} cannot be renewed", file, e);
        }
    }

    private synchronized void release() throws IOException {
        ScheduledFuture<?> turns = renewal;
        if (turns != null) {
            turns.cancel(false);
            renewal = null;
        }
        String before = etag;
        etag = null;
        if (before != null) {
            try {
                S3aPut.put(client, file, FREE, S3aPut.Condition.replacing(before));
            } catch (FileAlreadyExistsException e) {
                LOG.debug("{} is another's by now", file, e);
            }
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        release();
    }

    private static final class Held extends FileLock {
        private final S3aLockChannel channel;

        Held(S3aLockChannel channel) {
            super(channel, 0, Long.MAX_VALUE, false);
            this.channel = channel;
        }

        @Override
        public boolean isValid() {
            synchronized (channel) {
                return channel.etag != null;
            }
        }

        @Override
        public void release() throws IOException {
            channel.release();
        }
    }
}
