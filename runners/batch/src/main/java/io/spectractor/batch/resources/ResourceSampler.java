package io.spectractor.batch.resources;

import io.spectractor.batch.files.PathResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Samples this process each second into the run folder, on a thread of its own. It keeps itself to 0.2 % of a core: where it
 * has taken more than its share, the next look comes later. A folder that can no longer be written ends the
 * sampling, is said once, and does the run no harm.
 */
public final class ResourceSampler implements AutoCloseable {
    private static final long PERIOD_MS = 1000;
    /** A file system elsewhere is not asked to append every second. */
    private static final long REMOTE_FLUSH_MS = 15_000;
    /** An object store appends by writing all anew: a file there ends at this length, and the next one begins. */
    private static final long LONGEST_OBJECT = 256 << 10;

    private static final double SHARE_OF_A_CORE = 0.0015;
    /** Classes are loaded and nothing is compiled yet: the first looks cost more, once. */
    private static final double TO_WARM_UP_NS = 100e6;

    private static final double SHARE_FOR_CLOSER_LOOKS = 0.0005;
    private static final long CLOSER_LOOK_MS = 10_000;
    /** Switched off by "off", to measure what it costs. */
    private static final String SWITCH = "spectractor.resources";

    private static final Set<Path> WATCHED = new HashSet<>();

    private final Path runFolder;
    private final Consumer<String> complain;
    private final ProcessProbe probe;
    private final String host;
    private final String role;
    private Path file;
    private final long flushMs;
    private final StringBuilder waiting = new StringBuilder();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private boolean owns;
    private boolean made;
    private boolean begun;
    private long length;
    private long flushedMs;

    private ResourceSampler(Path runFolder, String host, String role, Consumer<String> complain) {
        this.runFolder = runFolder;
        this.host = host;
        this.role = role;
        this.complain = complain;
        this.probe = new ProcessProbe(host, role, Activity.ofProcess(), System::currentTimeMillis);
        this.file = SampleFile.of(runFolder, host, ProcessHandle.current().pid(), System.currentTimeMillis());
        this.flushMs = PathResolver.isLocal(runFolder) ? 0 : REMOTE_FLUSH_MS;
        this.thread = new Thread(this::sample, "spectractor-resources");
        this.thread.setDaemon(true);
    }

    /**
     * Starts to sample this process, unless somebody does so for the same run already: a Spark driver may be its own
     * executor, rank 0 the process that the user started.
     *
     * @param runFolder the run's folder; it must be there
     * @param host name of this machine
     * @param role what this process is in the run
     * @param complain told once if the sampling ends early
     */
    public static ResourceSampler start(Path runFolder, String host, String role, Consumer<String> complain) {
        ResourceSampler sampler = new ResourceSampler(runFolder, host, role, complain);
        synchronized (WATCHED) {
            if (!"off".equals(System.getProperty(SWITCH)) && WATCHED.add(runFolder.toAbsolutePath())) {
                sampler.owns = true;
                sampler.thread.start();
            }
        }
        return sampler;
    }

    private void sample() {
        try {
            boolean goOn = true;
            long startMs = System.nanoTime() / 1_000_000;
            long nextCloserMs = startMs;
            long closerNs = 0;
            long pauseMs = PERIOD_MS;
            while (goOn) {
                boolean last = over.await(pauseMs, TimeUnit.MILLISECONDS);
                if (last && !begun) {
                    // over before there was anything to see
                    return;
                }
                long now = System.nanoTime() / 1_000_000;
                if (now >= nextCloserMs) {
                    long before = probe.ownCpuNs();
                    probe.lookCloser();
                    long took = probe.ownCpuNs() - before;
                    closerNs += took;
                    nextCloserMs = now + Math.max(CLOSER_LOOK_MS, (long) (took / SHARE_FOR_CLOSER_LOOKS / 1e6));
                }
                waiting.append(SampleFile.line(probe.look()));
                goOn = !last;
                if (last || now - flushedMs >= flushMs) {
                    flushedMs = now;
                    write();
                }
                double affordableMs = (probe.ownCpuNs() - closerNs - TO_WARM_UP_NS) / SHARE_OF_A_CORE / 1e6;
                pauseMs = Math.max(PERIOD_MS, (long) (affordableMs - (now - startMs)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NoSuchFileException e) {
            // the run is over and its samples are gathered; this process outlives it
            waiting.setLength(0);
        } catch (IOException | RuntimeException e) {
            complain.accept("the resources of process " + role + " on " + host
                    + " are no longer sampled, the run continues: " + e);
        }
    }

    /** Opens and closes the file each time: one that somebody merged into the table meanwhile is not made again. */
    private void write() throws IOException {
        if (!made) {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    SampleFile.header(host, ProcessHandle.current().pid(), role, probe.group()),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            made = true;
            begun = true;
        }
        byte[] lines = waiting.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(file, lines, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        waiting.setLength(0);
        length += lines.length;
        if (length > LONGEST_OBJECT && PathResolver.isObject(runFolder)) {
            file = SampleFile.of(runFolder, host, ProcessHandle.current().pid(), System.currentTimeMillis());
            made = false;
            length = 0;
        }
    }

    /** Takes a last sample and ends. */
    @Override
    public void close() {
        if (!owns) {
            return;
        }
        over.countDown();
        try {
            thread.join(PERIOD_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (WATCHED) {
            WATCHED.remove(runFolder.toAbsolutePath());
        }
    }
}
