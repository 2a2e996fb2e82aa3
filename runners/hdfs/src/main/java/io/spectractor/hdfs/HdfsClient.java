package io.spectractor.hdfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to one name node, made when it is first needed, and how patient it is. */
public final class HdfsClient {
    private static final Logger LOG = LoggerFactory.getLogger(HdfsClient.class);
    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_MS = 1000;
    private static final int LONGEST_PAUSE_DOUBLINGS = 4;
    private static final int BUFFER_BYTES = 1 << 16;
    /** Room that a quota must have while a file is written; a block is never larger than its file in the end. */
    private static final long BLOCK_BYTES = 16L << 20;

    /**
     * Properties by which reading and writing outlive a data node that is away for about a minute: looks for a node that
     * has a block are 3 s, 6 s, 9 s, ... apart, up to twice that at random; a node that failed is tried again soon, since
     * a small cluster has no other; and a file that is appended to may have fewer copies than it should for a while. What
     * the cluster's own configuration says wins.
     */
    private static final Map<String, String> PATIENCE = Map.of(
            "dfs.client.max.block.acquire.failures", "6",
            "dfs.client.block.write.replace-datanode-on-failure.best-effort", "true",
            "dfs.client.write.exclude.nodes.cache.expiry.interval.millis", "5000");

    private static final AtomicReference<Map<String, String>> PROPERTIES = new AtomicReference<>(Map.of());

    private final String root;
    private @Nullable FileSystem fileSystem;
    private @Nullable FileContext context;

    HdfsClient(String root) {
        this.root = root;
    }

    /** Makes a configuration as patient as ours. */
    public static void configureRetries(Configuration conf) {
        PATIENCE.forEach((key, value) -> {
            if (conf.getPropertySources(key) == null || isDefault(conf, key)) {
                conf.set(key, value);
            }
        });
    }

    private static boolean isDefault(Configuration conf, String key) {
        String[] sources = conf.getPropertySources(key);
        return sources != null && sources.length == 1 && sources[0].endsWith("-default.xml");
    }

    synchronized FileSystem files() throws IOException {
        if (fileSystem == null) {
            try {
                fileSystem = FileSystem.newInstance(URI.create(root + "/"), configuration());
            } catch (IllegalArgumentException e) {
                // so Hadoop says that a host has no address
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new IOException("no file system at " + root + " (" + cause.getMessage() + ")", e);
            }
        }
        return fileSystem;
    }

    /** Knows the rename that replaces. */
    synchronized FileContext context() throws IOException {
        if (context == null) {
            context = FileContext.getFileContext(URI.create(root + "/"), configuration());
        }
        return context;
    }

    private Configuration configuration() {
        Configuration conf = new Configuration();
        PROPERTIES.get().forEach(conf::set);
        configureRetries(conf);
        if (root.startsWith(S3aPathProvider.SCHEME + ":")) {
            S3aSettings.apply(conf);
        }
        return conf;
    }

    /**
     * Sets properties of Hadoop for whatever this process opens from now on. A worker elsewhere has no environment and no
     * configuration of the machine that the run was started on.
     */
    public static void configure(Map<String, String> properties) {
        PROPERTIES.set(Map.copyOf(properties));
    }

    /**
     * Makes a file.
     *
     * @param replace whether one that is there is replaced; if not it is an error, which is atomic
     */
    FSDataOutputStream create(Path file, boolean replace) throws IOException {
        FileSystem files = files();
        return files.create(file, replace, BUFFER_BYTES, files.getDefaultReplication(file), BLOCK_BYTES);
    }

    /** Something that can be done again from its beginning. */
    @FunctionalInterface
    interface Attempt {
        void run() throws IOException;
    }

    /** Tries again while data nodes are away; gives up at once on what waiting cannot cure. */
    static void withRetries(Path what, Attempt attempt) throws IOException {
        for (int i = 1; ; i++) {
            try {
                attempt.run();
                return;
            } catch (IOException thrown) {
                IOException e = HdfsErrors.unwrapped(thrown);
                if (i == TRIES || HdfsErrors.isFinal(e)) {
                    throw e;
                }
                LOG.warn("{}: {}; trying again", what, HdfsErrors.firstLine(e));
                pause(FIRST_PAUSE_MS << Math.min(i - 1, LONGEST_PAUSE_DOUBLINGS));
            }
        }
    }

    /** Says that something went wrong that is no harm. */
    static void debug(Path what, IOException e) {
        LOG.debug("{}", what, e);
    }

    private static void pause(long ms) throws InterruptedIOException {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for HDFS");
        }
    }
}
